"""Which buttons turn their message, and which ask for another."""

from __future__ import annotations

import pytest

from bot.domain.commands.request import ACTIONS
from bot.domain.commands.table import COMMANDS
from bot.domain.message import Button, File, Message
from bot.domain.turning import SHEETS, turning


@pytest.mark.parametrize(
    ("command", "action", "turns"),
    [
        ("trial", "trial NCT00902044 where 2", True),
        ("trial", "follow NCT00902044", False),
        ("trial", "print NCT00902044", False),
        ("search", "search sarcoma page 2", True),
        ("search", "narrow search sarcoma", True),
        ("search", "trial NCT00902044", False),
        ("sub", "following", True),
        ("following", "unfollow #3", False),
        ("settings", "settings quiet", True),
        ("why", "settings quiet", False),
        ("follow", "following", False),
        ("trials", "trial NCT00902044", False),
    ],
)
def test_a_button_turns_within_its_sheet_only(command: str, action: str, turns: bool) -> None:
    """Pages of one thing turn in place; what leads elsewhere or does something does not."""
    given = Message(title="A title", buttons=(Button("Press", action=action),))
    (answer,) = turning(command, (given,))
    assert [one.turns for one in answer.buttons] == [turns]


def test_links_files_and_several_messages_never_turn() -> None:
    """Only a message that stands by itself can have another in its place."""
    page = Button("Next", action="trial NCT00902044 where 2")
    (linked,) = turning("trial", (Message(title="A", buttons=(Button("Go", url="https://a.b"),)),))
    several = (Message(title="A", buttons=(page,)), Message(title="B"))
    filed = (Message(title="A", buttons=(page,), files=(File("a.pdf", "application/pdf", b"1"),)),)
    assert not linked.buttons[0].turns
    assert turning("trial", several) == several
    assert turning("trial", filed) == filed


def test_sheets_are_made_of_known_commands() -> None:
    """No sheet names a command that the table does not know."""
    known = {spec.name for spec in COMMANDS} | set(ACTIONS)
    assert {name for sheet in SHEETS for name in sheet} <= known
