"""The rows that a change is written as, and how a kept version is read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.change import asked_by
from bot.domain.notice import Occurrence
from bot.domain.study import StudyKey
from bot.domain.version import Absorbed, StoredStudy, VersionSeen
from storage.codec import AnyRow, Sources, chunks, pack_body, unpack_body, unpack_changes
from storage.tables import notices, occurrences, sightings, studies, versions

_UPDATED = (
    "title",
    "ordinal",
    "digest",
    "glimpse",
    "source_mark",
    "with_results",
    "version_day",
    "read_day",
    "matched",
)


class Known(msgspec.Struct):
    """What is kept of a trial, locked; it moves on as versions are written."""

    id: int
    ordinal: int
    version_day: date | None
    source_mark: bytes | None


UPDATE = (
    update(studies)
    .where(studies.c.id == bindparam("of_id"))
    .values({name: bindparam(name) for name in _UPDATED})
    .values(removed=False, merged_into_id=None, missing_days=0, missing_on=None)
)
"""A trial that is read under its own number stands by itself, whatever was thought of it before."""

REPLACE = (
    update(versions)
    .where(
        versions.c.study_id == bindparam("of_study"), versions.c.ordinal == bindparam("of_ordinal")
    )
    .values(source=bindparam("source"))
)


def plain(text: str | None) -> str | None:
    """Without NUL, which JSON can hold and PostgreSQL's text cannot (its manual, 8.3)."""
    return None if text is None else text.replace("\0", "")


def is_study(key: StudyKey) -> ColumnElement[bool]:
    """The row of ``studies`` of this trial."""
    return (studies.c.registry == key.registry) & (studies.c.number == key.number)


def occurrence_row(study_id: int, occurrence: Occurrence, now: datetime) -> dict[str, Any]:
    """A row of ``occurrences`` that is owed at once."""
    return {
        "study_id": study_id,
        "data_day": occurrence.data_day,
        "cause": occurrence.cause,
        "kinds": asked_by(change.kind for change in occurrence.changes),
        "first_posted": occurrence.first_posted,
        "touched": touched_by(occurrence),
        "body": body_of(occurrence),
        "owed_at": now,
    }


def occurrence_of(row: AnyRow) -> Occurrence:
    """An occurrence out of its row, with the registry and the number of its trial beside it."""
    body = unpack_body(row.body)
    return Occurrence(
        key=StudyKey(row.registry, row.number),
        data_day=row.data_day,
        cause=row.cause,
        changes=body.changes,
        matches=body.matches,
        first_posted=row.first_posted,
        corrected=body.corrected,
        restless=body.restless,
        spots=body.spots,
    )


def body_of(occurrence: Occurrence) -> bytes:
    """All that an occurrence says, packed."""
    return pack_body(
        occurrence.changes,
        occurrence.matches,
        occurrence.corrected,
        occurrence.restless,
        occurrence.spots,
    )


def touched_by(occurrence: Occurrence) -> str:
    """The conditions that it touches, by event, as ``storage.touching`` reads them."""
    touched: dict[str, list[int]] = {}
    for match in occurrence.matches:
        touched.setdefault(match.event.value, []).append(match.interest_id)
    return msgspec.json.encode(touched).decode()


def version_row(known: Known, data_day: date, packed: bytes) -> dict[str, Any]:
    """A row of ``versions``."""
    return {
        "study_id": known.id,
        "ordinal": known.ordinal,
        "data_day": data_day,
        "source": packed,
    }


def study_update(one: Absorbed, known: Known, data_day: date) -> dict[str, Any]:
    """What ``UPDATE`` is given for a trial that was read."""
    assert one.record is not None  # noqa: S101 - the caller passes over those without
    return {
        "of_id": known.id,
        "title": plain(one.record.study.title),
        "ordinal": known.ordinal,
        "digest": one.digest,
        "glimpse": one.glimpse,
        "source_mark": known.source_mark,
        "with_results": one.record.with_results,
        "version_day": known.version_day,
        "read_day": data_day,
        "matched": one.matched,
    }


async def newest_sources(
    connection: AsyncConnection, study_ids: Sequence[int]
) -> Mapping[int, bytes]:
    """The packed sources of these trials' newest versions, by the trials' ids."""
    packed: dict[int, bytes] = {}
    for part in chunks(study_ids):
        newest = (
            select(versions.c.study_id, versions.c.source)
            .join(studies, studies.c.id == versions.c.study_id)
            .where(versions.c.ordinal == studies.c.ordinal, studies.c.id.in_(part))
        )
        packed.update({row.study_id: row.source for row in await connection.execute(newest)})
    return packed


async def seen_since(
    connection: AsyncConnection, by_id: Mapping[int, StudyKey], since: date
) -> Mapping[StudyKey, tuple[VersionSeen, ...]]:
    """What was seen of these trials from a data day on, oldest first, by their keys.

    Only what somebody was owed: what nobody could have heard of is not to be taken back.
    """
    found: dict[StudyKey, tuple[VersionSeen, ...]] = {}
    somebodys = or_(
        occurrences.c.waits,
        occurrences.c.spread_after.is_not(None),
        exists().where(notices.c.occurrence_id == occurrences.c.id),
    )
    for part in chunks(list(by_id)):
        owed = exists().where(
            occurrences.c.study_id == sightings.c.study_id,
            occurrences.c.data_day == sightings.c.data_day,
            somebodys,
        )
        asked = (
            select(sightings)
            .where(sightings.c.study_id.in_(part), sightings.c.data_day >= since, owed)
            .order_by(sightings.c.study_id, sightings.c.id)
        )
        for row in await connection.execute(asked):
            changes = unpack_changes(row.changes)
            seen = VersionSeen(ordinal=row.ordinal, data_day=row.data_day, changes=changes)
            key = by_id[row.study_id]
            found[key] = (*found.get(key, ()), seen)
    return found


def stored_study(row: AnyRow, packed: bytes, sources: Sources) -> StoredStudy:
    """The newest version from a row of ``studies`` that has one, and its source."""
    return StoredStudy(
        study=sources.study(StudyKey(row.registry, row.number), packed),
        digest=row.digest,
        ordinal=row.ordinal,
        version_day=row.version_day,
        read_day=row.read_day,
        with_results=row.with_results,
        removed=row.removed and row.merged_into_id is None,
    )
