"""What a button asks and cannot carry: it is kept with the chat, sealed, and found again by a mark.

A button's action has at most 64 bytes. A longer question is replaced by ``*`` and a mark of it; the
chat keeps the last few of them, so that a button goes on working after a restart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from bot.domain.address import Address
from bot.domain.commands.request import Request
from bot.domain.message import Button, Message
from bot.ports.chats import Chats

LONGEST = 64
"""Bytes of an action (Telegram's limit for callback data)."""

KEPT = 40
"""Questions of one chat: those of its last few messages."""

_SIGN = "*"


class Shelf:
    """Shortens buttons, and knows what they stood for."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats

    async def fitted(self, address: Address, message: Message) -> Message:
        """The message with buttons that can be sent. A chat is taken in only where one is long."""
        buttons, long = [], []
        for button in message.buttons:
            fitting, kept = _fit(button)
            buttons.append(fitting)
            long += [kept] if kept else []
        if not long:
            return message
        chat = await self._chats.chat(address)
        known = [one for one in chat.searches if one not in long]
        await self._chats.keep_searches(chat.id, [*dict.fromkeys(long), *known][:KEPT])
        return msgspec.structs.replace(message, buttons=tuple(buttons))

    async def meant(self, request: Request) -> str | None:
        """What a request asks, whether by itself or by a mark; None where that is gone."""
        if not request.text.startswith(_SIGN):
            return request.text
        chat = await self._chats.find(request.address)
        kept: Sequence[str] = chat.searches if chat else ()
        wanted = request.text.removeprefix(_SIGN)
        return next((one for one in kept if _mark(one) == wanted), None)


def _fit(button: Button) -> tuple[Button, str | None]:
    """The button, and what it asks where that is too long for it."""
    if button.action is None or len(button.action.encode()) <= LONGEST:
        return button, None
    command, _, text = button.action.partition(" ")
    short = f"{command} {_SIGN}{_mark(text)}"
    return msgspec.structs.replace(button, action=short), text


def _mark(text: str) -> str:
    return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()
