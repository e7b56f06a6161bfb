"""How far the registry was read, and which baselines are owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.filters import RegistrySearch
from bot.domain.watch import StoredInterest
from bot.ports.readings import Baseline, FollowedSearch, ReadingState
from storage.codec import AnyRow, unpack_interest
from storage.engine import Database
from storage.held import caught_up
from storage.tables import interests, readings

OWED: Final = text("NOT interests.baseline_done")
SEARCHED: Final = text("interests.searched")
"""Word for word the conditions of their partial indexes."""


class SqlReadings:
    """Implements ``bot.ports.readings.Readings``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def state(self, registry: str) -> ReadingState:
        """Where the reading stands."""
        asked = select(readings).where(readings.c.registry == registry)
        async with self._database.read() as connection:
            row = (await connection.execute(asked)).one_or_none()
        if row is None:
            return ReadingState()
        return ReadingState(
            done=row.done,
            finished_at=row.finished_at,
            failed_at=row.failed_at,
            failure=row.failure,
        )

    async def complete(self, registry: str, timestamp: datetime, now: datetime) -> None:
        """The whole of this data date is read: the only place where the cursor moves."""
        done = {"done": timestamp, "finished_at": now, "failed_at": None, "failure": None}
        insert = self._database.insert(readings).values(registry=registry, **done)
        before = select(readings.c.done).where(readings.c.registry == registry)
        async with self._database.write() as connection:
            done_before = await connection.scalar(before)
            await connection.execute(
                insert.on_conflict_do_update(index_elements=[readings.c.registry], set_=done)
            )
            if done_before is None or done_before < timestamp:
                await caught_up(connection, self._database)

    async def fail(self, registry: str, why: str, now: datetime) -> bool:
        """A reading failed. Returns whether the one before had not."""
        insert = self._database.insert(readings)
        insert = insert.values(registry=registry, failed_at=now, failure=why)
        since = func.coalesce(readings.c.failed_at, now)
        note = insert.on_conflict_do_update(
            index_elements=[readings.c.registry], set_={"failed_at": since, "failure": why}
        )
        before = select(readings.c.failed_at).where(readings.c.registry == registry)
        async with self._database.write() as connection:
            failed_before = await connection.scalar(before.with_for_update())
            await connection.execute(note)
        return failed_before is None

    async def interests(
        self, newer_than: int, limit: int | None = None
    ) -> Sequence[StoredInterest]:
        """Followed conditions with a larger id, in the order of ids."""
        async with self._database.read() as connection:
            return await newer_interests(connection, newer_than, limit)

    async def interest_ids(self) -> frozenset[int]:
        """The ids of all conditions that somebody follows now."""
        async with self._database.read() as connection:
            return frozenset((await connection.scalars(select(interests.c.id))).all())

    async def searches(self) -> tuple[FollowedSearch, ...]:
        """The different registry searches that are followed, oldest first."""
        asked = select(interests.c.id, interests.c.interest, interests.c.baseline_done)
        ids: dict[RegistrySearch, list[int]] = {}
        owed: set[RegistrySearch] = set()
        async with self._database.read() as connection:
            for row in await connection.execute(asked.where(SEARCHED).order_by(interests.c.id)):
                if (search := unpack_interest(row.interest).search) is None:
                    continue
                ids.setdefault(search, []).append(row.id)
                if not row.baseline_done:
                    owed.add(search)
        return tuple(
            FollowedSearch(search=one, interest_ids=tuple(of_it), baseline_done=one not in owed)
            for one, of_it in ids.items()
        )

    async def baselines(self) -> tuple[Baseline, ...]:
        """Those that are not finished, oldest first: one for each topic, whatever narrows it."""
        owed = select(interests).where(OWED).order_by(interests.c.id)
        async with self._database.read() as connection:
            rows = (await connection.execute(owed)).all()
        first = {row.topic or row.id: row for row in reversed(rows)}
        return tuple(_baseline(row) for row in reversed(first.values()))

    async def baseline_at(self, interest_id: int, token: str | None, timestamp: datetime) -> None:
        """Where to go on after a crash; a token of None starts again from the first page."""
        here = update(interests).where(interests.c.id == interest_id)
        async with self._database.write() as connection:
            await connection.execute(here.values(baseline_token=token, baseline_data=timestamp))

    async def baseline_done(self, interest_id: int) -> None:
        """What exists for this condition, and for others of its topic, is stored."""
        this = interests.c.id == interest_id
        topic = select(interests.c.topic).where(this).scalar_subquery()
        here = update(interests).where(or_(this, interests.c.topic == topic))
        async with self._database.write() as connection:
            await connection.execute(
                here.values(baseline_done=True, baseline_token=None, baseline_data=None)
            )


async def newer_interests(
    connection: AsyncConnection, newer_than: int, limit: int | None
) -> Sequence[StoredInterest]:
    """Followed conditions with a larger id, in the order of ids; ``limit`` is how many at most."""
    newer = select(interests.c.id, interests.c.interest, interests.c.since)
    newer = newer.where(interests.c.id > newer_than).order_by(interests.c.id).limit(limit)
    return [
        StoredInterest(id=row.id, interest=unpack_interest(row.interest), since=row.since)
        for row in await connection.execute(newer)
    ]


def _baseline(row: AnyRow) -> Baseline:
    interest = unpack_interest(row.interest)
    return Baseline(
        interest_id=row.id,
        words=interest.words,
        search=interest.search,
        token=row.baseline_token,
        data_timestamp=row.baseline_data,
    )
