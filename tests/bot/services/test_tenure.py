"""Doing something alone: taking over, letting go, and beginning again."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.ports.leases import Lease
from bot.ports.store_errors import LeaseLost, StoreUnavailable
from bot.services.tenure import LEASE_SECONDS, RENEWALS, Tenure
from storage.store import SqlStore
from tests.bot.services.support import sql
from tests.fakes.clock import HeldClock
from tests.fakes.store import ShakyStore
from tests.studies import lease

RENEW_SECONDS = LEASE_SECONDS / RENEWALS

MISSES = RENEWALS
"""Failed renewals after which the lease has run out."""

OUT = StoreUnavailable("the database is locked")


class Worker:
    """Works until told to end; remembers under which fences it began and whether it was stopped."""

    def __init__(self) -> None:
        self.fences: list[int] = []
        self.cancelled = 0
        self.begun = asyncio.Event()
        self.end = asyncio.Event()
        self.errors: list[Exception] = []

    async def work(self, held: Lease) -> None:
        """Do it until the end, or raise what is to be raised."""
        self.fences.append(held.fence)
        self.begun.set()
        if self.errors:
            raise self.errors.pop(0)
        try:
            await self.end.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


def tenure(store: Any, clock: HeldClock, holder: str = "me") -> Tenure:
    """The right to send, as this holder asks for it."""
    return Tenure(store.leases, clock, name="send", holder=holder)


async def renewed(shaky: ShakyStore, clock: HeldClock, times: int = 1) -> None:
    """Let time pass until the lease was asked for so often again."""
    for _ in range(times):
        asked = shaky.calls["acquire"]
        await clock.somebody_waits()
        clock.let_pass(RENEW_SECONDS)
        async with asyncio.timeout(5):
            await shaky.until_called("acquire", asked + 1)


async def test_who_stands_by_takes_over_when_the_lease_expired(store: SqlStore, file: Path) -> None:
    """While another holds the lease nothing is begun; after its death the work goes on here."""
    await lease(store, holder="other")
    shaky, clock, worker, stop = ShakyStore(store), HeldClock(), Worker(), asyncio.Event()
    running = asyncio.create_task(tenure(shaky, clock).run(worker.work, stop))
    await renewed(shaky, clock)
    assert worker.fences == []
    sql(file, "UPDATE leases SET expires = 0")
    await renewed(shaky, clock)
    await worker.begun.wait()
    assert worker.fences == [2]
    worker.end.set()
    await running


async def test_a_lost_lease_stops_the_work(store: SqlStore, file: Path) -> None:
    """Once another holds it, the work is cancelled and this one stands by."""
    shaky, clock, worker, stop = ShakyStore(store), HeldClock(), Worker(), asyncio.Event()
    running = asyncio.create_task(tenure(shaky, clock).run(worker.work, stop))
    await worker.begun.wait()
    sql(file, "UPDATE leases SET expires = 0")
    await lease(store, holder="other")
    await renewed(shaky, clock)
    await clock.somebody_waits()
    assert worker.cancelled == 1
    stop.set()
    await running
    assert worker.fences == [1]
    assert sql(file, "SELECT holder FROM leases") == [("other",)]


async def test_a_lease_that_cannot_be_renewed_in_time_stops_the_work(store: SqlStore) -> None:
    """Whoever cannot show that the lease is still held has to think it lost; then asks anew."""
    shaky, clock, worker, stop = ShakyStore(store), HeldClock(), Worker(), asyncio.Event()
    running = asyncio.create_task(tenure(shaky, clock).run(worker.work, stop))
    await worker.begun.wait()
    worker.begun.clear()
    shaky.before["acquire"].extend([OUT] * MISSES)
    await renewed(shaky, clock, times=MISSES + 1)
    await worker.begun.wait()
    assert (worker.cancelled, len(worker.fences)) == (1, 2)
    worker.end.set()
    await running


async def test_one_failed_renewal_does_not_stop_the_work(store: SqlStore) -> None:
    """A database that is out for a moment costs nothing."""
    shaky, clock, worker, stop = ShakyStore(store), HeldClock(), Worker(), asyncio.Event()
    running = asyncio.create_task(tenure(shaky, clock).run(worker.work, stop))
    await worker.begun.wait()
    for _ in range(3):
        shaky.before["acquire"].extend([OUT] * 2)
        await renewed(shaky, clock, times=3)
    worker.end.set()
    await running
    assert (worker.cancelled, worker.fences) == (0, [1])


async def test_a_stop_gives_the_lease_back_at_once(store: SqlStore) -> None:
    """Another need not wait until it expires."""
    clock, worker, stop = HeldClock(), Worker(), asyncio.Event()
    worker.end = stop
    running = asyncio.create_task(tenure(store, clock).run(worker.work, stop))
    await worker.begun.wait()
    assert await store.leases.acquire("send", "other", 60) is None
    stop.set()
    await running
    assert worker.cancelled == 0
    assert await store.leases.acquire("send", "other", 60) is not None


@pytest.mark.parametrize("error", [LeaseLost("another holds it"), OUT])
async def test_work_that_the_store_broke_off_begins_again(
    store: SqlStore, error: Exception
) -> None:
    """A database that is out during the work ends the try, not the program."""
    clock, worker, stop = HeldClock(), Worker(), asyncio.Event()
    worker.errors.append(error)
    running = asyncio.create_task(tenure(store, clock).run(worker.work, stop))
    await worker.begun.wait()
    worker.begun.clear()
    while not worker.begun.is_set():
        await clock.let_the_next_wait_end()
    worker.end.set()
    await running
    assert len(worker.fences) == 2


async def test_a_database_that_is_out_is_logged_once(store: SqlStore) -> None:
    """Looks and renewals that fail in a row are one line, and so is that they work again."""
    shaky, clock, worker, stop = ShakyStore(store), HeldClock(), Worker(), asyncio.Event()
    shaky.before["acquire"].extend([OUT] * 3)
    with capture_logs() as logs:
        running = asyncio.create_task(tenure(shaky, clock).run(worker.work, stop))
        await renewed(shaky, clock, times=3)
        await worker.begun.wait()
        worker.end.set()
        await running
    events = [line["event"] for line in logs if line["event"] != "standing by"]
    assert events == ["lease cannot be asked for", "lease can be asked for again", "lease held"]


async def test_a_fault_in_the_work_is_not_hidden(store: SqlStore) -> None:
    """Whatever is no matter of the store's ends the tenure, and the lease is given back."""
    worker = Worker()
    worker.errors.append(RuntimeError("a bug"))
    with pytest.raises(RuntimeError, match="a bug"):
        await tenure(store, HeldClock()).run(worker.work, asyncio.Event())
    assert await store.leases.acquire("send", "other", 60) is not None


async def test_a_frozen_holder_knows_that_its_right_ran_out(store: SqlStore) -> None:
    """Time goes on while a process is frozen: when it wakes, it no longer holds the lease."""
    clock, worker, stop = HeldClock(), Worker(), asyncio.Event()
    mine = tenure(store, clock)
    assert not mine.holds()
    running = asyncio.create_task(mine.run(worker.work, stop))
    await worker.begun.wait()
    assert mine.holds()
    clock.time += timedelta(seconds=LEASE_SECONDS)  # nobody is woken: the process was stopped
    assert not mine.holds()
    worker.end.set()
    await running
