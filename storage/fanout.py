"""From an occurrence to the chats that it concerns, in SQL.

A narrow occurrence is fanned out at once, many in one statement. One that may concern over a
thousand chats is wide: it goes a batch of chats at a time, in the order of their ids, and the
occurrence's row is the debt until the last batch is written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import Event
from storage.codec import chunks
from storage.engine import Database
from storage.held import first_state
from storage.tables import chats, interests, matches, notices, occurrences, studies, subscriptions
from storage.wakes import announce

WIDE: Final = 1000
"""Chats from which on a fan-out is wide, and the size of its first batch."""

_OWED = ("chat_id", "bot_id", "occurrence_id", "study_id", "data_day", "cause", "state", "due_at")


class Span(msgspec.Struct, frozen=True):
    """Chats with ids above ``after`` up to ``last``, by subscriptions up to ``upto``."""

    after: int
    last: int
    upto: int


async def owe(
    connection: AsyncConnection, database: Database, occurrence_ids: Sequence[int], now: datetime
) -> int:
    """Write the notices of new occurrences. Returns how many; of wide ones, the first batch."""
    wide = await _wide_among(connection, occurrence_ids)
    narrow = [one for one in occurrence_ids if one not in wide]
    written = 0
    for part in chunks(narrow):
        written += await _insert(connection, database, part, now)
    newest = await newest_subscription(connection) if wide else 0
    upto = func.coalesce(occurrences.c.spread_upto, newest)  # set where it was found earlier
    left = WIDE
    for one in sorted(wide):
        mark = update(occurrences).where(occurrences.c.id == one)
        await connection.execute(mark.values(spread_after=0, spread_upto=upto))
        if left > 0:
            count = await spread_one(connection, database, one, left, now)
            written, left = written + count, left - count
    return written


async def spread_one(
    connection: AsyncConnection, database: Database, occurrence_id: int, limit: int, now: datetime
) -> int:
    """Expand one wide debt by up to ``limit`` notices. Returns how many were written."""
    row = (
        await connection.execute(
            select(occurrences.c.spread_after, occurrences.c.spread_upto).where(
                occurrences.c.id == occurrence_id
            )
        )
    ).one()
    written, after = 0, row.spread_after
    while after is not None and written < limit:
        wanted = limit - written
        ids = await _next_chats(connection, occurrence_id, after, row.spread_upto, wanted)
        if ids:
            span = Span(after, ids[-1], row.spread_upto)
            written += await _insert(connection, database, [occurrence_id], now, span)
        after = ids[-1] if len(ids) == wanted else None
    mark = update(occurrences).where(occurrences.c.id == occurrence_id)
    await connection.execute(mark.values(spread_after=after))
    return written


async def owe_before_joining(
    connection: AsyncConnection, database: Database, chat_id: int, into: int
) -> None:
    """A chat is about to join another: give it what wide debts still have in store for it.

    Where the other one's id was passed already, its turn would never come.
    """
    owed = select(occurrences.c.id, occurrences.c.spread_upto).where(
        occurrences.c.spread_after.is_not(None),
        occurrences.c.spread_after < chat_id,
        occurrences.c.spread_after >= into,
    )
    for row in await connection.execute(owed.with_for_update()):
        span = Span(chat_id - 1, chat_id, row.spread_upto)
        await _insert(connection, database, [row.id], None, span)


async def _insert(
    connection: AsyncConnection,
    database: Database,
    occurrence_ids: Sequence[int],
    now: datetime | None,
    span: Span | None = None,
) -> int:
    """Owe them from ``now`` on, or since the occurrence was written."""
    due_at = occurrences.c.owed_at if now is None else literal(now, notices.c.due_at.type)
    put_off = chats.c.put_off_until > due_at
    concerned = union(
        _by_study(occurrence_ids, span), _by_interest(occurrence_ids, span)
    ).subquery()
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
        .where(occurrences.c.id.in_(occurrence_ids))
        .order_by(occurrences.c.id, chats.c.id)
    )
    statement = database.insert(notices).from_select(_OWED, owed).on_conflict_do_nothing()
    result = await connection.execute(statement.execution_options(preserve_rowcount=True))
    if result.rowcount:
        await announce(connection)
    return result.rowcount


def _by_study(occurrence_ids: Sequence[int], span: Span | None) -> Select[Any]:
    # A merged trial's followers follow the one that it became, and are told of the merge.
    followed = func.coalesce(studies.c.merged_into_id, studies.c.id)
    return (
        select(occurrences.c.id.label("occurrence_id"), subscriptions.c.chat_id)
        .join(studies, studies.c.id == occurrences.c.study_id)
        .join(subscriptions, subscriptions.c.study_id == followed)
        .where(
            occurrences.c.id.in_(occurrence_ids),
            subscriptions.c.kinds.bitwise_and(occurrences.c.kinds) != 0,
            *_within(span),
        )
    )


def _by_interest(occurrence_ids: Sequence[int], span: Span | None) -> Select[Any]:
    """``Absorbing.write`` states the rule for what is new.

    While a baseline is not finished, a trial first posted on the day of the follow is one that the
    baseline finds: there it is not news.
    """
    is_news = or_(
        matches.c.event != Event.NEW.value,
        subscriptions.c.since < occurrences.c.first_posted,
        and_(subscriptions.c.since == occurrences.c.first_posted, interests.c.baseline_done),
    )
    return (
        select(occurrences.c.id.label("occurrence_id"), subscriptions.c.chat_id)
        .join(matches, matches.c.occurrence_id == occurrences.c.id)
        .join(interests, interests.c.id == matches.c.interest_id)
        .join(subscriptions, subscriptions.c.interest_id == interests.c.id)
        .where(
            occurrences.c.id.in_(occurrence_ids),
            subscriptions.c.kinds.bitwise_and(matches.c.kinds) != 0,
            is_news,
            *_within(span),
        )
    )


def _within(span: Span | None) -> tuple[ColumnElement[bool], ...]:
    if span is None:
        upto = occurrences.c.spread_upto
        return (or_(upto.is_(None), subscriptions.c.id <= upto),)
    return (
        subscriptions.c.chat_id > span.after,
        subscriptions.c.chat_id <= span.last,
        subscriptions.c.id <= span.upto,
    )


async def _wide_among(connection: AsyncConnection, occurrence_ids: Sequence[int]) -> frozenset[int]:
    """Those that have so many followers that they may be wide: counted once for each interest."""
    followers: Counter[int] = Counter()
    touched: defaultdict[int, list[int]] = defaultdict(list)
    for part in chunks(occurrence_ids):
        followed = func.coalesce(studies.c.merged_into_id, studies.c.id)
        by_study = (
            select(occurrences.c.id, func.count())
            .join(studies, studies.c.id == occurrences.c.study_id)
            .join(subscriptions, subscriptions.c.study_id == followed)
            .where(occurrences.c.id.in_(part))
            .group_by(occurrences.c.id)
        )
        for occurrence_id, count in await connection.execute(by_study):
            followers[occurrence_id] += count
        touching = select(matches.c.interest_id, matches.c.occurrence_id)
        touching = touching.where(matches.c.occurrence_id.in_(part))
        for interest_id, occurrence_id in await connection.execute(touching):
            touched[interest_id].append(occurrence_id)
    for part in chunks(list(touched)):
        by_interest = (
            select(subscriptions.c.interest_id, func.count())
            .where(subscriptions.c.interest_id.in_(part))
            .group_by(subscriptions.c.interest_id)
        )
        for interest_id, count in await connection.execute(by_interest):
            followers.update(dict.fromkeys(touched[interest_id], count))
    return frozenset(one for one, count in followers.items() if count > WIDE)


async def newest_subscription(connection: AsyncConnection) -> int:
    """The id of the last subscription that was made; 0 where there is none."""
    newest = await connection.scalar(select(func.max(subscriptions.c.id)))
    return newest or 0


async def _next_chats(
    connection: AsyncConnection, occurrence_id: int, after: int, upto: int, limit: int
) -> Sequence[int]:
    """The next chats that may be concerned, at most ``limit``, in the order of their ids.

    Each source of followers is asked for its own next ones, along an index: a look at the next
    thousand costs a thousand rows, not a million.
    """
    occurrence = occurrences.alias("told")
    row = await connection.execute(
        select(func.coalesce(studies.c.merged_into_id, studies.c.id), occurrence.c.kinds)
        .join(studies, studies.c.id == occurrence.c.study_id)
        .where(occurrence.c.id == occurrence_id)
    )
    study_id, kinds = row.one()
    sources = [(subscriptions.c.study_id == study_id, kinds)]
    matching = select(matches.c.interest_id, matches.c.kinds)
    matching = matching.where(matches.c.occurrence_id == occurrence_id)
    for interest_id, wanted in await connection.execute(matching):
        sources.append((subscriptions.c.interest_id == interest_id, wanted))
    found: set[int] = set()
    for follows, wanted in sources:
        asked = (
            select(subscriptions.c.chat_id)
            .where(
                follows,
                subscriptions.c.chat_id > after,
                subscriptions.c.id <= upto,
                subscriptions.c.kinds.bitwise_and(wanted) != 0,
            )
            .order_by(subscriptions.c.chat_id)
            .limit(limit)
        )
        found.update((await connection.scalars(asked)).all())
    return sorted(found)[:limit]
