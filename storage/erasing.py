"""Forgetting a chat: nothing of it is left in any table, and no trace of what it followed."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.following import forget_unfollowed
from storage.tables import chats, interests, mutes, notices, posts, subscriptions


async def erase_chat(connection: AsyncConnection, chat_id: int) -> None:
    """Delete all rows of this chat, and the conditions that only it followed."""
    followed = select(interests.c.id).join(
        subscriptions, subscriptions.c.interest_id == interests.c.id
    )
    mine = (await connection.scalars(followed.where(subscriptions.c.chat_id == chat_id))).all()
    for table in (notices, posts, mutes, subscriptions):
        await connection.execute(delete(table).where(table.c.chat_id == chat_id))
    await forget_unfollowed(connection, mine)
    await connection.execute(delete(chats).where(chats.c.id == chat_id))
