"""From an occurrence to the chats that it concerns, in SQL.

A narrow occurrence is fanned out at once, many in one statement. One that may concern over a
thousand chats is wide: it goes a batch of chats at a time, in the order of their ids, and the
occurrence's row is the debt until the last batch is written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, func, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.codec import chunks
from storage.engine import Database
from storage.owing import Span, within, write_notices
from storage.tables import matches, occurrences, studies, subscriptions

WIDE: Final = 1000
"""Chats from which on a fan-out is wide, and the size of its first batch."""

_ARMS: Final = 100
"""How many SELECTs stand in one UNION: below SQLite's limit of 500."""


async def owe(
    connection: AsyncConnection, database: Database, occurrence_ids: Sequence[int], now: datetime
) -> int:
    """Write the notices of new occurrences. Returns how many; of wide ones, the first batch."""
    wide = await _wide_among(connection, occurrence_ids)
    narrow = [one for one in occurrence_ids if one not in wide]
    written = 0
    for part in chunks(narrow):
        written += await write_notices(connection, database, part, now)
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
    sources = await _sources(connection, occurrence_id) if after is not None else []
    matched = len(sources) > 1
    while after is not None and written < limit:
        rest = Span(after, None, row.spread_upto)
        after = await _end_of_batch(connection, sources, rest, limit - written)
        span = Span(rest.after, after, rest.upto)
        written += await write_notices(connection, database, [occurrence_id], now, span, matched)
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
        await write_notices(connection, database, [row.id], None, span)


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


async def _sources(
    connection: AsyncConnection, occurrence_id: int
) -> Sequence[ColumnElement[bool]]:
    """By which subscriptions a chat may be concerned: of the trial first, then of conditions."""
    told = (
        select(func.coalesce(studies.c.merged_into_id, studies.c.id), occurrences.c.kinds)
        .join(studies, studies.c.id == occurrences.c.study_id)
        .where(occurrences.c.id == occurrence_id)
    )
    study_id, kinds = (await connection.execute(told)).one()
    asked = subscriptions.c.kinds
    sources = [and_(subscriptions.c.study_id == study_id, asked.bitwise_and(kinds) != 0)]
    matching = select(matches.c.interest_id, matches.c.kinds)
    matching = matching.where(matches.c.occurrence_id == occurrence_id)
    for interest_id, wanted in await connection.execute(matching):
        follows = subscriptions.c.interest_id == interest_id
        sources.append(and_(follows, asked.bitwise_and(wanted) != 0))
    return sources


async def _end_of_batch(
    connection: AsyncConnection, sources: Sequence[ColumnElement[bool]], rest: Span, limit: int
) -> int | None:
    """The last of the next chats, at most ``limit``; None where no more than that are left.

    Each source of followers is asked for its own next ones, along an index: a look at the next
    thousand costs a thousand rows, not a million. Nothing but the last one leaves the database.
    """
    parts = range(0, len(sources), _ARMS)
    share = max(limit // len(parts), 1)
    ends: list[int] = []
    for start in parts:
        arms = [_next_chats(source, rest) for source in sources[start : start + _ARMS]]
        chosen = arms[0] if len(arms) == 1 else _united(arms, share)
        found = await connection.execute(chosen.offset(share - 1).limit(1))
        ends.extend(row.chat_id for row in found)
    return min(ends, default=None)


def _next_chats(source: ColumnElement[bool], rest: Span) -> Select[tuple[int]]:
    asked = select(subscriptions.c.chat_id).where(source, *within(rest))
    return asked.order_by(subscriptions.c.chat_id)


def _united(arms: Sequence[Select[tuple[int]]], share: int) -> Select[tuple[int]]:
    limited = (arm.limit(share).subquery() for arm in arms)
    chosen = union(*(select(arm.c.chat_id) for arm in limited)).subquery()
    return select(chosen.c.chat_id).order_by(chosen.c.chat_id)
