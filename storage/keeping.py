"""Letting go of what is done, a few rows in each transaction, so that nobody waits for it.

Rows are chosen first and deleted by their keys. What somebody else holds is passed over until the
next time, so that this waits for nobody and is in no deadlock.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Select,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain import retention
from bot.domain.notice import NoticeState
from storage.debts import CLAIMED, DEAD, DUE, HELD, NOT_DUE, PUT_OFF
from storage.engine import Database
from storage.holding import SqlHolding
from storage.studies import MATCHED
from storage.tables import (
    matches,
    notices,
    occurrences,
    readings,
    set_aside,
    studies,
    subscriptions,
    versions,
)

MOST: Final = 500
"""Rows of one transaction: some ten milliseconds, in which a message waits to be settled."""

_UNSETTLED: Final = (DUE, PUT_OFF, CLAIMED, HELD, DEAD)

_Rule = Callable[[AsyncConnection, datetime, int], Awaitable[int]]


class SqlKeeping:
    """Implements ``bot.ports.keeping.Keeping``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def prune(self, now: datetime, limit: int) -> int:
        """Let go of up to ``limit`` rows of a kind, a transaction a kind. Returns how many."""
        gone = 0
        for rule in _RULES:
            async with self._database.write() as connection:
                gone += await rule(connection, now, min(limit, MOST))
        if not gone:
            await self._database.write_back()
        return gone

    async def held(self) -> int:
        """How many notices wait for the operator's word since a restore."""
        return await SqlHolding(self._database).held()


async def _notices(connection: AsyncConnection, now: datetime, limit: int) -> int:
    unsettled = union_all(*(select(notices.c.occurrence_id).where(state) for state in _UNSETTLED))
    sent = notices.c.state.in_((NoticeState.SENT.value, NoticeState.PERHAPS.value))
    gone = 0
    for old in (
        and_(NOT_DUE, sent, notices.c.due_at < now - retention.SENT),
        and_(
            NOT_DUE,
            notices.c.state == NoticeState.MOOT.value,
            notices.c.due_at < now - retention.MOOT,
        ),
    ):
        asked = select(notices.c.id).where(
            old,
            notices.c.occurrence_id.not_in(unsettled),
            notices.c.occurrence_id.not_in(_WIDE),
        )
        gone += await _drop_notices(connection, asked.limit(limit - gone))
    return gone


async def _dead(connection: AsyncConnection, now: datetime, limit: int) -> int:
    old = select(notices.c.id).where(DEAD, notices.c.due_at < now - retention.DEAD)
    return await _drop_notices(connection, old.limit(limit))


async def _drop_notices(connection: AsyncConnection, chosen: Select[tuple[int]]) -> int:
    ids = (await connection.scalars(chosen.with_for_update(skip_locked=True, of=notices))).all()
    if ids:
        await connection.execute(delete(notices).where(notices.c.id.in_(ids)))
    return len(ids)


async def _occurrences(connection: AsyncConnection, now: datetime, limit: int) -> int:
    done = await connection.scalar(select(func.min(readings.c.done)))
    if done is None:
        return 0
    asked = (
        select(occurrences.c.id)
        .where(
            occurrences.c.owed_at < now - retention.OCCURRENCE,
            occurrences.c.data_day < done.date(),
            occurrences.c.spread_after.is_(None),
            ~occurrences.c.waits,
            ~exists().where(notices.c.occurrence_id == occurrences.c.id),
        )
        .order_by(occurrences.c.owed_at)
        .limit(limit)
        .with_for_update(skip_locked=True, of=occurrences)
    )
    ids = (await connection.scalars(asked)).all()
    if not ids:
        return 0
    key = tuple_(matches.c.occurrence_id, matches.c.interest_id, matches.c.event)
    touched = select(matches).where(matches.c.occurrence_id.in_(ids)).limit(limit)
    keys = [tuple(row[:3]) for row in await connection.execute(touched)]
    if keys:
        await connection.execute(delete(matches).where(key.in_(keys)))
    if len(keys) >= limit:
        return len(keys)
    bare = occurrences.c.id.in_(ids[: limit - len(keys)])
    free = ~exists().where(matches.c.occurrence_id == occurrences.c.id)
    result = await connection.execute(delete(occurrences).where(bare, free))
    return len(keys) + result.rowcount


async def _versions(connection: AsyncConnection, _: datetime, limit: int) -> int:
    """Of a trial that nobody watches the newest version is enough: what changes is found by it."""
    watched = or_(MATCHED, exists().where(subscriptions.c.study_id == studies.c.id))
    old = (
        select(versions.c.study_id, versions.c.ordinal)
        .join(studies, studies.c.id == versions.c.study_id)
        .where(versions.c.ordinal < studies.c.ordinal, ~watched)
        .limit(limit)
    )
    keys = [tuple(row) for row in await connection.execute(old)]
    if keys:
        these = tuple_(versions.c.study_id, versions.c.ordinal).in_(keys)
        await connection.execute(delete(versions).where(these))
    return len(keys)


async def _aside(connection: AsyncConnection, now: datetime, limit: int) -> int:
    day = (now - retention.SET_ASIDE).date()
    old = select(set_aside.c.id).where(set_aside.c.data_day < day).limit(limit)
    ids = (await connection.scalars(old)).all()
    if ids:
        await connection.execute(delete(set_aside).where(set_aside.c.id.in_(ids)))
    return len(ids)


_WIDE: Final = select(occurrences.c.id).where(occurrences.c.spread_after.is_not(None))

_RULES: Final[tuple[_Rule, ...]] = (_notices, _dead, _occurrences, _versions, _aside)
