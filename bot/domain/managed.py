"""Managing one chat from another: a channel from its administrator's private chat.

What a button of such an answer does has to be done in the channel, so its action names it:
``in -1001234567890 unfollow #12``, with ``/7`` behind the chat where it is a topic.
"""

from __future__ import annotations

import re

import msgspec

from bot.domain.address import Address
from bot.domain.message import Button, Message

LONGEST = 64
"""Bytes of a button's action (``bot.domain.message.Button``)."""

_IN = re.compile(r"/?in\s+(-?\d{1,20})(?:/(\d{1,20}))?\s+(\S.*)", re.DOTALL)


class Managed(msgspec.Struct, frozen=True):
    """A line that is meant for another chat, taken apart."""

    chat: str
    thread: str | None
    line: str
    """What is to be done there, as somebody would type it there."""


def read_managed(line: str) -> Managed | None:
    """The chat that a line is meant for; None where it is meant for the one it stands in."""
    found = _IN.fullmatch(line.strip())
    return Managed(found[1], found[2], found[3]) if found else None


def managing(of: Address, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The answers with buttons that are about ``of``; those that have no room for it are left out.

    What is typed is not named for a button, so nothing is lost that cannot be typed.
    """
    chat = of.chat if of.thread is None else f"{of.chat}/{of.thread}"
    return tuple(
        msgspec.structs.replace(one, buttons=tuple(_led(chat, one.buttons))) for one in messages
    )


def _led(chat: str, buttons: tuple[Button, ...]) -> list[Button]:
    led = [
        msgspec.structs.replace(one, action=f"in {chat} {one.action}") if one.action else one
        for one in buttons
    ]
    return [one for one in led if one.action is None or len(one.action.encode()) <= LONGEST]
