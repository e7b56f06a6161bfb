"""At most so many requests a second, people first."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.ports.clock import Clock

Book = Callable[[float], Awaitable[float]]
"""Reserves the next turn of so many seconds among all processes; gives the seconds until then."""


class Pace:
    """Hands out turns, evenly spaced; a person's request goes ahead of waiting bulk requests.

    ``rate`` is in requests a second: the registry publishes no limit, its robots.txt asks for one
    request a second. A clock that is set back delays nobody. ``book`` keeps the rate over several
    processes; who goes first is decided within each.
    """

    def __init__(self, rate: float, clock: Clock, book: Book | None = None) -> None:
        if rate <= 0:
            raise ValueError("the rate must be above zero")
        self._interval = 1 / rate
        self._clock = clock
        self._book = book
        self._last: datetime | None = None
        self._held_since: datetime | None = None
        self._held_for = 0.0
        self._order = itertools.count()
        self._queue: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._pump: asyncio.Task[None] | None = None

    async def turn(self, *, urgent: bool) -> None:
        """Wait for one's turn. ``urgent`` is for somebody who waits for the answer."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (not urgent, next(self._order), mine))
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._hand_out())
        await mine
        if self._book is not None and (wait := await self._book(self._interval)) > 0:
            await self._clock.sleep(wait)

    def hold(self, seconds: float) -> None:
        """Nobody has a turn for so long: the registry asked for it (Retry-After)."""
        if seconds > self.held():
            self._held_since, self._held_for = self._clock.now(), seconds

    def held(self) -> float:
        """For how many seconds more ``hold`` lasts; 0 where it does not."""
        return self._remaining(self._held_since, self._held_for)

    async def close(self) -> None:
        """Nobody is served any more: whoever waits is cancelled."""
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.wait([self._pump])
        while self._queue:
            heapq.heappop(self._queue)[2].cancel()

    async def _hand_out(self) -> None:
        while self._queue:
            while (wait := max(self.held(), self._remaining(self._last, self._interval))) > 0:
                await self._clock.sleep(wait)
            # Chosen only now: somebody urgent may have come while we slept.
            self._serve_next()

    def _serve_next(self) -> None:
        while self._queue:
            turn = heapq.heappop(self._queue)[2]
            if not turn.done():  # else its owner went away
                self._last = self._clock.now()
                turn.set_result(None)
                return

    def _remaining(self, since: datetime | None, seconds: float) -> float:
        now = self._clock.now()
        if since is None or now < since:
            return 0.0
        return max((since + timedelta(seconds=seconds) - now).total_seconds(), 0.0)
