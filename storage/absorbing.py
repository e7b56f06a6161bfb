"""The transaction of a change: versions, changes, and the notices owed for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.filters import RegistrySearch
from bot.domain.findable import findable
from bot.domain.notice import Occurrence
from bot.domain.study import StudyKey
from bot.domain.version import Absorbed, StoredStudy, VersionSeen
from bot.domain.watch import StoredInterest
from storage.codec import AnyRow, Sources, chunks, mark_of, pack_changes
from storage.correcting import take_back
from storage.engine import Database
from storage.fanout import newest_subscription, owe
from storage.finding import keep_findable
from storage.joining import join_pairs, join_subscriptions
from storage.members import found_by, move_members
from storage.readings import newer_interests
from storage.rows import (
    REPLACE,
    UPDATE,
    Known,
    is_study,
    newest_sources,
    occurrence_row,
    seen_since,
    stored_study,
    study_update,
    version_row,
)
from storage.tables import (
    mutes,
    occurrences,
    posts,
    sightings,
    studies,
    subscriptions,
    versions,
)


class SqlAbsorbing:
    """Implements ``bot.ports.absorbing.Absorbing`` over one open transaction."""

    def __init__(self, connection: AsyncConnection, database: Database, sources: Sources) -> None:
        self._connection = connection
        self._database = database
        self._sources = sources
        self._known: dict[StudyKey, Known] = {}

    async def previous(self, keys: Sequence[StudyKey]) -> Mapping[StudyKey, StoredStudy]:
        """The newest kept versions, locked until the end of the transaction."""
        locked = await self._lock(keys)
        # A statement of its own: what another transaction wrote while this one waited for its
        # locks is seen only by a statement that begins after.
        packed = await newest_sources(self._connection, [row.id for row in locked])
        return {
            key: stored_study(row, packed[row.id], self._sources)
            for row in locked
            if row.id in packed
            for key in (StudyKey(row.registry, row.number),)
        }

    async def versions_on(self, key: StudyKey, data_day: date) -> int:
        """How many occurrences this trial already has on this data day."""
        counted = (
            select(func.count())
            .select_from(occurrences)
            .join(studies, studies.c.id == occurrences.c.study_id)
            .where(is_study(key), occurrences.c.data_day == data_day)
        )
        return await self._connection.scalar(counted) or 0

    async def interests(
        self, newer_than: int, limit: int | None = None
    ) -> Sequence[StoredInterest]:
        """Followed conditions with a larger id, in the order of ids."""
        return await newer_interests(self._connection, newer_than, limit)

    async def found_by(
        self, keys: Sequence[StudyKey], searches: Collection[RegistrySearch]
    ) -> Mapping[StudyKey, frozenset[RegistrySearch]]:
        """Of these trials, which are known here, those that one of the searches found last."""
        by_id = {self._known[key].id: key for key in keys if key in self._known}
        found = await found_by(self._connection, self._database, list(by_id), searches)
        return {by_id[study_id]: searches for study_id, searches in found.items()}

    async def lately(
        self, keys: Sequence[StudyKey], since: date
    ) -> Mapping[StudyKey, tuple[VersionSeen, ...]]:
        """What was seen of these trials, which are known here, from a data day on, oldest first."""
        by_id = {self._known[key].id: key for key in keys if key in self._known}
        return await seen_since(self._connection, by_id, since)

    async def write(
        self,
        absorbed: Sequence[Absorbed],
        data_day: date,
        now: datetime,
        *,
        waits: bool = False,
    ) -> int:
        """Keep versions and changes, and owe the notices. Returns how many were written."""
        await self._make_known([one.key for one in absorbed])
        new = await self._write_occurrences(absorbed, now, waits=waits)
        await self._write_versions(absorbed, data_day)
        await self._write_sightings(absorbed, data_day, new)
        moved = [(self._known[one.key].id, one) for one in absorbed if one.joined or one.parted]
        await move_members(self._connection, self._database, moved)
        written = 0
        for one in absorbed:
            if one.correction is not None:
                study_id = self._known[one.key].id
                written += await take_back(
                    self._connection, self._database, study_id, one.correction, now
                )
        if new and not waits:
            written += await owe(self._connection, self._database, list(new.values()), now)
        return written

    async def merge(self, old: StudyKey, new: StudyKey) -> None:
        """Whoever follows ``old`` follows ``new`` from now on."""
        if old == new:
            return
        await self._make_known([old, new])
        old_id, new_id = self._known[old].id, self._known[new].id
        await join_subscriptions(
            self._connection, subscriptions.c.study_id, old_id, new_id, subscriptions.c.chat_id
        )
        for table in (mutes, posts):
            await join_pairs(self._connection, table.c.study_id, old_id, new_id)
        # Were ``new`` itself kept as merged (into ``old``, say), the two would lead in a circle.
        stands = update(studies).where(studies.c.id == new_id)
        await self._connection.execute(stands.values(merged_into_id=None))
        leads = (studies.c.id == old_id) | (studies.c.merged_into_id == old_id)
        earlier = update(studies).where(leads, studies.c.id != new_id)
        await self._connection.execute(earlier.values(merged_into_id=new_id))

    async def _lock(self, keys: Sequence[StudyKey]) -> list[AnyRow]:
        """Lock the rows of these trials in the order of their keys; unknown ones have none."""
        rows: list[AnyRow] = []
        for part in chunks(sorted(set(keys))):
            asked = (
                select(studies)
                .where(
                    tuple_(studies.c.registry, studies.c.number).in_(
                        [(key.registry, key.number) for key in part]
                    )
                )
                .order_by(studies.c.registry, studies.c.number)
                .with_for_update()
            )
            rows.extend((await self._connection.execute(asked)).all())
        for row in rows:
            key = StudyKey(row.registry, row.number)
            self._known[key] = Known(row.id, row.ordinal, row.version_day, row.source_mark)
        return rows

    async def _make_known(self, keys: Sequence[StudyKey]) -> None:
        """Have a locked row for each of these trials."""
        missing = [key for key in keys if key not in self._known]
        if not missing:
            return
        await self._lock(missing)
        fresh = sorted({key for key in missing if key not in self._known})
        if fresh:
            rows = [{"registry": key.registry, "number": key.number} for key in fresh]
            insert = self._database.insert(studies).on_conflict_do_nothing()
            await self._connection.execute(insert, rows)
            await self._lock(fresh)

    async def _write_occurrences(
        self, absorbed: Sequence[Absorbed], now: datetime, *, waits: bool
    ) -> Mapping[Occurrence, int]:
        """Write those that were not written before, with their ids: a debt is owed once."""
        told = {one.occurrence: self._known[one.key].id for one in absorbed if one.occurrence}
        if not told:
            return {}
        # Who follows later than it was found is not told, though it may be owed much later.
        upto = await newest_subscription(self._connection) if waits else None
        rows = [
            {
                **occurrence_row(self._known[one.key].id, one.occurrence, now),
                "waits": waits,
                "posted": one.posted,
                "lapsed": one.lapsed,
                "spread_upto": upto,
            }
            for one in absorbed
            if one.occurrence
        ]
        insert = self._database.insert(occurrences).on_conflict_do_nothing()
        inserted = await self._connection.execute(
            insert.returning(occurrences.c.id, occurrences.c.study_id, occurrences.c.cause), rows
        )
        ids = {(row.study_id, row.cause): row.id for row in inserted}
        return {
            occurrence: ids[study_id, occurrence.cause]
            for occurrence, study_id in told.items()
            if (study_id, occurrence.cause) in ids
        }

    async def _write_versions(self, absorbed: Sequence[Absorbed], data_day: date) -> None:
        """Add new versions, put fresh sources in place of old ones, note what is gone."""
        added, replaced, updated, found = [], [], [], []
        for one in absorbed:
            if one.record is None:
                continue
            known, source = self._known[one.key], one.record.source
            mark = mark_of(source)
            is_version = one.is_version or known.ordinal == 0
            if is_version:
                known.ordinal += 1
                known.version_day = data_day
                packed = self._sources.pack(source)
                added.append(version_row(known, data_day, packed))
            elif mark != known.source_mark:
                packed = self._sources.pack(source)
                replaced.append(
                    {"of_study": known.id, "of_ordinal": known.ordinal, "source": packed}
                )
            if mark != known.source_mark:
                found.append({"study_id": known.id, "words": findable(one.record.study)})
            known.source_mark = mark
            updated.append(study_update(one, known, data_day))
        if added:
            await self._connection.execute(versions.insert(), added)
        if replaced:
            await self._connection.execute(REPLACE, replaced)
        if updated:
            await self._connection.execute(UPDATE, updated)
        await keep_findable(self._connection, self._database, found)
        gone = [self._known[one.key].id for one in absorbed if one.record is None]
        for part in chunks(gone):
            removed = update(studies).where(studies.c.id.in_(part)).values(removed=True)
            await self._connection.execute(removed)

    async def _write_sightings(
        self,
        absorbed: Sequence[Absorbed],
        data_day: date,
        new: Mapping[Occurrence, int],
    ) -> None:
        """A line of history for each version, and for what is told the first time without one.

        That is a removal, a merge, and a record that is back as it was.
        """
        lines = [
            {
                "study_id": self._known[one.key].id,
                "ordinal": self._known[one.key].ordinal,
                "data_day": data_day,
                "changes": pack_changes(one.changes),
                "submitted": one.record.study.submitted_on if one.record else None,
            }
            for one in absorbed
            if one.is_version or (one.changes and one.occurrence in new)
        ]
        if lines:
            await self._connection.execute(sightings.insert(), lines)
