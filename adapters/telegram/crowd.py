"""Who is let in at the same time, so that one slow or greedy chat keeps nobody else waiting.

What waits for its chat (its turn there, its pace) costs next to nothing and may be much; what is
worked on by the desk is little. Of one chat no more is taken in than could be answered in time.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import BaseUpdateProcessor

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")

IN_HAND = 1024
"""Updates in hand at the same time, most of which wait for their chats."""

OF_A_CHAT = 20
"""Those of one chat: a group is sent no more in a minute, which is about what an answer waits."""

WORKED_ON = 16
"""Questions that the desk, or the search while somebody types, works on at the same time."""


class Crowd(BaseUpdateProcessor):
    """Takes in what is asked, and leaves out without a word what a chat asks on top of too much.

    What became of a chat (the bot let in or thrown out, a group that moved) is always taken in,
    and of inline queries ``inline`` keeps one person's newest only.
    """

    def __init__(self) -> None:
        super().__init__(IN_HAND)
        self._in_hand: Counter[int] = Counter()

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Work on it, unless its chat has too much in hand already."""
        chat = _asks_in(update)
        if chat is None:
            await coroutine
            return
        if self._in_hand[chat] >= OF_A_CHAT:
            if isinstance(coroutine, Coroutine):
                coroutine.close()
            return
        self._in_hand[chat] += 1
        try:
            await coroutine
        finally:
            self._in_hand[chat] -= 1
            if not self._in_hand[chat]:
                del self._in_hand[chat]


def at_once(do: Callable[[Asked], Awaitable[Answered]]) -> Callable[[Asked], Awaitable[Answered]]:
    """The same, for so many at a time; the others wait in the order in which they came."""
    slots = asyncio.Semaphore(WORKED_ON)

    async def one(asked: Asked) -> Answered:
        async with slots:
            return await do(asked)

    return one


def _asks_in(update: object) -> int | None:
    """The chat that asks something; of a channel, whose readers are many, the one who pressed."""
    if not isinstance(update, Update):
        return None
    query, message = update.callback_query, update.message
    if query is not None:
        chat = query.message.chat if query.message is not None else None
        return query.from_user.id if chat is None or chat.type == ChatType.CHANNEL else chat.id
    if message is None or message.migrate_to_chat_id or message.migrate_from_chat_id:
        return None
    return message.chat.id
