"""Keeping up with the registry: readings that fail are noted once, and tried again."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.ports.clock import Clock
from bot.ports.registry import RegistryError
from bot.ports.store import Store
from bot.ports.telemetry import UNMEASURED, ReadingSize, Step, Telemetry
from bot.services.poll import Poll, Reading

log = structlog.get_logger()


class Reader:
    """Polls, logs the transition into failure and the recovery, and wakes who sends."""

    def __init__(
        self,
        poll: Poll,
        store: Store,
        registry: str,
        clock: Clock,
        wake: Callable[[], None],
        telemetry: Telemetry = UNMEASURED,
    ) -> None:
        self._poll = poll
        self._store = store
        self._registry = registry
        self._clock = clock
        self._wake = wake
        self._telemetry = telemetry

    async def look(self) -> Reading | None:
        """One look at the registry; None where it cannot be read now. Raises StoreError."""
        began = self._clock.now()
        try:
            reading = await self._poll.run()
        except RegistryError as error:
            why = f"{type(error).__name__}: {error}"
            if await self._store.readings.fail(self._registry, why, self._clock.now()):
                log.warning("registry cannot be read", registry=self._registry, why=why)
            return None
        if reading.recovered:
            log.info("registry can be read again", registry=self._registry)
        if reading.fresh:
            self._note(reading, (self._clock.now() - began).total_seconds())
            self._wake()
        return reading

    def _note(self, reading: Reading, seconds: float) -> None:
        """Log and measure a reading of new data."""
        log.info(
            "registry read",
            registry=self._registry,
            data=reading.data.isoformat(),
            records=reading.intake.records,
            versions=reading.intake.versions,
            notices=reading.intake.notices,
            set_aside=reading.intake.set_aside,
            glimpsed=reading.glimpsed,
            read_in_full=reading.read_in_full,
            missing=reading.missing,
            seconds=round(seconds, 1),
        )
        size = ReadingSize(
            data=reading.data,
            finished_at=self._clock.now(),
            records=reading.intake.records,
            versions=reading.intake.versions,
            glimpsed=reading.glimpsed,
            set_aside=reading.intake.set_aside,
        )
        self._telemetry.read(size)
        self._telemetry.took(Step.READ, seconds)
