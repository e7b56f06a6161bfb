"""Discord's pace over all of a bot's requests, and how near it is to being shut out.

The numbers are those of https://discord.com/developers/docs/topics/rate-limits: 50 requests a
second, of which answers to interactions do not count; and 10,000 answers of 401, 403 or 429 within
ten minutes bring a ban of the address. The limits of single channels come with each answer, and the
library keeps them.
"""

from __future__ import annotations

import asyncio
from collections import deque

from bot.domain.precedence import Precedence
from bot.ports.clock import Clock

OVER_ALL = 50
SECONDS = 1.025
"""So many requests in any so many seconds: a fortieth more than Discord's own second, because
requests do not arrive as evenly as they leave."""

SPACING = 1 / 75
"""Seconds between two requests at the least, so that what was kept up is not sent in one burst."""

REFUSED = frozenset((401, 403, 429))
TOO_MANY = 5_000
TEN_MINUTES = 600.0
"""Half of what brings the ban: other bots may live behind the same address."""


class Pace:
    """Gives every request its turn: answers before notices, and otherwise as they were asked."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=OVER_ALL)
        self._lines = {one: asyncio.Lock() for one in Precedence}
        self._waiting = dict.fromkeys(Precedence, 0)

    async def turn(self, precedence: Precedence) -> None:
        """Return when a request may go out, and count it."""
        self._waiting[precedence] += 1
        try:
            async with self._lines[precedence]:
                while (wait := self._wait(precedence)) > 0:
                    await self._clock.sleep(wait)
                self._times.append(self._clock.monotonic())
        finally:
            self._waiting[precedence] -= 1

    def _wait(self, precedence: Precedence) -> float:
        if any(self._waiting[one] for one in Precedence if one < precedence):
            return SPACING
        if not self._times:
            return 0.0
        free = self._times[-1] + SPACING
        if len(self._times) == OVER_ALL:
            free = max(free, self._times[0] + SECONDS)
        return free - self._clock.monotonic()


class Refusals:
    """Counts what Discord refused, so that sending stops long before a ban."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=TOO_MANY)

    def note(self, status: int, *, shared: bool) -> None:
        """Take in one answer; a limit that is shared with other bots does not count."""
        if status in REFUSED and not shared:
            self._times.append(self._clock.monotonic())

    def wait(self) -> float:
        """Seconds until so few were refused of late that more may be tried; nought: now."""
        if len(self._times) < TOO_MANY:
            return 0.0
        return max(self._times[0] + TEN_MINUTES - self._clock.monotonic(), 0.0)
