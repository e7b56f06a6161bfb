"""The mass-change breaker: at the end of a reading, what it found is owed or held.

    all that waits -> counted by the way it changed -> too many in one way? held -> the rest owed

What waits is walked in batches, so that of a reading no more than numbers stand in memory at once,
and is owed in batches, too; after a crash the next pass finds what still waits, and the holds of
the data day as they were.
"""

from __future__ import annotations

from datetime import date

import structlog

from bot.domain.mass import Limits, Tally
from bot.ports.clock import Clock
from bot.ports.store import Store

BATCH = 100
"""Records whose changes are looked at together."""

OWED = 1000
"""Records that are owed together; how many in one transaction is a matter of their followers."""

log = structlog.get_logger()


class Breaker:
    """Lets go what a reading found, but for what too many records had at once."""

    def __init__(self, store: Store, clock: Clock, limits: Limits) -> None:
        self._store = store
        self._clock = clock
        self._limits = limits

    async def let_go(self, data_day: date, read: int) -> int:
        """Owe what waits, of ``read`` records. Returns how many notices. Raises StoreError."""
        tally = Tally()
        ids: list[int] = []
        while batch := await self._store.holds.waiting(ids[-1] if ids else 0, BATCH):
            for one in batch:
                tally.add(one)
                ids.append(one.id)
        if not ids:
            return 0
        masses = tally.masses(read, self._limits)
        held = await self._store.holds.hold(data_day, masses, read)
        if held:
            log.warning("held: too many records changed in the same way", ways=held)
        written = 0
        for at in range(0, len(ids), OWED):
            part = ids[at : at + OWED]
            written += await self._store.holds.let_go(part, data_day, self._clock.now())
        return written

    async def day_read(self, data_day: date) -> None:
        """A data day is read: what nobody answered for too long goes out. Raises StoreError."""
        late = await self._store.holds.day_read(data_day)
        if late:
            log.warning("held changes go out: nobody answered", ways=late)
        await self.carry_out()

    async def carry_out(self) -> int:
        """Do what was decided on holds. Returns for how many trials. Raises StoreError."""
        done = 0
        while some := await self._store.holds.carry_out(BATCH, self._clock.now()):
            done += some
        return done
