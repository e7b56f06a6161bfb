"""What happens by the clock. APScheduler only ticks, in memory; debts stand in the store."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import msgspec
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.ports.registry import RegistryError
from bot.ports.store_errors import StoreError

log = structlog.get_logger()


def _is_no_end(record: logging.LogRecord) -> bool:
    """Whether a line of the scheduler's is of anything but a tick that ``stop`` broke off.

    A tick that was due and not begun yet is cancelled before any code of ours runs, and the
    scheduler logs that as an error with its traceback.
    """
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, asyncio.CancelledError)


_EXECUTOR = logging.getLogger("apscheduler.executors.default")
"""Where the scheduler logs how its jobs ended."""


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
        _EXECUTOR.addFilter(_is_no_end)
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
    """A tick as it is run: a failure ends nothing; the first of its kind in a row is logged."""

    def __init__(self, tick: Tick) -> None:
        self._tick = tick
        self.running = False
        self.again = False
        """Whether it was asked for while it was running: the scheduler itself would skip that."""
        self._failing: type[Exception] | None = None

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
        except Exception as error:  # noqa: BLE001 - it comes again, and must not stop the others
            if self._failing is not type(error):
                self._complain(error)
            self._failing = type(error)
        else:
            if self._failing is not None:
                log.info("tick works again", tick=self._tick.name)
            self._failing = None

    def _complain(self, error: Exception) -> None:
        name, why = self._tick.name, type(error).__name__
        if isinstance(error, RegistryError):
            # The registry's own words may repeat the question, and so what somebody follows.
            log.warning("tick failed", tick=name, why=why)
        elif isinstance(error, StoreError):
            log.warning("tick failed", tick=name, why=why, detail=str(error))
        else:
            log.exception("tick failed", tick=name)  # noqa: LOG004 - a handler calls this
