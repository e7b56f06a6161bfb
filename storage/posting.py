"""Remembering where a chat was first told of a trial."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import Settlement
from storage.engine import Database
from storage.tables import notices, posts


async def remember_post(
    connection: AsyncConnection, database: Database, notice_id: int, settlement: Settlement
) -> None:
    """Keep the first post of a trial; a later one takes its place where it stands in a thread."""
    if settlement.message_id is None:
        return
    of = select(notices.c.chat_id, notices.c.study_id).where(notices.c.id == notice_id)
    row = (await connection.execute(of)).one()
    place = {"message": settlement.message_id, "thread": settlement.thread}
    first = database.insert(posts).values(chat_id=row.chat_id, study_id=row.study_id, **place)
    keys = [posts.c.chat_id, posts.c.study_id]
    if settlement.thread is None:
        await connection.execute(first.on_conflict_do_nothing(index_elements=keys))
        return
    await connection.execute(first.on_conflict_do_update(index_elements=keys, set_=place))
