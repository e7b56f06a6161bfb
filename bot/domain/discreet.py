"""A message that shows nothing of what is followed: previews are read over shoulders."""

from __future__ import annotations

from bot.domain.message import Button, Message
from bot.domain.words import say


def veiled(notice_id: int) -> Message:
    """The one neutral line in place of a message, with the button that shows the whole."""
    return Message(
        title=say("discreet.title"),
        buttons=(Button(say("button.show"), action=f"show {notice_id}"),),
    )


def asked_to_show(text: str) -> int | None:
    """The notice that such a button names, or None where it is none."""
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < _LONGEST else None


def nothing_to_show() -> Message:
    """It was never told here, is no longer kept, or is of what is not followed any more."""
    return Message(title=say("discreet.none.title"), lede=say("discreet.none.lede"))


_LONGEST = 19
"""Digits of the largest id, and one more than fit into 64 bits."""
