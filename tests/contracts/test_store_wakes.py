"""Being woken when something is owed, by whatever process wrote it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import psycopg
import pytest

from storage.store import SqlStore
from tests.studies import PARSERS, SECRET, absorb, changed, follower, read, study, telegram

PATIENCE = 10.0
"""Seconds; a wake takes milliseconds."""


@contextlib.asynccontextmanager
async def listening(store: SqlStore) -> AsyncIterator[asyncio.Event]:
    """Listen through this store; the event is set at each wake."""
    stop, woken = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(store.wakes.listen(woken.set, stop))
    try:
        yield woken
    finally:
        stop.set()
        await asyncio.wait_for(task, PATIENCE)


async def cut_listeners(url: str) -> None:
    """Let the server end every connection that listens."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        )


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
async def test_another_process_is_woken_by_a_debt(store: SqlStore, store_url: str) -> None:
    """What one process owes wakes the sender in another as soon as it is committed."""
    other = await SqlStore.open(store_url, SECRET, parsers=PARSERS)
    try:
        async with listening(other) as woken:
            await asyncio.wait_for(woken.wait(), PATIENCE)  # once for having begun to listen
            woken.clear()
            await absorb(store, read(study(1)))
            await follower(store, telegram(1), 1)
            assert not woken.is_set()
            await absorb(store, changed(1))
            await asyncio.wait_for(woken.wait(), PATIENCE)
    finally:
        await other.close()


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
async def test_a_cut_connection_listens_again(store: SqlStore, store_url: str) -> None:
    """After the server cut the listener off it comes back by itself, and wakes once for the gap."""
    async with listening(store) as woken:
        await asyncio.wait_for(woken.wait(), PATIENCE)
        woken.clear()
        await cut_listeners(store_url)
        await asyncio.wait_for(woken.wait(), PATIENCE)


async def test_listening_ends_when_told_to(store: SqlStore) -> None:
    """On either database a listener stops cleanly, so that the program can."""
    async with listening(store):
        pass
