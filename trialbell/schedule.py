"""What happens by the clock. APScheduler only ticks, in memory; debts stand in the store."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import msgspec
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.ports.registry import RegistryError
from bot.ports.store_errors import StoreError

log = structlog.get_logger()


class Tick(msgspec.Struct, frozen=True):
    """Something to do every so many seconds; never twice at a time."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[object]]
    first_after: float = 0.0
    """Seconds until the first time."""


class Schedule:
    """Runs ticks between ``start`` and ``stop``."""

    def __init__(self, ticks: tuple[Tick, ...]) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._jobs = {tick.name: _Job(tick) for tick in ticks}
        for tick in ticks:
            self._scheduler.add_job(
                self._jobs[tick.name].run,
                IntervalTrigger(seconds=tick.seconds, timezone=UTC),
                id=tick.name,
                next_run_time=datetime.now(UTC) + timedelta(seconds=tick.first_after),
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """Begin; ticks that do not wait are due now."""
        self._scheduler.start()

    def soon(self, name: str) -> None:
        """Do this one now or, where it is running, once more right behind it."""
        job = self._jobs[name]
        if job.running:
            job.again = True
        else:
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        """End; what is running is cancelled (every step commits whole or not at all)."""
        self._scheduler.shutdown(wait=False)


class _Job:
    """A tick as it is run: a failure is logged and ends nothing."""

    def __init__(self, tick: Tick) -> None:
        self._tick = tick
        self.running = False
        self.again = False
        """Whether it was asked for while it was running: the scheduler itself would skip that."""

    async def run(self) -> None:
        """Run the tick, and once more for as long as it was asked for meanwhile."""
        self.running = self.again = True
        try:
            while self.again:
                self.again = False
                await self._run_once()
        except asyncio.CancelledError:
            # The scheduler itself would log the end that `stop` brings as an error. It runs this in
            # a task of its own, which ends here: nobody above has to hear of the cancellation.
            log.info("tick broken off", tick=self._tick.name)
        finally:
            self.running = False

    async def _run_once(self) -> None:
        try:
            await self._tick.run()
        except RegistryError as error:
            # The registry's own words may repeat the question, and so what somebody follows.
            log.warning("tick failed", tick=self._tick.name, why=type(error).__name__)
        except StoreError as error:
            why = type(error).__name__
            log.warning("tick failed", tick=self._tick.name, why=why, detail=str(error))
        except Exception:  # a tick that fails must come again, and must not stop the others
            log.exception("tick failed", tick=self._tick.name)
