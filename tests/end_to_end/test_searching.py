"""Searching and following in the terminal, over a real core."""

from __future__ import annotations

import shutil
from pathlib import Path

from adapters.terminal.platform import TerminalPlatform
from adapters.terminal.screen import Screen
from tests.adapters.terminal.messages import pipe, written
from tests.adapters.terminal.test_platform import input_of
from tests.bot.services.support import house
from tests.bot.services.test_searching import trials

TYPED = """\
/search sarcoma near Paris, France 50 km recruiting
1
/follow sarcoma in France phase 2
yes
/follow sarcoma recruiting
yes
"""


async def test_a_search_and_a_follow_are_typed_and_pressed(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    """Hits with status and place, the card of one, what was understood, and a yes to it twice."""
    console, file = pipe(), tmp_path / "store.db"
    shutil.copy(migrated_sqlite, file)
    async with house(file, trials(4)) as (_, core):
        with input_of(TYPED) as stdin:
            screen = Screen(console)
            await TerminalPlatform(core.desk.answer, screen=screen, stdin=stdin).run()
    output = " ".join(written(console).split())
    steps = (
        "1. Trial number 1 NCT00000001: Recruiting. Paris, France, less than 1 km away.",
        "This study",
        "Follow “sarcoma”?",
        "With a place in France.",
        "May this be kept?",
        "You follow “sarcoma”",
        "Follow “sarcoma”?",
        "You follow “sarcoma”",
    )
    at = 0
    for step in steps:
        at = output.index(step, at) + 1
