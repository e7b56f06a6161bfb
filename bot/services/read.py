"""Keeping up with the registry: readings that fail are noted once, and tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.domain.words import say
from bot.ports.clock import Clock
from bot.ports.registry import BadQuery, RegistryError
from bot.ports.store import Store
from bot.ports.store_errors import StoreError, StoreUnavailable
from bot.ports.telemetry import UNMEASURED, ReadingSize, Step, Telemetry
from bot.services.poll import Poll, Reading

SLOW = timedelta(hours=3)
"""A reading that lasts so long is noted as one that fails; the longest take an hour or two."""

GIVEN_UP = timedelta(hours=12)
"""A reading that lasts so long is broken off, and begun again: the data move once a day."""

log = structlog.get_logger()


class _Running(msgspec.Struct, frozen=True):
    """A reading under way: since when, and by what it can be broken off."""

    began: datetime
    limit: asyncio.Timeout


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
        self._running: _Running | None = None
        self._failing = False
        """Whether the last reading of this process failed, be it noted in the database or not."""
        self._slow = False
        """Whether the reading under way was noted as one that does not end."""

    async def look(self) -> Reading | None:
        """One look at the registry; None where it cannot be read now, or does not end.

        Raises StoreError, and whatever mistake of the program ends it; both are noted before.
        """
        began, self._slow = self._clock.now(), False
        limit = asyncio.timeout(None)  # none until ``watch`` sets one
        try:
            async with limit:
                self._running = _Running(began, limit)
                reading = await self._poll.run()
        except RegistryError as error:
            await self._note_failure(_why(error), self._clock.now())
            return None
        except Exception as error:  # whatever it is: a reading that fails unseen is never mended
            hangs = limit.expired()
            why = say("reading.failed.endless") if hangs else _why(error)
            await self._note_failure(why, self._clock.now())
            if not hangs:
                raise
            return None
        finally:
            self._running = None
        if reading.recovered or self._failing:
            self._failing = False
            log.info("registry can be read again", registry=self._registry)
        if reading.fresh:
            self._note(reading, (self._clock.now() - began).total_seconds())
            self._wake()
        return reading

    async def watch(self) -> None:
        """Note a reading that does not end, and break it off in the end; for every minute or so."""
        running = self._running
        if running is None:
            return
        lasted = self._clock.now() - running.began
        if lasted >= GIVEN_UP:
            running.limit.reschedule(0.0)  # a moment that is over
        elif lasted >= SLOW and not self._slow:
            self._slow = True
            await self._note_failure(say("reading.failed.endless"), running.began)

    async def _note_failure(self, why: str, moment: datetime) -> None:
        """Keep that a reading failed, and log the first of a row."""
        try:
            is_first = await self._store.readings.fail(self._registry, why, moment)
        except StoreError as error:
            reason, is_first = type(error).__name__, not self._failing
            if is_first:
                log.warning("failed reading not noted", registry=self._registry, why=reason)
        self._failing = True
        if is_first:
            log.warning("registry cannot be read", registry=self._registry, why=why)

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


def _why(error: Exception) -> str:
    """Why a reading failed, in our own words: neither the registry's nor a library's.

    Those of a registry's adapter are ours; of BadQuery they are not, and may repeat the question.
    """
    match error:
        case BadQuery():
            return say("reading.failed.question")
        case RegistryError():
            return str(error)
        case StoreUnavailable():
            return say("reading.failed.database.away")
        case StoreError():
            return say("reading.failed.database")
        case _:
            return say("reading.failed.mistake")
