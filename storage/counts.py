"""Counting for the operator. What is pending is counted along the partial indexes of its states."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import case, func, literal, or_, select, text, union_all
from sqlalchemy.sql import ColumnElement, Select, TextClause

from bot.domain.notice import NoticeState
from bot.ports.known import DayCounts, Pending
from storage.debts import CLAIMED, DEAD, DUE, HELD, PERHAPS, PUT_OFF
from storage.engine import Database
from storage.tables import bots, chats, notices, occurrences, set_aside

_DOUBLE: Final = text("notices.possibly_double")


class SqlCounts:
    """Implements ``bot.ports.known.Counts``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pending(self) -> tuple[Pending, ...]:
        """What is not settled, and what was given up."""
        async with self._database.read() as connection:
            rows = await connection.execute(_PENDING)
            return tuple(
                Pending(platform=row.platform, state=row.state, count=row.many, oldest=row.oldest)
                for row in rows
            )

    async def spreading(self) -> int:
        """How many wide debts are not expanded yet."""
        async with self._database.read() as connection:
            return await connection.scalar(_SPREADING) or 0

    async def set_aside(self, data_day: date) -> int:
        """How many records of this data day could not be read."""
        counted = select(func.count()).where(set_aside.c.data_day == data_day)
        async with self._database.read() as connection:
            return await connection.scalar(counted) or 0

    async def day(self, data_day: date) -> DayCounts:
        """How a data day went."""
        changes = select(func.count()).where(occurrences.c.data_day == data_day)
        told = select(func.count()).where(notices.c.data_day == data_day)
        sent = notices.c.state == NoticeState.SENT.value
        perhaps = notices.c.state == NoticeState.PERHAPS.value
        async with self._database.read() as connection:
            return DayCounts(
                changes=await connection.scalar(changes) or 0,
                sent=await connection.scalar(told.where(sent)) or 0,
                perhaps=await connection.scalar(told.where(perhaps)) or 0,
                possibly_double=await connection.scalar(told.where(or_(sent, perhaps), _DOUBLE))
                or 0,
            )


def _in_state(condition: TextClause, state: ColumnElement[str]) -> Select[tuple[str, str]]:
    """Rows of one state; each is a statement of its own, so that its index serves it."""
    return (
        select(bots.c.platform, state.label("state"), notices.c.due_at)
        .join(bots, bots.c.id == notices.c.bot_id)
        .join(chats, chats.c.id == notices.c.chat_id)
        .where(condition)
    )


_ROWS: Final = union_all(
    _in_state(DUE, case((chats.c.paused_since.is_(None), "due"), else_="paused")),
    _in_state(PUT_OFF, literal("put_off")),
    _in_state(CLAIMED, literal("claimed")),
    _in_state(DEAD, literal("dead")),
    _in_state(HELD, literal("held")),
    _in_state(PERHAPS, literal("perhaps")),
).subquery()

_PENDING: Final = (
    select(
        _ROWS.c.platform,
        _ROWS.c.state,
        func.count().label("many"),
        func.min(_ROWS.c.due_at).label("oldest"),
    )
    .group_by(_ROWS.c.platform, _ROWS.c.state)
    .order_by(_ROWS.c.platform, _ROWS.c.state)
)

_SPREADING: Final = select(func.count()).where(occurrences.c.spread_after.is_not(None))
