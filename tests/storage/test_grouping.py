"""Writes of several callers in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports.leases import Lease
from bot.ports.store_errors import LeaseLost, StoreError
from storage.engine import Database, open_database
from storage.grouping import Grouping
from storage.leases import demand
from storage.store import SqlStore
from storage.tables import notes
from tests.studies import SECRET


@pytest.fixture
async def database(store: SqlStore, store_url: str) -> AsyncIterator[Database]:
    """The database of an open store."""
    opened = open_database(store_url, SECRET)
    yield opened
    await opened.close()


def note(key: str) -> Callable[[AsyncConnection], Awaitable[None]]:
    """The work of writing one note; the database refuses a second one of the same key."""

    async def write(connection: AsyncConnection) -> None:
        await connection.execute(notes.insert().values(key=key, value="x"))

    return write


async def noted(database: Database) -> set[str]:
    """The keys of all notes."""
    async with database.read() as connection:
        return set((await connection.scalars(select(notes.c.key))).all())


async def test_each_is_written_when_its_caller_goes_on(database: Database) -> None:
    """However many write at once, nobody returns before what he wrote can be read."""
    grouping = Grouping[str](database)

    async def write(key: str) -> None:
        await grouping.write(note(key))
        assert key in await noted(database)

    keys = {str(number) for number in range(250)}
    await asyncio.gather(*map(write, keys))
    assert await noted(database) == keys


async def test_many_at_once_share_their_transactions(database: Database) -> None:
    """What comes while the first is written goes together."""
    grouping, connections = Grouping[str](database), set[int]()

    async def look(connection: AsyncConnection) -> None:
        transaction = connection.get_transaction()
        assert transaction is not None
        held.append(transaction)
        connections.add(id(transaction))

    held: list[object] = []  # keeps what is counted by its address
    await asyncio.gather(*(grouping.write(look) for _ in range(50)))
    assert len(held) == 50
    assert len(connections) <= 2


async def test_who_is_refused_by_the_database_is_alone_in_it(database: Database) -> None:
    """One write that cannot be done fails for its caller, and the others' are done."""
    grouping = Grouping[str](database)
    await grouping.write(note("a"))
    written = await asyncio.gather(
        *(grouping.write(note(key)) for key in ("b", "a", "c")), return_exceptions=True
    )
    assert [type(one) for one in written] == [type(None), StoreError, type(None)]
    assert await noted(database) == {"a", "b", "c"}


async def test_who_lost_his_lease_is_alone_in_it(database: Database) -> None:
    """A loss that is found out within a transaction fails for its caller only."""
    grouping = Grouping[str](database)

    async def under_no_lease(connection: AsyncConnection) -> None:
        await demand(connection, Lease(name="send", holder="nobody", fence=1, seconds=6))

    written = await asyncio.gather(
        *(grouping.write(work) for work in (note("a"), under_no_lease, note("b"))),
        return_exceptions=True,
    )
    assert [type(one) for one in written] == [type(None), LeaseLost, type(None)]
    assert await noted(database) == {"a", "b"}


async def test_who_is_cancelled_takes_nobody_along(database: Database) -> None:
    """A caller that gives up leaves the others' writes as they are."""
    grouping = Grouping[str](database)
    callers = [asyncio.create_task(grouping.write(note(key))) for key in ("a", "b", "c")]
    await asyncio.sleep(0)
    callers[0].cancel()
    written = await asyncio.gather(*callers, return_exceptions=True)
    assert [type(one) for one in written] == [asyncio.CancelledError, type(None), type(None)]
    assert {"b", "c"} <= await noted(database)
    await grouping.write(note("d"))


async def test_mistakes_reach_their_callers(database: Database) -> None:
    """An error that is none of the store's is raised where it was made, and work goes on."""
    grouping = Grouping[str](database)

    async def mistaken(connection: AsyncConnection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await grouping.write(mistaken)
    await grouping.write(note("a"))
    assert await noted(database) == {"a"}
