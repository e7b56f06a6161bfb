"""Versions of trials, as they are asked for outside of the transaction of a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from sqlalchemy import bindparam, case, func, or_, select, text, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.record import Unreadable
from bot.domain.study import StudyKey
from bot.domain.version import StoredStudy, VersionSeen
from bot.ports.studies import Named, Watched
from storage.codec import AnyRow, Sources, chunks, mark_of, unpack_changes
from storage.engine import Database
from storage.finding import worded
from storage.rows import is_study, plain, stored_study
from storage.tables import set_aside, sightings, studies, subscriptions, versions

MATCHED: Final = text("studies.matched")
"""Word for word the condition of its partial index: a bound value would hide it from SQLite."""

_asked: Final = studies.alias("asked")

_NEWEST: Final = (
    select(studies, versions.c.source, _asked.c.number.label("asked"))
    .select_from(_asked)
    .join(studies, studies.c.id == func.coalesce(_asked.c.merged_into_id, _asked.c.id))
    .join(
        versions,
        (versions.c.study_id == studies.c.id) & (versions.c.ordinal == studies.c.ordinal),
    )
    .where(
        _asked.c.registry == bindparam("of_registry"),
        _asked.c.number.in_(bindparam("numbers", expanding=True)),
    )
)
"""Made once: every message that is sent asks for it, with all the trials that it tells of."""


class SqlStudies:
    """Implements ``bot.ports.studies.Studies``."""

    def __init__(self, database: Database, sources: Sources) -> None:
        self._database = database
        self._sources = sources

    async def get(self, key: StudyKey) -> StoredStudy | None:
        """The newest kept version; an alias of a merged trial leads to the trial it became."""
        return (await self.several((key,))).get(key)

    async def several(self, keys: Collection[StudyKey]) -> dict[StudyKey, StoredStudy]:
        """The newest kept version of each of these that is kept, by the key it was asked by."""
        numbers = defaultdict(list)
        for key in keys:
            numbers[key.registry].append(key.number)
        rows: list[AnyRow] = []
        async with self._database.read() as connection:
            for registry, of_registry in numbers.items():
                for part in chunks(of_registry):
                    asked = {"of_registry": registry, "numbers": part}
                    rows += await connection.execute(_NEWEST, asked)
        return {
            StudyKey(row.registry, row.asked): stored_study(row, row.source, self._sources)
            for row in rows
        }

    async def history(self, key: StudyKey) -> tuple[VersionSeen, ...]:
        """What was seen of it, oldest first."""
        lines = (
            select(
                sightings.c.ordinal,
                sightings.c.data_day,
                sightings.c.changes,
                sightings.c.submitted,
            )
            .join(studies, studies.c.id == sightings.c.study_id)
            .where(is_study(key))
            .order_by(sightings.c.id)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(lines)).all()
        return tuple(
            VersionSeen(
                ordinal=row.ordinal,
                data_day=row.data_day,
                changes=unpack_changes(row.changes),
                submitted=row.submitted,
            )
            for row in rows
        )

    async def worded(
        self, words: Sequence[str], *, after: int = 0, limit: int = 50
    ) -> tuple[Named, ...]:
        """Kept trials that have a word beginning with each of these, those in the title first."""
        asked = worded(words).offset(after).limit(limit)
        async with self._database.read() as connection:
            rows = (await connection.execute(asked)).all()
        return tuple(
            Named(StudyKey(row.registry, row.number), row.title or row.number) for row in rows
        )

    async def watched(self, registry: str) -> tuple[Watched, ...]:
        """All that is watched and not merged, in the order of their numbers."""
        somebodys = union(
            select(studies.c.id).where(MATCHED),
            select(subscriptions.c.study_id).where(subscriptions.c.study_id.is_not(None)),
        )
        asked = select(
            studies.c.number, studies.c.glimpse, studies.c.read_day, studies.c.removed
        ).where(
            studies.c.id.in_(somebodys),
            studies.c.registry == registry,
            studies.c.merged_into_id.is_(None),
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(asked)).all()
        # Sorted here, because the databases' orders of text differ.
        return tuple(
            Watched(
                key=StudyKey(registry, number),
                glimpse=glimpse or b"",
                read_day=read_day or date.min,
                removed=removed,
            )
            for number, glimpse, read_day, removed in sorted(rows, key=lambda row: row[0])
        )

    async def confirm(self, keys: Sequence[StudyKey]) -> None:
        """These were seen in the registry: forget on how many data days they were missing."""
        if not keys:
            return
        registries = {key.registry for key in keys}
        async with self._database.write() as connection:
            for registry in registries:
                numbers = [key.number for key in keys if key.registry == registry]
                for part in chunks(numbers):
                    await connection.execute(
                        update(studies)
                        .where(
                            studies.c.registry == registry,
                            studies.c.number.in_(part),
                            studies.c.missing_days > 0,
                        )
                        .values(missing_days=0, missing_on=None)
                    )

    async def missing(self, key: StudyKey, data_day: date) -> int:
        """Note that it was missing on this data day. Returns on how many days running by now.

        A trial that is not in the store cannot be missed: 0.
        """
        another = or_(studies.c.missing_on.is_(None), studies.c.missing_on != data_day)
        days = case((another, studies.c.missing_days + 1), else_=studies.c.missing_days)
        note = update(studies).where(is_study(key)).values(missing_days=days, missing_on=data_day)
        async with self._database.write() as connection:
            return await connection.scalar(note.returning(studies.c.missing_days)) or 0

    async def set_aside(self, unreadable: Sequence[Unreadable], data_day: date) -> None:
        """Keep what could not be parsed, once a data day, for the operator to look at."""
        if not unreadable:
            return
        rows = [
            {
                "mark": mark_of(str(one.key).encode() if one.key else one.source),
                "data_day": data_day,
                "registry": one.key.registry if one.key else None,
                "number": one.key.number if one.key else None,
                "reason": plain(one.reason),
                "source": self._sources.pack(one.source),
            }
            for one in unreadable
        ]
        async with self._database.write() as connection:
            await connection.execute(
                self._database.insert(set_aside).on_conflict_do_nothing(), rows
            )


async def id_of(connection: AsyncConnection, key: StudyKey) -> int | None:
    """The row of this trial, or of the one that it became."""
    asked = select(func.coalesce(studies.c.merged_into_id, studies.c.id)).where(is_study(key))
    found: int | None = await connection.scalar(asked)
    return found
