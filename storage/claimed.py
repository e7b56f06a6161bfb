"""Reading notices with all that is needed to tell them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.address import Address
from bot.domain.notice import OTHERS_COUNTED, Notice, NoticeState
from storage.codec import AnyRow
from storage.preferences import unpack_settings
from storage.rows import occurrence_of
from storage.tables import bots, chats, notices, occurrences, studies

_ARRIVED: Final = tuple(
    state.value
    for state in (NoticeState.CLAIMED, NoticeState.SENT, NoticeState.PERHAPS, NoticeState.DUE)
)
"""What somebody may ask to see: a message can be answered before it is written that it was sent."""

_other: Final = notices.alias("other")

_OTHERS: Final = (
    select(_other.c.id)
    .where(
        text("other.state = 'due'"),
        _other.c.chat_id == notices.c.chat_id,
        _other.c.due_at <= bindparam("now", type_=notices.c.due_at.type),
        _other.c.told_with.is_(None),
    )
    .limit(OTHERS_COUNTED)
    .correlate(notices)
    .subquery()
)

_TOLD: Final = (
    select(
        notices.c.id,
        notices.c.chat_id,
        notices.c.tries,
        notices.c.lost_answers,
        notices.c.told_with,
        notices.c.unsure_since,
        chats.c.paused_since,
        chats.c.consented_at,
        chats.c.settings,
        bots.c.platform,
        bots.c.bot,
        chats.c.chat,
        chats.c.thread,
        studies.c.registry,
        studies.c.number,
        occurrences.c.data_day,
        occurrences.c.cause,
        occurrences.c.first_posted,
        occurrences.c.body,
        occurrences.c.owed_at,
        select(func.count()).select_from(_OTHERS).scalar_subquery().label("others"),
    )
    .join(chats, chats.c.id == notices.c.chat_id)
    .join(bots, bots.c.id == chats.c.bot_id)
    .join(occurrences, occurrences.c.id == notices.c.occurrence_id)
    .join(studies, studies.c.id == occurrences.c.study_id)
    .where(notices.c.id.in_(bindparam("heads", expanding=True)))
    .order_by(notices.c.id)
)


async def read(
    connection: AsyncConnection, ids: Sequence[int], now: datetime
) -> tuple[Notice, ...]:
    """These notices in the order of their ids; others of their chats are counted as of ``now``."""
    rows = await connection.execute(_TOLD, {"heads": ids, "now": now})
    return tuple(_notice(row) for row in rows)


async def told(connection: AsyncConnection, chat_id: int, notice_id: int) -> tuple[Notice, ...]:
    """What was told in the message of one notice of this chat, in its order."""
    this = await connection.execute(
        select(notices.c.id, notices.c.told_with).where(
            notices.c.id == notice_id, notices.c.chat_id == chat_id
        )
    )
    row = this.one_or_none()
    if row is None:
        return ()
    same = notices.c.id == row.id
    if row.told_with is not None:
        same = notices.c.told_with == row.told_with
    here = notices.c.chat_id == chat_id
    members = select(notices.c.id).where(here, same, notices.c.state.in_(_ARRIVED))
    ids = (await connection.scalars(members)).all()
    if not ids:
        return ()
    return await read(connection, ids, datetime(1970, 1, 1, tzinfo=UTC))


def _notice(row: AnyRow) -> Notice:
    return Notice(
        id=row.id,
        chat_id=row.chat_id,
        address=Address(row.platform, row.bot, row.chat, row.thread),
        occurrence=occurrence_of(row),
        tries=row.tries,
        lost_answers=row.lost_answers,
        probe=row.paused_since is not None,
        in_feed=row.consented_at is None,
        owed_at=row.owed_at,
        settings=unpack_settings(row.settings),
        others=row.others,
        told_with=row.told_with,
        unsure=row.unsure_since is not None,
    )
