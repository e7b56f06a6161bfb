"""What a chat hears later because it chose so: put off, awake again, or brought back at once.

It is a state of its own rather than a moment only, so that who looks for what is due does not walk
past all that everybody hears tomorrow.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import NoticeState
from storage.debts import DUE, PUT_OFF
from storage.tables import chats, notices, occurrences
from storage.wakes import announce

_AT_ONCE: Final = 1000
"""Notices that wake in one transaction: a hundred thousand may have the same hour."""

_ASLEEP: Final = (
    select(notices.c.id)
    .where(
        PUT_OFF,
        notices.c.bot_id == bindparam("of_bot"),
        notices.c.due_at <= bindparam("now", type_=notices.c.due_at.type),
    )
    .order_by(notices.c.due_at, notices.c.id)
    .limit(_AT_ONCE)
)

_WAKE: Final = (
    update(notices)
    .where(notices.c.id.in_(_ASLEEP))
    .values(state=NoticeState.DUE.value, due_at=bindparam("now", type_=notices.c.due_at.type))
)

_PUT_OFF: Final = (
    update(notices)
    .where(
        DUE,
        notices.c.chat_id == bindparam("of_chat"),
        notices.c.due_at <= bindparam("until", type_=notices.c.due_at.type),
    )
    .values(state=NoticeState.PUT_OFF.value, due_at=bindparam("until", type_=notices.c.due_at.type))
)

_CHAT_HEARS: Final = (
    update(chats)
    .where(chats.c.id == bindparam("of_chat"))
    .values(put_off_until=bindparam("until", type_=chats.c.put_off_until.type))
)

_UNTRIED: Final = (
    update(chats)
    .where(chats.c.id == bindparam("of_chat"), chats.c.paused_since.is_not(None))
    .values(probed_at=None)
)


async def wake(connection: AsyncConnection, bot_id: int, now: datetime) -> None:
    """Make due what was put off until now or earlier, some of it where it is much."""
    await connection.execute(_WAKE, {"of_bot": bot_id, "now": now})


async def put_off(
    connection: AsyncConnection, chat_id: int, until: datetime, *, alone: bool
) -> None:
    """What else is due to this chat waits as well, and what comes to be owed meanwhile.

    Where only one waits, ``alone``, the others are asked for themselves. A paused chat was not
    tried with it: it is tried as soon as it may be told.
    """
    if not alone:
        await connection.execute(_PUT_OFF, {"of_chat": chat_id, "until": until})
        await connection.execute(_CHAT_HEARS, {"of_chat": chat_id, "until": until})
    await connection.execute(_UNTRIED, {"of_chat": chat_id})


async def bring_back(connection: AsyncConnection, chat_id: int) -> None:
    """The chat chose anew: whatever was put off is looked at again at the next claim."""
    since = select(occurrences.c.owed_at).where(occurrences.c.id == notices.c.occurrence_id)
    asleep = update(notices).where(PUT_OFF, notices.c.chat_id == chat_id)
    await connection.execute(asleep.values(due_at=since.scalar_subquery()))
    here = update(chats).where(chats.c.id == chat_id)
    await connection.execute(here.values(put_off_until=None))
    await announce(connection)
