"""What chats chose: their settings, the kinds of each subscription, and what they muted."""

from __future__ import annotations

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reminding import UNPLANNED
from bot.domain.settings.chat import DEFAULT, ChatSettings
from bot.domain.study import StudyKey
from bot.domain.watch import Listening
from storage import following
from storage.engine import Database
from storage.putting_off import bring_back
from storage.resting import chosen_in, kept_as
from storage.tables import chats, mutes, studies, subscriptions

_settings = msgspec.json.Decoder(ChatSettings)


def unpack_settings(packed: str | None) -> ChatSettings:
    """Settings from JSON; a chat that never chose has the default ones."""
    return DEFAULT if packed is None else _settings.decode(packed)


async def configure(connection: AsyncConnection, chat_id: int, settings: ChatSettings) -> None:
    """Keep what a chat chose; the default is kept as nothing. What was put off is asked anew."""
    packed = None if settings == DEFAULT else msgspec.json.encode(settings).decode()
    values = {"settings": packed, "remind_at": UNPLANNED if settings.still_watching else None}
    await connection.execute(update(chats).where(chats.c.id == chat_id).values(values))
    await bring_back(connection, chat_id)


async def adjust(
    connection: AsyncConnection,
    chat_id: int,
    subscription_id: int,
    kinds: int | None,
    paused: bool | None,
) -> None:
    """Change the kinds of a subscription of this chat, or let it rest: then nothing is owed."""
    this = (subscriptions.c.id == subscription_id, subscriptions.c.chat_id == chat_id)
    asked = select(subscriptions.c.kinds, subscriptions.c.paused).where(*this)
    row = (await connection.execute(asked)).one_or_none()
    if row is None:
        return
    chosen = chosen_in(row.kinds) if kinds is None else kinds
    rests = row.paused if paused is None else paused
    values = {"kinds": kept_as(chosen, paused=rests), "paused": rests}
    await connection.execute(update(subscriptions).where(*this).values(values))


async def mute(
    connection: AsyncConnection, database: Database, chat_id: int, study_id: int
) -> None:
    """Tell this chat nothing of this trial."""
    row = {"chat_id": chat_id, "study_id": study_id}
    await connection.execute(database.insert(mutes).values(row).on_conflict_do_nothing())


async def unmute(connection: AsyncConnection, chat_id: int, study_id: int) -> None:
    """Tell it again."""
    this = (mutes.c.chat_id == chat_id, mutes.c.study_id == study_id)
    await connection.execute(delete(mutes).where(*this))


async def muted(connection: AsyncConnection, chat_id: int) -> tuple[StudyKey, ...]:
    """What a chat muted, in the order of the trials' numbers."""
    asked = (
        select(studies.c.registry, studies.c.number)
        .join(mutes, mutes.c.study_id == studies.c.id)
        .where(mutes.c.chat_id == chat_id)
        .order_by(studies.c.registry, studies.c.number)
    )
    return tuple(StudyKey(row.registry, row.number) for row in await connection.execute(asked))


async def listening(connection: AsyncConnection, chat_id: int) -> Listening:
    """What a chat follows, muted and chose; a chat that is gone follows nothing."""
    packed = await connection.scalar(select(chats.c.settings).where(chats.c.id == chat_id))
    return Listening(
        subscriptions=await following.subscriptions_of(connection, chat_id),
        muted=frozenset(await muted(connection, chat_id)),
        settings=unpack_settings(packed),
    )
