"""From an occurrence to the chats that it concerns, in SQL.

A narrow occurrence is fanned out at once, many in one statement. One that may concern over a
thousand chats is wide: it goes a batch of chats at a time, in the order of their ids, and the
occurrence's row is the debt until the last batch is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.codec import chunks
from storage.engine import Database
from storage.owing import Span, followers, within, write_notices
from storage.reach import FEW, WIDE, Reach, reach
from storage.tables import matches, occurrences, studies, subscriptions
from storage.touching import is_asked, read_touched


async def owe(
    connection: AsyncConnection,
    database: Database,
    occurrence_ids: Sequence[int],
    now: datetime,
    reached: Mapping[int, Reach] | None = None,
) -> int:
    """Write the notices of new occurrences. Returns how many; of wide ones, the first batch.

    ``reached`` is how far they reach, where that was looked at before.
    """
    await _learn_touched(connection, occurrence_ids)
    known = reached or {}
    unknown = [one for one in occurrence_ids if one not in known]
    known = {**known, **(await reach(connection, unknown))} if unknown else known
    wide = {one for one in occurrence_ids if known[one].is_wide}
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
    matched = sources is None or len(sources) > 1
    while after is not None and written < limit:
        rest = Span(after, None, row.spread_upto)
        after = await _end_of_batch(connection, occurrence_id, sources, rest, limit - written)
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
    for row in (await connection.execute(owed.with_for_update())).all():
        await _learn_touched(connection, [row.id])
        span = Span(chat_id - 1, chat_id, row.spread_upto)
        await write_notices(connection, database, [row.id], None, span)


async def _learn_touched(connection: AsyncConnection, occurrence_ids: Sequence[int]) -> None:
    """Note in the rows of occurrences what an earlier release noted beside them."""
    touched: defaultdict[int, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for part in chunks(occurrence_ids):
        asked = (
            select(matches.c.occurrence_id, matches.c.interest_id, matches.c.event)
            .join(occurrences, occurrences.c.id == matches.c.occurrence_id)
            .where(matches.c.occurrence_id.in_(part), occurrences.c.touched.is_(None))
        )
        for occurrence_id, interest_id, event in await connection.execute(asked):
            touched[occurrence_id][event].append(interest_id)
    for occurrence_id, ids in touched.items():
        this = update(occurrences).where(occurrences.c.id == occurrence_id)
        await connection.execute(this.values(touched=msgspec.json.encode(ids).decode()))


async def newest_subscription(connection: AsyncConnection) -> int:
    """The id of the last subscription that was made; 0 where there is none."""
    newest = await connection.scalar(select(func.max(subscriptions.c.id)))
    return newest or 0


async def _sources(
    connection: AsyncConnection, occurrence_id: int
) -> Sequence[ColumnElement[bool]] | None:
    """By which subscriptions a chat may be concerned: of the trial first, then of conditions.

    None where there are too many of them to be walked along one by one.
    """
    told = (
        select(
            func.coalesce(studies.c.merged_into_id, studies.c.id).label("study_id"),
            occurrences.c.kinds,
            occurrences.c.touched,
        )
        .join(studies, studies.c.id == occurrences.c.study_id)
        .where(occurrences.c.id == occurrence_id)
    )
    await _learn_touched(connection, [occurrence_id])
    row = (await connection.execute(told)).one()
    touched = read_touched(row.touched)
    if sum(map(len, touched.values())) > FEW:
        return None
    asked = subscriptions.c.kinds
    sources = [and_(subscriptions.c.study_id == row.study_id, asked.bitwise_and(row.kinds) != 0)]
    for event, ids in touched.items():
        wanted = is_asked(event, row.kinds)
        sources += [and_(subscriptions.c.interest_id == one, wanted) for one in ids]
    return sources


async def _end_of_batch(
    connection: AsyncConnection,
    occurrence_id: int,
    sources: Sequence[ColumnElement[bool]] | None,
    rest: Span,
    limit: int,
) -> int | None:
    """The last of the next chats, at most ``limit``; None where no more than that are left.

    Each source of followers is asked for its own next ones, along an index: a look at the next
    thousand costs a thousand rows, not a million. Many sources have few followers each: there it
    costs all those that are left. Nothing but the last one leaves the database.
    """
    if sources is None:
        all_left = followers(connection.dialect, [occurrence_id], rest).subquery()
        chosen = select(all_left.c.chat_id).order_by(all_left.c.chat_id)
    else:
        arms = [_next_chats(source, rest) for source in sources]
        chosen = arms[0] if len(arms) == 1 else _united(arms, limit)
    return await connection.scalar(chosen.offset(limit - 1).limit(1))


def _next_chats(source: ColumnElement[bool], rest: Span) -> Select[tuple[int]]:
    asked = select(subscriptions.c.chat_id).where(source, *within(rest))
    return asked.order_by(subscriptions.c.chat_id)


def _united(arms: Sequence[Select[tuple[int]]], limit: int) -> Select[tuple[int]]:
    limited = (arm.limit(limit).subquery() for arm in arms)
    chosen = union(*(select(arm.c.chat_id) for arm in limited)).subquery()
    return select(chosen.c.chat_id).order_by(chosen.c.chat_id)
