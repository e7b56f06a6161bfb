"""A clock that a test holds in its hand."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class HeldClock:
    """Time that stands until a test lets it pass; whoever waits long enough goes on then."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
        self._alarms: list[tuple[datetime, asyncio.Event]] = []
        self._set = asyncio.Event()

    def now(self) -> datetime:
        """The present moment here."""
        return self.time

    def monotonic(self) -> float:
        """Seconds that only go on."""
        return self.time.timestamp()

    async def sleep(self, seconds: float) -> None:
        """Wait until so much time was let pass."""
        alarm = (self.time + timedelta(seconds=seconds), asyncio.Event())
        self._alarms.append(alarm)
        self._set.set()
        try:
            await alarm[1].wait()
        finally:
            self._alarms.remove(alarm)

    async def wait_for(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until the event is set or so much time was let pass."""
        if event.is_set():
            return True
        either = [
            asyncio.ensure_future(self.sleep(seconds)),
            asyncio.ensure_future(event.wait()),
        ]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in either:
                one.cancel()
            await asyncio.gather(*either, return_exceptions=True)
        return event.is_set()

    def let_pass(self, seconds: float) -> None:
        """Move on, and wake whoever waited for no longer than this."""
        self.time += timedelta(seconds=seconds)
        for moment, event in self._alarms:
            if moment <= self.time:
                event.set()

    async def somebody_waits(self) -> None:
        """Until somebody waits for time to pass who was not woken yet."""
        while all(event.is_set() for _, event in self._alarms):
            self._set.clear()
            await self._set.wait()

    async def let_the_next_wait_end(self) -> None:
        """Until somebody waits; then as much time passes as the first of them waits for."""
        await self.somebody_waits()
        first = min(moment for moment, event in self._alarms if not event.is_set())
        self.let_pass((first - self.time).total_seconds())
