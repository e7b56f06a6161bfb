"""What is said of trials that somebody found named in a message."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.message import Button, Message, Section
from bot.domain.shortening import short
from bot.domain.study import StudyKey
from bot.domain.words import say

LISTED = 20
"""Trials of a list, each with a button."""

TITLE = 120
"""Characters of a title in a line."""


def none_mentioned() -> Message:
    """No number of a trial stands in it."""
    return Message(title=say("mentioned.none.title"), lede=say("mentioned.none.lede"))


def mentioned(found: Sequence[tuple[StudyKey, str | None]]) -> Message:
    """Many: a line and a button for each; a title where the store has it."""
    shown = found[:LISTED]
    lines = [
        say("mentioned.line", number=key.number, title=short(title, TITLE)) if title else key.number
        for key, title in shown
    ]
    if len(found) > LISTED:
        lines.append(say("mentioned.more", count=len(found) - LISTED))
    return Message(
        title=say("mentioned.title", count=len(found)),
        sections=(Section(say("mentioned.section"), tuple(lines)),),
        buttons=tuple(Button(key.number, action=f"trial {key.number}") for key, _ in shown),
    )
