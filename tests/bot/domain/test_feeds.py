"""Small rules of feeds: limits, payloads of links, buttons for elsewhere, compact posts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.address import Address
from bot.domain.commands.request import ACTIONS, needs_manager
from bot.domain.commands.table import COMMANDS
from bot.domain.limit import SPAN, Allowed, Window
from bot.domain.managed import managing, read_managed
from bot.domain.message import Button, Fact, Message, Section
from bot.domain.posting import as_posted, compact
from bot.domain.settings.chat import ChatSettings
from bot.domain.start import LONGEST, payload, read_payload

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
CHANGE = Message(
    title="A trial of a drug",
    facts=(Fact("Number", "NCT00902044"),),
    sections=(
        Section("Status", ("It went from Recruiting to Terminated.",)),
        Section("Who can join", ("…",)),
        Section("Why you are told", ("You follow it.",), folded=True),
    ),
    buttons=(Button("Show", "trial NCT00902044"),),
    footer="Data of 2026-03-02",
    link="https://clinicaltrials.gov/study/NCT00902044",
)


@given(
    st.lists(st.integers(min_value=0, max_value=1800), max_size=60),
    st.integers(min_value=1, max_value=5),
)
def test_no_hour_has_more_than_is_allowed(gaps: list[int], most: int) -> None:
    """In any hour at most so many are answered, and a no is said once between two answers."""
    window, now, answered, told = Window(), BEGIN, list[datetime](), 0
    for gap in gaps:
        now += timedelta(seconds=gap)
        free = sum(one > now - SPAN for one in answered) < most
        window, allowed = window.ask(now, most)
        assert (allowed is Allowed.YES) is free
        if free:
            answered.append(now)
            told = 0
        else:
            assert (allowed is Allowed.TOLD) is (told == 0)
            told += 1
            assert window.free_in(now) > timedelta(0)


@given(st.sampled_from(["follow", "trial", "search"]), st.text(max_size=60))
def test_a_link_carries_a_command(command: str, text: str) -> None:
    """In the signs that a platform takes, and without its text where that is too long."""
    made = payload(command, text)
    assert len(made) <= LONGEST
    assert all(sign.isascii() and (sign.isalnum() or sign in "-_") for sign in made)
    read = read_payload(made)
    assert read is not None
    assert read[0] == command
    assert read[1] in (text.strip(), "") or read[1].startswith("NCT")


@pytest.mark.parametrize("given", ["", "dance-a", "follow-%%%", "follow-_w"])
def test_a_foreign_payload_does_no_harm(given: str) -> None:
    """It is no command, or one without text."""
    read = read_payload(given)
    assert read is None or read == ("follow", "")


@pytest.mark.parametrize(
    ("command", "text", "read"),
    [
        ("forget", "yes", ("forget", "")),
        ("import", "yes", ("import", "")),
        ("settings", "yes place Paris", ("settings", "")),
        ("unfollow", "1", ("unfollow", "")),
        ("mute", "NCT00902044", ("trial", "NCT00902044")),
        ("consent", "", None),
        ("confirm", "gout", None),
    ],
)
def test_a_link_of_somebody_elses_changes_nothing(
    command: str, text: str, read: tuple[str, str] | None
) -> None:
    """Whoever opens it did not write it: what would change something is only shown."""
    assert read_payload(payload(command, text)) == read


def test_a_number_alone_is_a_link_that_anybody_can_write() -> None:
    """It shows the trial."""
    assert read_payload("NCT00902044") == read_payload("nct902044") == ("trial", "NCT00902044")


@pytest.mark.parametrize("thread", [None, "7"])
def test_a_button_for_elsewhere_is_read_as_it_was_made(thread: str | None) -> None:
    """The chat, its topic, and what is to be done there; one without room is left out."""
    of = Address("telegram", "1", "-1001234567890", thread)
    buttons = (
        Button("Stop", "unfollow #12"),
        Button("Page", url="https://clinicaltrials.gov"),
        Button("Long", "x" * 60),
    )
    (shown,) = managing(of, (Message(title="List", buttons=buttons),))
    assert [button.label for button in shown.buttons] == ["Stop", "Page"]
    read = read_managed(shown.buttons[0].action or "")
    assert read is not None
    assert (read.chat, read.thread, read.line) == (of.chat, thread, "unfollow #12")
    assert read_managed("unfollow #12") is None


def test_a_compact_post_is_one_line_and_the_link() -> None:
    """What changed by its headings, or why it comes where that is said."""
    shown = compact(CHANGE)
    assert (shown.title, shown.link) == (CHANGE.title, CHANGE.link)
    assert shown.lede == "NCT00902044: Status, Who can join"
    assert (shown.facts, shown.sections, shown.buttons) == ((), (), ())
    new = compact(Message(title="T", lede="New.", link="https://a.example", sections=()))
    assert new.lede == "New."


def test_a_compact_digest_keeps_a_line_for_each_trial() -> None:
    """And its buttons, without which the rest could not be found."""
    digest = Message(title="3 trials", sections=(Section("A", ("1", "2")), Section("B", ("3",))))
    assert [one.lines for one in compact(digest).sections] == [("1",), ("3",)]


def test_a_post_is_whole_and_mentions_nobody_by_default() -> None:
    """Only what a feed chose changes it."""
    assert as_posted(CHANGE, ChatSettings()) == CHANGE


def test_what_changes_something_is_for_administrators() -> None:
    """Of all commands and buttons, these are everybody's; a new one is none of them by itself."""
    names = [spec.name for spec in COMMANDS] + list(ACTIONS)
    free = {name for name in names if not needs_manager(name)}
    assert free == {
        *("trial", "search", "narrow", "history", "whole", "show", "print", "mentioned"),
        *("following", "why", "status", "help", "privacy", "about"),
        "joined",
    }
