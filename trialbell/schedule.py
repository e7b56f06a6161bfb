"""What happens by the clock. APScheduler only ticks, in memory; debts stand in the store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import msgspec
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.ports.registry import RegistryError
from bot.ports.store import StoreError

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
        for tick in ticks:
            self._scheduler.add_job(
                _guarded,
                IntervalTrigger(seconds=tick.seconds, timezone=UTC),
                args=(tick,),
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
        """Do this one as soon as it is not running, without waiting for its time."""
        self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        """End; what is running is cancelled (every step commits whole or not at all)."""
        self._scheduler.shutdown(wait=False)


async def _guarded(tick: Tick) -> None:
    try:
        await tick.run()
    except (RegistryError, StoreError) as error:
        log.warning("tick failed", tick=tick.name, why=type(error).__name__, detail=str(error))
    except Exception:  # a tick that fails must come again, and must not stop the others
        log.exception("tick failed", tick=tick.name)
