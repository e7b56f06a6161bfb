"""The notices of occurrences, written in one statement: who is concerned is found in it too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import (
    CTE,
    ColumnElement,
    Dialect,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import Event
from storage.engine import Database, Upserting
from storage.held import first_state
from storage.tables import chats, interests, notices, occurrences, studies, subscriptions
from storage.touching import each_touched, is_asked
from storage.wakes import announce

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

_IN_MEMORY: Final = text("SET LOCAL work_mem = '64MB'")
"""Until the transaction ends: so many notices would else be sorted in files."""

_SOME: Final = 4
"""Up to so many occurrences at once it is not worth a savepoint to be faster."""


class Span(msgspec.Struct, frozen=True):
    """Chats with ids above ``after`` up to ``last`` (None: to the end), by subscriptions up to
    ``upto``.
    """

    after: int
    last: int | None
    upto: int


async def write_notices(
    connection: AsyncConnection,
    database: Database,
    occurrence_ids: Sequence[int],
    now: datetime | None,
    span: Span | None = None,
    matched: bool = True,
) -> int:
    """Owe them from ``now`` on, or since the occurrence was written.

    Where they are known to touch no condition (not ``matched``), nobody can be met twice.
    """
    owed = _owed(connection.dialect, occurrence_ids, now, span, matched)
    insert = database.insert(notices).from_select(_OWED, owed)
    insert = insert.execution_options(preserve_rowcount=True)
    many = span is not None or len(occurrence_ids) > _SOME
    written = await _fast(connection, insert) if many else None
    if written is None:
        written = (await connection.execute(insert.on_conflict_do_nothing())).rowcount
    if written:
        await announce(connection)
    return written


def _owed(
    dialect: Dialect,
    occurrence_ids: Sequence[int],
    now: datetime | None,
    span: Span | None,
    matched: bool,
) -> Select[Any]:
    """The rows of ``notices`` that are to be there, as ``_OWED`` names their columns."""
    due_at = occurrences.c.owed_at if now is None else literal(now, notices.c.due_at.type)
    put_off = chats.c.put_off_until > due_at
    concerned = followers(dialect, occurrence_ids, span, matched).subquery()
    owed = (
        select(
            chats.c.id,
            chats.c.bot_id,
            occurrences.c.id,
            occurrences.c.study_id,
            occurrences.c.data_day,
            occurrences.c.cause,
            first_state(put_off),
            case((put_off, chats.c.put_off_until), else_=due_at),
        )
        .select_from(concerned)
        .join(chats, chats.c.id == concerned.c.chat_id)
        .join(occurrences, occurrences.c.id == concerned.c.occurrence_id)
    )
    if dialect.name == "postgresql":
        owed = owed.order_by(concerned.c.chat_id, concerned.c.occurrence_id)
        # It does not carry a range from one column over to its equal; SQLite, told of it, would
        # look up the subscriptions by the chats, one by one, instead of walking along them.
        owed = owed.where(*_between(chats.c.id, span))
    return owed


async def _fast(connection: AsyncConnection, insert: Upserting) -> int | None:
    """Insert on PostgreSQL as if nothing were there; None where that is not so, or on SQLite.

    To be ready for a conflict costs PostgreSQL half as much again for each row. What is owed anew
    is owed to nobody yet, and of a wide debt that is being expanded a chat has its notice already
    only where another one joined it lately.
    """
    if connection.dialect.name != "postgresql":
        return None
    try:
        async with connection.begin_nested():
            await connection.execute(_IN_MEMORY)
            return (await connection.execute(insert)).rowcount
    except IntegrityError:
        return None


def followers(
    dialect: Dialect, occurrence_ids: Sequence[int], span: Span | None, matched: bool = True
) -> Select[Any]:
    """Occurrences and the chats that they concern, each pair once, chat after chat.

    All that is written for a chat then stands together, and the index by chats is gone along once.
    SQLite groups by sorting, and joins what it sorted in that order: it need not sort again.
    """
    told = _told(occurrence_ids)
    arms = [_by_study(told, span), *(_by_interests(dialect, told, span) if matched else ())]
    every = union_all(*arms).subquery()
    each = (every.c.chat_id, every.c.occurrence_id)
    return select(*each).group_by(*each)


def _told(occurrence_ids: Sequence[int]) -> CTE:
    """What is asked of occurrences, apart from their bodies: those are long, and in the way."""
    small = ("id", "study_id", "kinds", "first_posted", "spread_upto", "touched")
    asked = select(*(occurrences.c[name] for name in small))
    # Nested, so that the statement begins with INSERT: else Python's sqlite3 counts no rows.
    return asked.where(occurrences.c.id.in_(occurrence_ids)).cte("told", nesting=True)


def _by_study(told: CTE, span: Span | None) -> Select[Any]:
    # A merged trial's followers follow the one that it became, and are told of the merge.
    followed = func.coalesce(studies.c.merged_into_id, studies.c.id)
    return (
        select(told.c.id.label("occurrence_id"), subscriptions.c.chat_id)
        .join(studies, studies.c.id == told.c.study_id)
        .join(subscriptions, subscriptions.c.study_id == followed)
        .where(subscriptions.c.kinds.bitwise_and(told.c.kinds) != 0, *_in_span(told, span))
    )


def _by_interests(dialect: Dialect, told: CTE, span: Span | None) -> Iterator[Select[Any]]:
    """By what each event touches.

    ``Absorbing.write`` states the rule for what is new. While a baseline is not finished, a trial
    first posted on the day of the follow is one that the baseline finds: there it is not news.
    """
    for event in Event:
        each, interest_id = each_touched(dialect, told.c.touched, event)
        concerned = (
            select(told.c.id.label("occurrence_id"), subscriptions.c.chat_id)
            .select_from(told)
            .join(each, true())
            .join(subscriptions, subscriptions.c.interest_id == interest_id)
            .where(is_asked(event, told.c.kinds), *_in_span(told, span))
        )
        if event is Event.NEW:
            posted, since = told.c.first_posted, subscriptions.c.since
            concerned = concerned.where(or_(since < posted, and_(since == posted, _is_finished())))
        yield concerned


def _is_finished() -> ColumnElement[bool]:
    """Whether the baseline is finished; looked up of those alone who followed on that very day."""
    own = interests.c.id == subscriptions.c.interest_id
    return select(interests.c.baseline_done).where(own).scalar_subquery()


def _in_span(told: CTE, span: Span | None) -> tuple[ColumnElement[bool], ...]:
    """Whether a subscription is in the span; without one, whether it is old enough to be told."""
    if span is not None:
        return within(span)
    upto = told.c.spread_upto
    return (or_(upto.is_(None), subscriptions.c.id <= upto),)


def within(span: Span) -> tuple[ColumnElement[bool], ...]:
    """Whether a subscription is in the span."""
    return (*_between(subscriptions.c.chat_id, span), subscriptions.c.id <= span.upto)


def _between(chat_id: ColumnElement[int], span: Span | None) -> tuple[ColumnElement[bool], ...]:
    if span is None:
        return ()
    return (chat_id > span.after, *(() if span.last is None else (chat_id <= span.last,)))
