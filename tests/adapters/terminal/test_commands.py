"""From a typed line to what is to be done."""

from __future__ import annotations

import pytest

from adapters.terminal.commands import (
    YOU,
    Ask,
    NoButton,
    Open,
    Quit,
    Unfold,
    Unknown,
    read_line,
)
from bot.domain.commands.request import Request
from bot.domain.commands.table import COMMANDS
from bot.domain.message import Button

FOLLOW = Button("Follow", action="follow NCT90000101")
PAGE = Button("Registry", url="https://clinicaltrials.gov/study/NCT90000101")
QUESTION = {1: Button("Yes", action="consent"), 2: Button("No", action="decline")}


def request(command: str, text: str = "") -> Ask:
    """What the desk is to be asked, by the one person at the terminal."""
    return Ask(Request(command=command, text=text, address=YOU, private=True))


@pytest.mark.parametrize("spec", COMMANDS)
def test_every_command_of_the_table_is_understood(spec: object) -> None:
    """With its slash and what stands behind it."""
    name = getattr(spec, "name", "")
    assert read_line(f"  /{name} some words ", {}) == request(name, "some words")


@pytest.mark.parametrize("typed", ["NCT00902044", "nct00902044", " NCT 00902044 "])
def test_a_bare_number_of_a_trial_shows_the_trial(typed: str) -> None:
    """Nobody need remember a command to look something up."""
    assert read_line(typed, {}) == request("trial", typed.strip())


def test_a_number_presses_the_button_of_that_number() -> None:
    """A button with a command asks for it; one with an address opens it."""
    buttons = {1: FOLLOW, 2: PAGE}
    assert read_line("1", buttons) == request("follow", "NCT90000101")
    assert read_line("2", buttons) == Open("https://clinicaltrials.gov/study/NCT90000101")
    assert read_line("3", buttons) == NoButton(3)
    assert read_line("9" * 5000, buttons) == Unknown()


@pytest.mark.parametrize(
    ("typed", "command"), [("yes", "consent"), ("Y", "consent"), ("NO", "decline")]
)
def test_yes_and_no_answer_the_question_that_stands(typed: str, command: str) -> None:
    """And do nothing where no question stands: consent is never given by accident."""
    assert read_line(typed, QUESTION) == request(command)
    assert read_line(typed, {1: FOLLOW}) == Unknown()


def test_yes_presses_the_button_that_follows_what_was_understood() -> None:
    """With all that the button asks."""
    confirm = {1: Button("Follow", action="confirm sarcoma phase:2"), 2: FOLLOW}
    assert read_line("yes", confirm) == request("confirm", "sarcoma phase:2")


def test_yes_keeps_a_setting_and_changes_none_by_itself() -> None:
    """The question before the first setting is answered by it, other buttons of settings not."""
    asked = {1: Button("Yes, keep it", action="settings yes tell daily")}
    assert read_line("yes", asked) == request("settings", "yes tell daily")
    assert read_line("yes", {1: Button("Daily", action="settings tell daily")}) == Unknown()


@pytest.mark.parametrize("typed", ["/quit", "quit", "/EXIT"])
def test_the_chat_can_be_left(typed: str) -> None:
    """By the words that people try."""
    assert read_line(typed, {}) == Quit()


def test_what_was_folded_can_be_asked_for() -> None:
    """The words that the fold itself names."""
    assert read_line("/more", {}) == Unfold()


@pytest.mark.parametrize("typed", ["/nonsense", "nct12", "lung cancer", "sarcoma"])
def test_what_may_be_meant_as_something_is_kept_as_typed(typed: str) -> None:
    """So that it can be said what that may be."""
    assert read_line(typed, {1: FOLLOW}) == Unknown(typed)


@pytest.mark.parametrize("typed", ["yess", "nope", "²", "-1"])
def test_anything_else_is_not_understood(typed: str) -> None:
    """It never becomes a command by guessing."""
    assert read_line(typed, {1: FOLLOW}) == Unknown()


@pytest.mark.parametrize("typed", ["", "   ", "\t"])
def test_an_empty_line_asks_for_nothing(typed: str) -> None:
    """Pressing Enter is no mistake to be told of."""
    assert read_line(typed, {}) is None
