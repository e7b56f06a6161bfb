"""Telegram's pace: whose turn it is to send, so that Telegram never has to refuse.

Answers to people go before notices; nobody waits for another chat's limit; and what Telegram asked
to wait for is waited for. The limits are in ``windows``, who waits in ``lanes``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from adapters.telegram.lanes import Lane, Lanes
from adapters.telegram.refusals import Refusals
from adapters.telegram.windows import OVER_ALL, OVER_ALL_PAID, TO_A_CHAT, Window
from bot.domain.outcome import Scope
from bot.domain.precedence import Precedence
from bot.ports.clock import Clock

CATCH_UP = 0.1
"""Seconds of notices that may be caught up on: they go evenly, so that an answer finds room."""

PATIENT = 65.0
"""Seconds that an answer, or the rest of a message, waits for: a group's minute among them."""

IMPATIENT = 2.0
"""Seconds that a notice waits for its chat: after that, waiting would hold up another's place."""

SHORTEST = 0.001
"""Seconds that are waited at the least: less is lost in rounding."""

Written = Callable[[], None]
"""To be called right before a request is written: from then on it counts."""


class MustWait(Exception):
    """Nothing can be sent there for longer than was to be waited. Nothing was sent."""

    def __init__(self, seconds: float, scope: Scope) -> None:
        super().__init__("Telegram's pace")
        self.seconds = seconds
        self.scope = scope


class Pace:
    """Gives every message its turn; ``paid`` broadcasts have a wider limit over all."""

    def __init__(self, clock: Clock, *, paid: bool = False) -> None:
        self._clock = clock
        limit = OVER_ALL_PAID if paid else OVER_ALL
        self._all = Window(limit)
        self._interval = limit.seconds / limit.count
        self._steady_at = 0.0
        """When the next notice may go."""
        self._paused_until = 0.0
        self._lanes = Lanes()
        self._refusals = Refusals()
        self._waiting = 0
        self._news = asyncio.Event()
        self._giving: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def turn(
        self,
        chat: str,
        precedence: Precedence = Precedence.NOTICE,
        patience: float | None = None,
    ) -> AsyncIterator[Written]:
        """Wait until a message may go to this chat, and send it in the block.

        It counts from when the yielded function is called, or else from the end of the block.
        Raises MustWait where it would take longer than ``patience``.
        """
        if patience is None:
            patience = PATIENT if precedence is Precedence.ANSWER else IMPATIENT
        lane = await self._wait(chat, precedence, patience)
        counted = False

        def written() -> None:
            nonlocal counted
            if not counted:
                counted = True
                self._wrote(lane)

        try:
            yield written
        finally:
            written()

    def rests(self, chat: str) -> float:
        """Seconds until this chat's own limits let one more through."""
        now = self._clock.monotonic()
        free_at = self._lanes.of(chat, now).windows.free_at(now)
        return 0.0 if free_at is None else max(free_at, self._paused_until) - now

    def waits(self, chat: str) -> float:
        """Seconds for which Telegram asked to send nothing there; 0 where it did not."""
        now = self._clock.monotonic()
        until = max(self._lanes.of(chat, now).windows.paused_until, self._paused_until)
        return max(until - now, 0.0)

    def refused(self, chat: str, seconds: float) -> tuple[Scope, float]:
        """Wait so long after a 429 in this chat. Returns who has to, and for how long."""
        scope, seconds = self._refusals.judge(chat, seconds, self._clock.monotonic())
        self.pause(seconds, chat if scope is Scope.CHAT else None)
        return scope, seconds

    def pause(self, seconds: float, chat: str | None = None) -> None:
        """Send nothing for so long, to this chat or at all; whoever waits less long is told."""
        now = self._clock.monotonic()
        until = now + seconds
        if chat is None:
            self._paused_until = max(self._paused_until, until)
            lanes = list(self._lanes)
        else:
            lane = self._lanes.of(chat, now)
            lane.windows.paused_until = max(lane.windows.paused_until, until)
            lanes = [lane]
        for waiter in [waiter for lane in lanes for waiter in lane]:
            if not waiter.turn.done() and (must := self._must_wait(waiter.chat, waiter.patience)):
                waiter.turn.set_exception(must)
        self._news.set()

    async def _wait(self, chat: str, precedence: Precedence, patience: float) -> Lane:
        now = self._clock.monotonic()
        must = self._must_wait(chat, patience)
        if must is not None:
            raise must
        waiter = self._lanes.join(chat, precedence, patience, now)
        self._waiting += 1
        self._news.set()
        if self._giving is None or self._giving.done():
            self._giving = asyncio.create_task(self._give_turns())
        try:
            await waiter.turn
        except asyncio.CancelledError:
            if waiter.turn.done() and not waiter.turn.cancelled():
                self._wrote(self._lanes.of(chat, now))  # its turn had come: nobody has it now
            raise
        finally:
            self._waiting -= 1
            self._news.set()
        return self._lanes.of(chat, now)

    def _must_wait(self, chat: str, patience: float) -> MustWait | None:
        now = self._clock.monotonic()
        if self._paused_until - now > patience:
            return MustWait(self._paused_until - now, Scope.TOKEN)
        lane = self._lanes.of(chat, now)
        free_at = lane.windows.free_at(now) or now
        seconds = max(free_at, lane.windows.paused_until) - now + len(lane) * TO_A_CHAT.seconds
        return MustWait(seconds, Scope.CHAT) if seconds > patience else None

    def _wrote(self, lane: Lane) -> None:
        now = self._clock.monotonic()
        self._all.wrote(now)
        lane.windows.wrote(now)
        self._lanes.place(lane, now)
        self._news.set()

    async def _give_turns(self) -> None:
        """Give turns for as long as somebody waits."""
        while self._waiting:
            self._news.clear()
            seconds = self._give()
            if seconds is None:
                await self._news.wait()
            else:
                await self._clock.wait_for(self._news, max(seconds, SHORTEST))

    def _give(self) -> float | None:
        """Give the turns that can be given now; for how long there is none, None if unknown."""
        while True:
            now = self._clock.monotonic()
            free_at = self._all.free_at(now)
            if free_at is None:
                return None
            at = max(free_at, self._paused_until)
            if at > now:
                return at - now
            waiter = self._lanes.next(now, notices=self._steady_at <= now)
            if waiter is None:
                return self._next_at(now)
            lane = self._lanes.go(waiter)
            self._all.take()
            lane.windows.take()
            self._steady_at = max(self._steady_at, now - CATCH_UP) + self._interval
            waiter.turn.set_result(None)

    def _next_at(self, now: float) -> float | None:
        """Seconds until somebody can go, by what is known now."""
        moments = [self._lanes.rested_at()]
        if self._lanes.notice_ready():
            moments.append(self._steady_at)
        known = [moment for moment in moments if moment is not None]
        return max(min(known) - now, 0.0) if known else None
