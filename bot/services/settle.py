"""Writing how a send ended, however long the database is out: it was sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from structlog.typing import FilteringBoundLogger

from bot.domain.notice import Notice, Settlement
from bot.ports.clock import Clock
from bot.ports.leases import Lease
from bot.ports.store import Store
from bot.ports.store_errors import LeaseLost, StoreError, StoreUnavailable

SETTLE_AGAIN_SECONDS = 1.0

FAULTS_BORNE = 20
"""So often is something written again that the database refuses though it answers."""


class Settling:
    """Writes what one deliverer's sends came to."""

    def __init__(self, store: Store, clock: Clock, log: FilteringBoundLogger) -> None:
        self._store = store
        self._clock = clock
        self._log = log
        self._unsettled: set[int] = set()
        """Notices that could not be written: of an outage the first is logged, and its end."""

    async def settle(
        self,
        lease: Lease,
        notice: Notice,
        settlement: Settlement,
        moot: frozenset[int] = frozenset(),
    ) -> None:
        """Write it once. Raises StoreError, and LeaseLost where another process may send by now."""
        try:
            await self._store.notices.settle(lease, notice, settlement, moot)
        except LeaseLost:
            # It may only have run out while the database was away. The same fence says that nobody
            # else held it since, so that the claim is still ours to settle.
            held = await self._store.leases.acquire(lease.name, lease.holder, lease.seconds)
            if held is None or held.fence != lease.fence:
                raise
            await self._store.notices.settle(lease, notice, settlement, moot)

    async def insist(self, notice: Notice, write: Callable[[], Awaitable[object]]) -> None:
        """Write what follows from a send, again and again until it is written.

        Raises LeaseLost, and StoreError where the database answers and refuses again and again.
        """
        faults = 0
        while True:
            try:
                await write()
            except LeaseLost:
                raise
            except StoreError as error:
                self._complain(notice, error)
                faults += not isinstance(error, StoreUnavailable)
                if faults > FAULTS_BORNE:
                    raise
                await self._clock.sleep(SETTLE_AGAIN_SECONDS)
            else:
                self._settled(notice)
                return

    def _complain(self, notice: Notice, error: StoreError) -> None:
        if not self._unsettled:
            self._log.error("sent but not settled yet", notice=notice.id, why=str(error))
        self._unsettled.add(notice.id)

    def _settled(self, notice: Notice) -> None:
        if notice.id in self._unsettled:
            self._unsettled.discard(notice.id)
            if not self._unsettled:
                self._log.info("all that was sent is settled")


async def all_settled(sends: Iterable[asyncio.Task[None]]) -> None:
    """Until these have ended, whatever they raise and however often who waits is cancelled.

    A tenure that ended in the database is cancelled besides when its time is over by the clock. If
    that broke off a send whose message is out and not settled yet, this same process would send it
    again under its next lease.
    """
    ending = asyncio.gather(*sends, return_exceptions=True)
    cancelled: asyncio.CancelledError | None = None
    while not ending.done():
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
