"""A chat gets a new address: a Telegram group that becomes a supergroup, say."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.address import Address
from bot.domain.notice import NoticeState
from storage.engine import Database
from storage.fanout import owe_before_joining
from storage.joining import join_pairs, join_subscriptions
from storage.tables import chats, mutes, notices, posts, subscriptions

_WAITING = (NoticeState.DUE.value, NoticeState.PUT_OFF.value, NoticeState.HELD.value)


async def readdress(
    connection: AsyncConnection, chat_id: int, bot_id: int, to: Address, mark: bytes
) -> None:
    """Give a chat an address that no other has."""
    await connection.execute(
        update(notices).where(notices.c.chat_id == chat_id).values(bot_id=bot_id)
    )
    await connection.execute(
        update(chats)
        .where(chats.c.id == chat_id)
        .values(bot_id=bot_id, mark=mark, chat=to.chat, thread=to.thread)
    )


async def join_chats(connection: AsyncConnection, database: Database, old: int, new: int) -> None:
    """Let ``new`` have all that ``old`` has, and let ``old`` be gone."""
    await owe_before_joining(connection, database, old, new)
    await _move_notices(connection, old, new)
    await join_subscriptions(
        connection,
        subscriptions.c.chat_id,
        old,
        new,
        subscriptions.c.study_id,
        subscriptions.c.interest_id,
    )
    for table in (mutes, posts):
        await join_pairs(connection, table.c.chat_id, old, new)
    await _move_the_rest(connection, old, new)
    await connection.execute(delete(chats).where(chats.c.id == old))


async def _move_notices(connection: AsyncConnection, old: int, new: int) -> None:
    """Move debts over; what both have is owed once, and not at all where it has arrived."""
    mine, theirs = notices.alias("mine"), notices.alias("theirs")
    same = and_(
        mine.c.study_id == theirs.c.study_id,
        mine.c.data_day == theirs.c.data_day,
        mine.c.cause == theirs.c.cause,
    )
    both = select(mine.c.id, theirs.c.id, mine.c.state).join(theirs, same)
    both = both.where(mine.c.chat_id == old, theirs.c.chat_id == new)
    for folded, kept, state in (await connection.execute(both)).all():
        if state == NoticeState.SENT.value:
            owed = and_(notices.c.id == kept, notices.c.state.in_(_WAITING))
            arrived = update(notices).where(owed).values(state=NoticeState.MOOT.value)
            await connection.execute(arrived)
        await connection.execute(delete(notices).where(notices.c.id == folded))
    bot_id = select(chats.c.bot_id).where(chats.c.id == new).scalar_subquery()
    moved = update(notices).where(notices.c.chat_id == old)
    await connection.execute(moved.values(chat_id=new, bot_id=bot_id))


async def _move_the_rest(connection: AsyncConnection, old: int, new: int) -> None:
    """Consent, settings and waits. Of two waits the later one holds, so that order is kept."""
    gone = (await connection.execute(select(chats).where(chats.c.id == old))).one_or_none()
    if gone is None:
        return
    kept: dict[str, Any] = {
        "consented_at": func.coalesce(chats.c.consented_at, gone.consented_at),
    }
    if gone.settings is not None:
        settings = literal(gone.settings, chats.c.settings.type)
        kept["settings"] = func.coalesce(chats.c.settings, settings)
        own = chats.c.settings.is_not(None)
        kept["remind_at"] = case((own, chats.c.remind_at), else_=gone.remind_at)
    if gone.asked is not None:
        kept["asked"] = gone.asked
    if gone.wait_until is not None:
        sooner = or_(chats.c.wait_until.is_(None), chats.c.wait_until < gone.wait_until)
        kept["wait_until"] = case((sooner, gone.wait_until), else_=chats.c.wait_until)
    await connection.execute(update(chats).where(chats.c.id == new).values(kept))
