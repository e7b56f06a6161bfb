"""Chats that cannot be reached, with the topics and threads in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Update, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.address import Address
from storage.tables import bots, chats


def pause(now: datetime) -> Update:
    """Pause chats that were tried now. The first moment of a pause is kept."""
    return update(chats).values(
        paused_since=func.coalesce(chats.c.paused_since, now), probed_at=now
    )


async def inside(connection: AsyncConnection, address: Address, mark: bytes) -> list[int]:
    """The chat that is found by this mark and, where it is a whole one, what is in it.

    A chat is kept sealed and found by its whole address, so those with a topic or thread are opened
    one by one: that is done where a chat goes or comes back, and they are few beside the others.
    """
    found = list((await connection.scalars(select(chats.c.id).where(chats.c.mark == mark))).all())
    if address.thread is not None:
        return found
    topics = (
        select(chats.c.id, chats.c.chat)
        .join(bots, bots.c.id == chats.c.bot_id)
        .where(
            bots.c.platform == address.platform,
            bots.c.bot == address.bot,
            chats.c.thread.is_not(None),
        )
    )
    return found + [row.id for row in await connection.execute(topics) if row.chat == address.chat]
