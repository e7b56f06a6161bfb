"""Taking back what was found: from what is still owed silently, and from what was told in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.change import Change, asked_by
from bot.domain.notice import Event, NoticeState, Occurrence
from storage.codec import pack_body, unpack_body
from storage.engine import Database
from storage.held import FIRST_STATE
from storage.rows import occurrence_row
from storage.tables import chats, notices, occurrences
from storage.wakes import announce

_TOLD: Final = (NoticeState.SENT.value, NoticeState.PERHAPS.value, NoticeState.CLAIMED.value)
"""What is in flight counts as told: a correction too many is better than one too few."""

_OWED: Final = (
    "chat_id",
    "bot_id",
    "occurrence_id",
    "study_id",
    "data_day",
    "cause",
    "state",
    "due_at",
)


async def take_back(
    connection: AsyncConnection,
    database: Database,
    study_id: int,
    correction: Occurrence,
    now: datetime,
) -> int:
    """Correct a trial's earlier changes. Returns how many notices were written.

    What is owed or held no longer says them, and comes to nothing where it says nothing else; who
    was told is owed the correction.
    """
    said = await _unsay(connection, study_id, correction)
    told = select(notices.c.id).where(notices.c.occurrence_id.in_(said), notices.c.state.in_(_TOLD))
    if not said or await connection.scalar(told.limit(1)) is None:
        return 0
    insert = database.insert(occurrences).on_conflict_do_nothing().returning(occurrences.c.id)
    made = await connection.scalar(insert.values(occurrence_row(study_id, correction, now)))
    if made is None:
        return 0
    heard = select(notices.c.chat_id).where(
        notices.c.occurrence_id.in_(said), notices.c.state.in_(_TOLD)
    )
    owed = (
        select(
            chats.c.id,
            chats.c.bot_id,
            occurrences.c.id,
            occurrences.c.study_id,
            occurrences.c.data_day,
            occurrences.c.cause,
            FIRST_STATE,
            literal(now, notices.c.due_at.type),
        )
        .select_from(chats)
        .join(occurrences, occurrences.c.id == made)
        .where(chats.c.id.in_(heard))
        .order_by(chats.c.id)
    )
    statement = database.insert(notices).from_select(_OWED, owed).on_conflict_do_nothing()
    result = await connection.execute(statement.execution_options(preserve_rowcount=True))
    await announce(connection)
    return result.rowcount


async def _unsay(
    connection: AsyncConnection, study_id: int, correction: Occurrence
) -> Sequence[int]:
    """Take the changes out of the occurrences that say them. Returns which those were."""
    gone: defaultdict[date, set[Change]] = defaultdict(set)
    for one in correction.corrected:
        gone[one.day].add(one.change)
    asked = select(
        occurrences.c.id, occurrences.c.data_day, occurrences.c.body, occurrences.c.waits
    ).where(occurrences.c.study_id == study_id, occurrences.c.data_day.in_(list(gone)))
    said = []
    for row in (await connection.execute(asked.with_for_update())).all():
        body, back = unpack_body(row.body), gone[row.data_day]
        left = tuple(change for change in body.changes if change not in back)
        if len(left) == len(body.changes):
            continue
        said.append(row.id)
        events = tuple(match for match in body.matches if match.event is not Event.CHANGED)
        matches = body.matches if left else events
        fresh = {
            "body": pack_body(left, matches, body.corrected, body.restless, body.spots),
            "kinds": asked_by(change.kind for change in left),
            # With nothing left to say it is not kept waiting, nor shown as held.
            "waits": row.waits and bool(left or events),
        }
        await connection.execute(
            update(occurrences).where(occurrences.c.id == row.id).values(fresh)
        )
    return said
