"""Doing something alone: holding a lease and letting go of the work when it is lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

from bot.ports.clock import Clock
from bot.ports.leases import Lease, Leases
from bot.ports.store_errors import LeaseLost, StoreError
from bot.ports.telemetry import UNMEASURED, Telemetry

LEASE_SECONDS = 6.0
"""How long a lease outlives its holder. Take-over after a kill takes this and one look more."""

RENEWALS = 4
"""How often it is renewed in that time: three renewals may fail before the lease runs out."""

LOOKS = 6
"""How often who stands by asks for it in that time."""

RETRY_SECONDS = 1.0
"""After work that was broken off, so that what breaks it again and again does not do so at once."""

log = structlog.get_logger()


class Tenure:
    """Runs work while a lease is held, again and again, until told to stop."""

    def __init__(
        self,
        leases: Leases,
        clock: Clock,
        *,
        name: str,
        holder: str,
        seconds: float = LEASE_SECONDS,
        telemetry: Telemetry = UNMEASURED,
    ) -> None:
        self._leases = leases
        self._seconds = seconds
        self._telemetry = telemetry
        self._clock = clock
        self._name = name
        self._holder = holder
        self._until = 0.0
        self._out = False
        """Whether it was logged that the database does not answer."""

    def holds(self) -> bool:
        """Whether the lease is surely held at this moment, by this machine's own clock.

        It is counted from before the lease was asked for, so it ends before the database lets
        anybody else have it; and it goes on while this process is frozen.
        """
        return self._clock.monotonic() < self._until

    async def run(self, work: Callable[[Lease], Awaitable[None]], stop: asyncio.Event) -> None:
        """Wait for the lease, do ``work`` while it holds, and begin again where it is lost.

        Returns when ``stop`` is set and the work has ended by itself (it is given the same event),
        or when the work ends. Work that ends because the database is out begins again after a
        while; whatever else it raises is raised here.
        """
        standing_by = False
        while not stop.is_set():
            lease = await self._acquire()
            if lease is None:
                if not standing_by:
                    log.info("standing by", lease=self._name)
                    standing_by = True
                await self._clock.wait_for(stop, self._seconds / LOOKS)
                continue
            log.info("lease held", lease=self._name, fence=lease.fence)
            standing_by = False
            if await self._work(work, lease):
                return
            await self._clock.wait_for(stop, RETRY_SECONDS)

    async def _acquire(self) -> Lease | None:
        try:
            return await self._ask()
        except StoreError:
            return None

    async def _ask(self) -> Lease | None:
        """Take or renew the lease. Raises StoreError, which is logged the first time of a row."""
        asked = self._clock.monotonic()
        try:
            lease = await self._leases.acquire(self._name, self._holder, self._seconds)
        except StoreError as error:
            if not self._out:
                log.warning("lease cannot be asked for", lease=self._name, why=str(error))
            self._out = True
            raise
        if self._out:
            log.info("lease can be asked for again", lease=self._name)
        self._out = False
        self._until = asked + self._seconds if lease is not None else 0.0
        return lease

    async def _work(self, work: Callable[[Lease], Awaitable[None]], lease: Lease) -> bool:
        """Work beside the renewal. Returns whether the work ended by itself, the lease held."""
        self._telemetry.lease(lease.name, held=True)
        working = asyncio.ensure_future(work(lease))
        renewing = asyncio.ensure_future(self._renew(lease))
        try:
            await asyncio.wait((working, renewing), return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
                return True
            log.warning("lease lost", lease=self._name, fence=lease.fence)
            return False
        except LeaseLost:
            log.warning("lease lost", lease=self._name, fence=lease.fence)
            return False
        except StoreError as error:
            log.warning("work broken off", lease=self._name, why=str(error))
            return False
        finally:
            for task in (working, renewing):
                task.cancel()
            await asyncio.gather(working, renewing, return_exceptions=True)
            self._telemetry.lease(lease.name, held=False)
            with contextlib.suppress(StoreError):
                await self._leases.release(lease)

    async def _renew(self, lease: Lease) -> None:
        """Keep the lease; return when it is lost or could not be renewed before it expired."""
        while self.holds():
            await self._clock.sleep(self._seconds / RENEWALS)
            try:
                held = await self._ask()
            except StoreError:
                continue
            if held is None or held.fence != lease.fence:
                self._until = 0.0
                return
