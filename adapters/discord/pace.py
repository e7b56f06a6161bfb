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
SECONDS = 1.005
"""So many requests in any so many seconds: a two-hundredth more than Discord's own second."""

SPACING = 1 / 75
"""Seconds between two requests at the least, so that what was kept up is not sent in one burst."""

LATEST = 0.3
"""Seconds that a request is taken to be under way at the most."""

REFUSED = frozenset((401, 403, 429))
TOO_MANY = 5_000
TEN_MINUTES = 600.0
"""Half of what brings the ban: other bots may live behind the same address."""


class Turn:
    """One request: when it was sent, and when its answer came, if it has come."""

    __slots__ = ("answered", "kind", "sent")

    def __init__(self, kind: str, sent: float) -> None:
        self.kind = kind
        self.sent = sent
        self.answered: float | None = None


class Pace:
    """Gives every request its turn: answers before notices, and otherwise as they were asked.

    Discord counts when requests arrive, and they do not arrive as evenly as they leave. An answer
    that took longer than others of its ``kind`` may have been asked for as much later, so its
    request is counted as much later.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turns: deque[Turn] = deque(maxlen=OVER_ALL + 10)
        self._lines = {one: asyncio.Lock() for one in Precedence}
        self._waiting = dict.fromkeys(Precedence, 0)
        self._quickest: dict[str, float] = {}

    async def turn(self, precedence: Precedence, kind: str = "") -> Turn:
        """Return when a request may go out, and count it."""
        self._waiting[precedence] += 1
        try:
            async with self._lines[precedence]:
                while (wait := self._wait(precedence)) > 0:
                    await self._clock.sleep(wait)
                turn = Turn(kind, self._clock.monotonic())
                self._turns.append(turn)
                return turn
        finally:
            self._waiting[precedence] -= 1

    def answered(self, turn: Turn) -> None:
        """Take in that a request's answer has come."""
        turn.answered = self._clock.monotonic()
        took = turn.answered - turn.sent
        self._quickest[turn.kind] = min(took, self._quickest.get(turn.kind, took))

    def _wait(self, precedence: Precedence) -> float:
        if any(self._waiting[one] for one in Precedence if one < precedence):
            return SPACING
        if not self._turns:
            return 0.0
        now = self._clock.monotonic()
        free = self._turns[-1].sent + SPACING
        if len(self._turns) >= OVER_ALL:
            arrived = sorted(self._arrived(turn, now) for turn in self._turns)
            free = max(free, arrived[-OVER_ALL] + SECONDS)
        return free - now

    def _arrived(self, turn: Turn, now: float) -> float:
        """The latest moment at which it arrived; one that has no answer may be under way yet."""
        until = now if turn.answered is None else turn.answered
        late = until - turn.sent - self._quickest.get(turn.kind, until - turn.sent)
        return turn.sent + min(max(late, 0.0), LATEST)


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
