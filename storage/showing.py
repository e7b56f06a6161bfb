"""Showing a chat what is kept of it, and what of what it follows changed last."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Dialect, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.kept import Kept, Told
from bot.domain.notice import Event, NoticeState, Occurrence
from bot.domain.posting import Post
from bot.domain.study import StudyKey
from storage.rows import occurrence_of
from storage.tables import notices, occurrences, posts, studies, subscriptions
from storage.touching import each_touched


async def post_of(connection: AsyncConnection, chat_id: int, key: StudyKey) -> Post | None:
    """Where a chat was first told of a trial."""
    this = (studies.c.registry == key.registry, studies.c.number == key.number)
    asked = select(posts.c.message, posts.c.thread).join(studies, studies.c.id == posts.c.study_id)
    found = await connection.execute(asked.where(posts.c.chat_id == chat_id, *this))
    row = found.one_or_none()
    return None if row is None else Post(message_id=row.message, thread=row.thread)


async def newest(connection: AsyncConnection, chat_id: int, most: int) -> tuple[Occurrence, ...]:
    """The newest occurrences that touch what a chat follows and are owed to anybody by now."""
    mine = select(subscriptions.c.study_id, subscriptions.c.interest_id)
    mine = mine.where(subscriptions.c.chat_id == chat_id)
    followed = (await connection.execute(mine)).all()
    trials = [row.study_id for row in followed if row.study_id is not None]
    interests = [row.interest_id for row in followed if row.interest_id is not None]
    matched = [_touches(connection.dialect, event, interests) for event in Event]
    asked = (
        select(occurrences, studies.c.registry, studies.c.number)
        .join(studies, studies.c.id == occurrences.c.study_id)
        .where(or_(occurrences.c.study_id.in_(trials), *matched), ~occurrences.c.waits)
        .order_by(occurrences.c.id.desc())
        .limit(most)
    )
    return tuple(occurrence_of(row) for row in await connection.execute(asked))


def _touches(dialect: Dialect, event: Event, interests: Sequence[int]) -> ColumnElement[bool]:
    """Whether an occurrence touches one of these conditions in this way."""
    each, interest_id = each_touched(dialect, occurrences.c.touched, event)
    found = select(literal(1)).select_from(each).where(interest_id.in_(interests))
    return found.correlate(occurrences).exists()


async def kept(connection: AsyncConnection, chat_id: int) -> Kept:
    """All that was told to a chat or is owed to it, and where trials were first posted there."""
    trial = (studies.c.registry, studies.c.number)
    told = (
        select(*trial, notices.c.data_day, notices.c.cause, notices.c.state)
        .join(studies, studies.c.id == notices.c.study_id)
        .where(notices.c.chat_id == chat_id)
        .order_by(notices.c.id)
    )
    posted = (
        select(*trial, posts.c.message, posts.c.thread)
        .join(studies, studies.c.id == posts.c.study_id)
        .where(posts.c.chat_id == chat_id)
        .order_by(*trial)
    )
    return Kept(
        told=tuple(
            Told(
                key=StudyKey(row.registry, row.number),
                data_day=row.data_day,
                cause=row.cause,
                state=NoticeState(row.state),
            )
            for row in await connection.execute(told)
        ),
        posts=tuple(
            (StudyKey(row.registry, row.number), Post(message_id=row.message, thread=row.thread))
            for row in await connection.execute(posted)
        ),
    )
