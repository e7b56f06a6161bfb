"""When two become one (merged trials, a chat with a new address): what is followed moves over."""

from __future__ import annotations

from functools import reduce
from operator import or_

from sqlalchemy import Column, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.resting import chosen_in, kept_as
from storage.tables import subscriptions


async def join_subscriptions(
    connection: AsyncConnection,
    column: Column[int],
    old: int,
    new: int,
    *beside: Column[int],
) -> None:
    """Let all subscriptions with ``old`` in ``column`` have ``new`` there instead.

    Where a subscription with ``new`` exists that is equal in the columns ``beside`` it, the two
    become one: it asks for the kinds of both, since the earlier of both days. Where one of them
    rests, it is as the other: nobody who is told of a trial ceases to be because of it.
    """
    for other in beside:
        await _fold(connection, column, old, new, other)
    move = update(subscriptions).where(column == old).values({column.name: new})
    await connection.execute(move)


async def join_pairs(connection: AsyncConnection, column: Column[int], old: int, new: int) -> None:
    """Let the rows of one chat and one trial with ``old`` in ``column`` have ``new`` there.

    Where ``new`` has such a row already, that one stays and the other goes.
    """
    table = column.table
    beside = table.c.study_id if column.name == "chat_id" else table.c.chat_id
    theirs = table.alias("theirs")
    known = select(theirs.c[beside.name]).where(theirs.c[column.name] == new)
    move = update(table).where(column == old, beside.not_in(known)).values({column.name: new})
    await connection.execute(move)
    await connection.execute(delete(table).where(column == old))


async def _fold(
    connection: AsyncConnection, column: Column[int], old: int, new: int, beside: Column[int]
) -> None:
    source = subscriptions.alias("source")
    pairs = (
        select(
            subscriptions.c.id,
            subscriptions.c.kinds,
            subscriptions.c.paused,
            source.c.id.label("folded_id"),
            source.c.kinds.label("folded_kinds"),
            source.c.paused.label("folded_paused"),
            source.c.since.label("folded_since"),
        )
        .join(source, source.c[beside.name] == beside)
        .where(column == new, source.c[column.name] == old)
    )
    for row in (await connection.execute(pairs)).all():
        kept, since = subscriptions.c.since, row.folded_since
        two = ((row.paused, row.kinds), (row.folded_paused, row.folded_kinds))
        rests = all(paused for paused, _ in two)
        told = (chosen_in(kinds) for paused, kinds in two if rests or not paused)
        await connection.execute(
            update(subscriptions)
            .where(subscriptions.c.id == row.id)
            .values(
                kinds=kept_as(reduce(or_, told), paused=rests),
                paused=rests,
                since=case((kept > since, since), else_=kept),
            )
        )
        await connection.execute(delete(subscriptions).where(subscriptions.c.id == row.folded_id))
