"""Somebody who writes of an emergency."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.services.support import LONG_AGO, house
from tests.bot.services.talking import asking
from tests.records import record


@pytest.mark.parametrize(
    ("command", "text", "helped"),
    [
        ("search", "I want to die", True),
        ("follow", "suicidal ideation", True),
        ("help", "I can't breathe", True),
        ("nothing", "he is unconscious", True),
        ("search", "sarcoma", False),
        ("search", "heart attack", False),
    ],
)
async def test_words_of_an_emergency_are_answered_with_where_help_is(
    file: Path, command: str, text: str, helped: bool
) -> None:
    """It goes first and takes nothing away: the words may be a study's subject too."""
    async with house(file, [record(1, LONG_AGO)]) as (_, core):
        first, *rest = await core.desk.answer(asking(command, text))
        assert ("112" in (first.lede or "")) is helped
        assert bool(rest) is helped
