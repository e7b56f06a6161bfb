"""At most so many requests a second, people first, and readings not last for ever."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.ports.clock import Clock

Book = Callable[[float], Awaitable[float]]
"""Reserves the next turn of so many seconds among all processes; gives the seconds until then."""


PEOPLE_RUNNING = 3
"""People's requests in a row while a bulk request waits."""

MISSED_AFTER = 1.0
"""Seconds after which a booked turn is not taken any more."""

BOOKINGS = 3
"""So often is a turn booked, lest a slow database keep everybody waiting for ever."""


class Pace:
    """Hands out turns, evenly spaced; a person's request goes ahead of waiting bulk requests.

    But after ``PEOPLE_RUNNING`` of people's a bulk request that waits has its turn: whoever asks
    without end would else keep the news from everybody.

    ``rate`` is in requests a second: the registry publishes no limit, its robots.txt asks for one
    request a second. A clock that is set back delays nobody. ``book`` keeps the rate over several
    processes; who goes first is decided within each. A process has one turn booked at a time, so
    that however much it asks, nobody elsewhere waits for more than one turn of each.
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
        self._people: deque[asyncio.Future[None]] = deque()
        self._bulk: deque[asyncio.Future[None]] = deque()
        self._running = 0
        """How many people were served since the last bulk request."""
        self._pump: asyncio.Task[None] | None = None

    async def turn(self, *, urgent: bool) -> None:
        """Wait for one's turn. ``urgent`` is for somebody who waits for the answer."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        (self._people if urgent else self._bulk).append(mine)
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._hand_out())
        await mine

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
        for queue in (self._people, self._bulk):
            while queue:
                queue.popleft().cancel()

    async def _hand_out(self) -> None:
        while self._people or self._bulk:
            while (wait := max(self.held(), self._remaining(self._last, self._interval))) > 0:
                await self._clock.sleep(wait)
            try:
                await self._wait_for_others()
            except Exception as error:  # noqa: BLE001 - whatever it is, who waits is to have it
                self._serve_next(error)
                continue
            # Chosen only now: somebody urgent may have come while we slept.
            self._serve_next()

    async def _wait_for_others(self) -> None:
        """Wait for a turn among all processes.

        One that was missed, because this process was frozen, may be another's by now.
        """
        if self._book is None:
            return
        for _ in range(BOOKINGS):
            asked = self._clock.monotonic()
            wait = await self._book(self._interval)
            if wait > 0:
                await self._clock.sleep(wait)
            if self._clock.monotonic() - asked - wait < MISSED_AFTER:
                return

    def _serve_next(self, error: Exception | None = None) -> None:
        while (turn := self._next()) is not None:
            if not turn.done():  # else its owner went away
                self._last = self._clock.now()
                if error is None:
                    turn.set_result(None)
                else:
                    turn.set_exception(error)
                return

    def _next(self) -> asyncio.Future[None] | None:
        """Who waits and goes first, taken out of the queue."""
        if self._people and (self._running < PEOPLE_RUNNING or not self._bulk):
            self._running += 1
            return self._people.popleft()
        self._running = 0
        return self._bulk.popleft() if self._bulk else None

    def _remaining(self, since: datetime | None, seconds: float) -> float:
        now = self._clock.now()
        if since is None or now < since:
            return 0.0
        return max((since + timedelta(seconds=seconds) - now).total_seconds(), 0.0)
