"""What a chat was told and is owed, as it asks after it itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import NoticeState
from bot.domain.study import StudyKey
from bot.domain.told import Owed, Standing, ToldNotice
from storage.codec import AnyRow
from storage.engine import Database
from storage.rows import occurrence_of
from storage.tables import bots, chats, notices, occurrences, studies

OF_A_TRIAL: Final = 10
"""Notices of one trial that are looked at: whoever asks why means the last ones."""

_TOLD: Final = (NoticeState.SENT.value, NoticeState.PERHAPS.value)
_DUE: Final = (NoticeState.DUE.value, NoticeState.CLAIMED.value)
_WAITING: Final = (*_DUE, NoticeState.PUT_OFF.value)


class SqlTold:
    """Implements ``bot.ports.told.Told``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recent(self, chat_id: int, limit: int) -> tuple[ToldNotice, ...]:
        """What this chat was told last, the newest first."""
        this = (notices.c.chat_id == chat_id, notices.c.state.in_(_TOLD))
        newest = (notices.c.claimed_at.desc(), notices.c.id.desc())
        asked = _notices(*this).order_by(*newest).limit(limit)
        async with self._database.read() as connection:
            return tuple(_told(row) for row in await connection.execute(asked))

    async def standing(self, chat_id: int, key: StudyKey) -> Standing:
        """What is known of this trial for this chat."""
        async with self._database.read() as connection:
            ids = await _rows_of(connection, key)
            if not ids:
                return Standing()
            this = (notices.c.chat_id == chat_id, notices.c.study_id.in_(ids))
            asked = _notices(*this).order_by(notices.c.id.desc()).limit(OF_A_TRIAL)
            rows = (await connection.execute(asked)).all()
            waits = (occurrences.c.study_id.in_(ids), occurrences.c.waits)
            day = select(func.max(occurrences.c.data_day)).where(*waits)
            spreads = exists().where(
                occurrences.c.study_id.in_(ids), occurrences.c.spread_after.is_not(None)
            )
            return Standing(
                notices=tuple(_told(row) for row in rows),
                held_on=await connection.scalar(day.where(occurrences.c.hold_id.is_not(None))),
                reading_on=await connection.scalar(day.where(occurrences.c.hold_id.is_(None))),
                spreading=bool(await connection.scalar(select(spreads))),
            )

    async def owed(self, chat_id: int) -> Owed:
        """How much this chat is owed, and when it comes."""
        counted = select(
            _count(_DUE),
            _count((NoticeState.PUT_OFF.value,)),
            _count((NoticeState.HELD.value,)),
            func.min(case((notices.c.state.in_(_WAITING), notices.c.due_at))),
        ).where(notices.c.chat_id == chat_id, notices.c.state.not_in(_TOLD))
        waits = select(chats.c.wait_until, bots.c.wait_until.label("of_bot"))
        waits = waits.join(bots, bots.c.id == chats.c.bot_id).where(chats.c.id == chat_id)
        async with self._database.read() as connection:
            due, put_off, held, first = (await connection.execute(counted)).one()
            wait = (await connection.execute(waits)).one_or_none()
        moments: list[datetime | None] = [first, *(wait or ())]
        known = [moment for moment in moments if moment is not None]
        next_at = max(known) if first is not None else None
        return Owed(due=due or 0, put_off=put_off or 0, held=held or 0, next_at=next_at)


def _count(states: tuple[str, ...]) -> ColumnElement[int]:
    return func.count(case((notices.c.state.in_(states), 1)))


async def _rows_of(connection: AsyncConnection, key: StudyKey) -> list[int]:
    """The trial's row, and that of the one that it became."""
    found = select(studies.c.id, studies.c.merged_into_id).where(
        studies.c.registry == key.registry, studies.c.number == key.number
    )
    row = (await connection.execute(found)).one_or_none()
    return [] if row is None else [one for one in row if one is not None]


def _notices(*this: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            notices.c.id,
            notices.c.state,
            notices.c.due_at,
            notices.c.claimed_at,
            studies.c.registry,
            studies.c.number,
            studies.c.title,
            occurrences.c.data_day,
            occurrences.c.cause,
            occurrences.c.first_posted,
            occurrences.c.body,
        )
        .join(occurrences, occurrences.c.id == notices.c.occurrence_id)
        .join(studies, studies.c.id == occurrences.c.study_id)
        .where(*this)
    )


def _told(row: AnyRow) -> ToldNotice:
    return ToldNotice(
        id=row.id,
        occurrence=occurrence_of(row),
        title=row.title,
        state=NoticeState(row.state),
        due_at=row.due_at,
        handed_at=row.claimed_at,
    )
