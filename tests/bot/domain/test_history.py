"""A trial's history as pages: what was seen, what the registry lists, and where links lead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.ctgov.history import read_history
from bot.domain.change import Change, Kind
from bot.domain.commands.request import parse_line
from bot.domain.history import VERSIONS_ON_A_PAGE, history, page_asked
from bot.domain.message import Message
from bot.domain.study import CTGOV, StudyKey
from bot.domain.version import RegistryVersion, VersionSeen
from tests.shared import SHARED, needs_shared

KEY = StudyKey(CTGOV, "NCT99999901")
DAY = date(2026, 3, 2)
PAIR = re.compile(r"https://clinicaltrials\.gov/study/NCT99999901\?tab=history&a=(\d+)&b=(\d+)\Z")


def listed(*days: date, status: str = "RECRUITING") -> tuple[RegistryVersion, ...]:
    """The registry's list with versions sent in on these days."""
    return tuple(
        RegistryVersion(number=number, submitted=day, status=status, sections=("Eligibility",))
        for number, day in enumerate(days, 1)
    )


def sent(number: int) -> date:
    """A day on which a version was sent in, three days before it is seen."""
    return DAY + timedelta(days=30 * number)


def seen(*submitted: date | None, words: str = "") -> tuple[VersionSeen, ...]:
    """Versions that were seen, each some days after it was sent in."""
    return tuple(
        VersionSeen(
            ordinal=place + 1,
            data_day=sent(place) + timedelta(days=3),
            changes=changed(words or f"reason {place}") if place else (),
            submitted=day,
        )
        for place, day in enumerate(submitted)
    )


def changed(new: str) -> tuple[Change, ...]:
    """One change with a reason in it."""
    return (Change(kind=Kind.WHY_STOPPED, path="statusModule.whyStopped", new=new),)


def shown(
    saw: Sequence[VersionSeen], registry: Sequence[RegistryVersion] | None, page: int = 1
) -> Message:
    """A page."""
    return history(KEY, saw, registry, day=DAY, page=page)


def headings(message: Message) -> list[str]:
    """What a page shows, from top to bottom."""
    return [section.heading for section in message.sections]


def pairs(message: Message) -> list[tuple[int, int]]:
    """Which two versions each link compares."""
    found = [PAIR.match(button.url or "") for button in message.buttons]
    return [(int(match[1]), int(match[2])) for match in found if match]


def action(message: Message, label: str) -> str | None:
    """What the button of this label asks for."""
    return next((one.action for one in message.buttons if one.label == label), None)


def all_pages(
    saw: Sequence[VersionSeen], registry: Sequence[RegistryVersion] | None
) -> list[Message]:
    """Every page, by pressing the button at the end of each."""
    page = shown(saw, registry)
    pages = [page]
    while press := action(page, "Earlier versions"):
        command, text = parse_line(press) or ("", "")
        assert command == "history"
        page = shown(saw, registry, page_asked(text))
        pages.append(page)
    return pages


def test_what_was_seen_stands_over_what_was_before() -> None:
    """The latest first; the registry's list goes on from the first version that was seen."""
    page = shown(seen(sent(0), sent(1)), listed(sent(-2), sent(-1), sent(0), sent(1)))
    assert headings(page) == [
        f"Seen in the data of {sent(1) + timedelta(days=3)}: version 4",
        f"Seen in the data of {sent(0) + timedelta(days=3)}: version 3",
        f"Version 3, sent to the registry on {sent(0)}",
        f"Version 2, sent to the registry on {sent(-1)}",
        f"Version 1, sent to the registry on {sent(-2)}",
    ]
    assert page.sections[1].lines == ("First seen here.",)
    assert page.sections[-1].lines == ("The trial was registered, with the status “Recruiting”.",)


def test_a_list_that_cannot_be_read_is_said_to_be_so_in_one_sentence() -> None:
    """Then only what was seen is shown, and no link claims to know a version."""
    page = shown(seen(sent(0), sent(1)), None)
    assert len(page.sections) == 2
    assert "cannot be read now" in str(page.lede)
    assert not pairs(page)
    assert page.link == "https://clinicaltrials.gov/study/NCT99999901?tab=history"


def test_a_trial_that_was_not_seen_shows_the_list_alone() -> None:
    """And neither the one nor the other is said in words."""
    page = shown((), listed(sent(0), sent(1)))
    assert len(page.sections) == 2
    assert "not seen this trial" in str(page.lede)
    assert "not seen this trial" in str(shown((), ()).lede)
    assert "cannot be read now" in str(shown((), None).lede)


def test_a_status_and_the_parts_that_changed_are_told_in_plain_words() -> None:
    """The registry's labels are no words of people; one that is new is shown as it is."""
    versions = (
        RegistryVersion(number=1, submitted=sent(0), status="RECRUITING"),
        RegistryVersion(
            number=2,
            submitted=sent(1),
            status="ACTIVE_NOT_RECRUITING",
            sections=("Study Status", "Contacts/Locations", "Weather"),
        ),
        RegistryVersion(number=3, submitted=sent(2), status=None),
    )
    page = shown((), versions)
    assert page.sections[0].lines == ("The list does not say what changed.",)
    assert page.sections[1].lines == (
        "The status went from “Recruiting” to “Active, not recruiting”.",
        "What changed: status and dates, places and contacts, Weather.",
    )


def test_links_lead_to_what_was_seen_before_and_after() -> None:
    """What an update changed that nothing is told of is between them, and belongs to the pair."""
    page = shown(seen(sent(0), sent(2)), listed(sent(-1), sent(0), sent(1), sent(2)))
    assert pairs(page) == [(2, 4), (1, 2)]


@pytest.mark.parametrize(
    ("submitted", "days", "links"),
    [
        ((sent(0), sent(0)), (sent(-1), sent(0)), [(1, 2)]),  # silent: no version of the registry's
        ((None, sent(1)), (sent(0), sent(1)), []),  # the day was not kept
        ((sent(0), None), (sent(0), sent(1)), []),  # a removal
        ((sent(0), sent(1)), (sent(0),), []),  # the list is behind
        ((sent(0), sent(1)), (sent(0), sent(1), sent(1)), []),  # two on one day
        ((sent(1), sent(0)), (sent(0), sent(1)), [(1, 2)]),  # back to an earlier version
    ],
)
def test_there_is_no_link_where_a_version_is_not_known(
    submitted: tuple[date | None, ...], days: tuple[date, ...], links: list[tuple[int, int]]
) -> None:
    """Only the list's own versions have theirs: a wrong pair would be worse than none."""
    assert pairs(shown(seen(*submitted), listed(*days))) == links


DAYS = st.lists(
    st.integers(-5, 20).map(lambda number: DAY + timedelta(days=number)), max_size=12
).map(sorted)


@given(days=DAYS, submitted=st.lists(st.none() | st.sampled_from([sent(0), sent(1), DAY])))
def test_every_link_compares_two_versions_of_the_list_in_their_order(
    days: list[date], submitted: list[date | None]
) -> None:
    """Whatever was seen: both numbers are in the list, and the older stands first."""
    registry = listed(*days)
    for page in all_pages(seen(*submitted), registry):
        for old, new in pairs(page):
            assert 1 <= old < new <= len(registry)


@given(st.integers(0, 40), st.integers(0, 40))
def test_turning_pages_shows_every_version_once(count: int, before: int) -> None:
    """None is left out at the end of a page, and none stands twice."""
    saw = seen(*[sent(number) for number in range(count)])
    registry = listed(*[sent(number - before) for number in range(before)])
    pages = all_pages(saw, registry)
    all_headings = [heading for page in pages for heading in headings(page)]
    assert len(all_headings) == len(set(all_headings)) == count + before
    assert all(len(page.sections) <= VERSIONS_ON_A_PAGE for page in pages)
    assert len({page.title for page in pages}) == len(pages)


def test_pages_lead_back_and_forth() -> None:
    """The first has no later one, the last no earlier one, and each leads to its neighbours."""
    pages = all_pages(seen(*[sent(number) for number in range(20)]), None)
    assert len(pages) == 4
    for later, earlier in pairwise(pages):
        back = page_asked(action(earlier, "Later versions") or "")
        assert shown(seen(*[sent(number) for number in range(20)]), None, back) == later
    assert action(pages[0], "Later versions") is None
    assert action(pages[-1], "Earlier versions") is None


def test_a_page_beyond_the_last_is_the_last() -> None:
    """The list may have vanished since the button was shown."""
    saw = seen(*[sent(number) for number in range(10)])
    assert shown(saw, None, 99) == shown(saw, None, 2)


def test_long_versions_stand_on_fewer_to_a_page() -> None:
    """A page fits into one message; a version is never parted."""
    saw = seen(*[sent(number) for number in range(8)], words="because " * 40)
    pages = all_pages(saw, listed(sent(-1)))
    assert sum(len(page.sections) for page in pages) == 9
    for page in pages:
        text = sum(len(line) for section in page.sections for line in section.lines)
        assert text < 3500


def test_what_a_page_shortens_is_a_press_away() -> None:
    """A text that is too long for a line leads to all changes of its data day."""
    day = sent(1) + timedelta(days=3)
    page = shown(seen(sent(0), sent(1), words="because " * 400), None)
    assert action(page, f"All changes of {day}") == f"whole {KEY.number} {day}"
    assert action(shown(seen(sent(0), sent(1)), None), f"All changes of {day}") is None


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("NCT99999901", 1),
        ("nct 99999901", 1),
        ("NCT 902044", 1),
        ("NCT99999901 2", 2),
        ("NCT99999901 page 12", 12),
        ("https://clinicaltrials.gov/study/NCT99999901?tab=history 3", 3),
        ("NCT99999901 0", 1),
        ("", 1),
    ],
)
def test_a_page_is_asked_for_behind_the_number(text: str, page: int) -> None:
    """As the buttons write it, and as people do."""
    assert page_asked(text) == page


def test_what_the_buttons_ask_for_fits_into_a_button() -> None:
    """Telegram takes 64 bytes."""
    saw = seen(*[sent(number) for number in range(200)])
    for page in all_pages(saw, None):
        assert all(len((button.action or "").encode()) <= 64 for button in page.buttons)


@needs_shared
@pytest.mark.parametrize("number", ["NCT03690141", "NCT06510816"])
def test_a_recorded_list_reads_in_plain_words(number: str) -> None:
    """No label and no value of the registry's own stands on a page."""
    path = SHARED / "ctgov" / "history_index" / f"{number}.history-index.json"
    registry = read_history(path.read_bytes())
    pages = all_pages((), registry)
    lines = [line for page in pages for section in page.sections for line in section.lines]
    assert not [line for line in lines if "_" in line or "/" in line or "Study" in line]
    assert sum(len(pairs(page)) for page in pages) == len(registry) - 1
