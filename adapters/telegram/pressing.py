"""What a button carries as callback data, and what of it comes back when it is pressed.

A button that turns its message (``bot.domain.message.Button.turns``) has a mark before its action,
as nothing is kept of what was sent. The mark is believed only where the message itself has such a
button: what a press carries is up to the client, and could overwrite any message of the bot.
Buttons that were sent before there was a mark have none, and are answered in a message of their
own.
"""

from __future__ import annotations

import msgspec
from telegram import Message

from bot.domain.message import Button

CALLBACK_BYTES = 64
"""Bytes of a button's callback data in UTF-8."""

MARK = "~"
"""No command or action begins so."""


class Press(msgspec.Struct, frozen=True):
    """What a pressed button asks for, and whether the answer takes its message's place."""

    line: str
    turns: bool


def callback_data(button: Button) -> str | None:
    """What this button carries; None for a link, and for an action that is too long.

    Where there is no room for the mark the answer is a message of its own.
    """
    if not button.action:
        return None
    ways = (MARK + button.action, button.action) if button.turns else (button.action,)
    return next((data for data in ways if len(data.encode()) <= CALLBACK_BYTES), None)


def read_press(data: str) -> Press:
    """What comes back of it."""
    return Press(data.removeprefix(MARK), turns=data.startswith(MARK))


def turned_by(data: str, pressed: Message | None) -> int | None:
    """The message whose place the answer takes; None where it is a message of its own.

    ``pressed`` is the message as Telegram shows it, None where it does not any more.
    """
    if pressed is None or pressed.reply_markup is None or not read_press(data).turns:
        return None
    rows = pressed.reply_markup.inline_keyboard
    stands = any(button.callback_data == data for row in rows for button in row)
    return pressed.message_id if stands else None
