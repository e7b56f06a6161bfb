"""How many messages may go in how long: the limits that Telegram names, kept with a little margin.

They are those of
https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: about 30 messages a
second over all (1,000 with paid broadcasts), one a second to a chat, 20 a minute to a group or
channel. Edits count like messages.
"""

from __future__ import annotations

from collections import deque

import msgspec


class Limit(msgspec.Struct, frozen=True):
    """At most ``count`` messages in any ``seconds``."""

    count: int
    seconds: float


OVER_ALL = Limit(30, 1.01)
OVER_ALL_PAID = Limit(1000, 1.01)
TO_A_CHAT = Limit(1, 1.05)
TO_A_GROUP = Limit(20, 60.5)
"""Telegram's own seconds are 1, 1, 1 and 60: the rest is the margin for what the way there takes,
now longer, now shorter. It is the wider where it costs no throughput."""


class Window:
    """The messages of a while, each counted from the moment at which its request is written.

    What has its turn and is not written yet holds its place: it may be written at any moment.
    """

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._written: deque[float] = deque()
        self._pending = 0

    def free_at(self, now: float) -> float | None:
        """When one more may go, ``now`` or later; None where that hangs on what is pending."""
        while self._written and self._written[0] + self._limit.seconds <= now:
            self._written.popleft()
        over = len(self._written) + self._pending - self._limit.count
        if over < 0:
            return now
        if over >= len(self._written):
            return None
        return self._written[over] + self._limit.seconds

    def take(self) -> None:
        """One more has its turn."""
        self._pending += 1

    def wrote(self, now: float) -> None:
        """One that had its turn is written now."""
        self._pending -= 1
        self._written.append(now)

    def over(self, now: float) -> bool:
        """Whether nothing of it counts any more."""
        last = self._written[-1] + self._limit.seconds if self._written else now
        return not self._pending and last <= now


class Windows:
    """What limits one chat; groups and channels have negative ids."""

    def __init__(self, chat: str) -> None:
        limits = (TO_A_CHAT, TO_A_GROUP) if chat.startswith("-") else (TO_A_CHAT,)
        self._all = tuple(Window(limit) for limit in limits)
        self.paused_until = 0.0
        """Until when Telegram asked to leave this chat alone."""

    def free_at(self, now: float) -> float | None:
        """When one more may go there, ``now`` or later; None where that hangs on what is pending.

        A pause counts even then.
        """
        moments = [window.free_at(now) for window in self._all]
        known = [moment for moment in moments if moment is not None]
        if len(known) < len(moments):
            return None
        return max(*known, self.paused_until)

    def take(self) -> None:
        """One more has its turn."""
        for window in self._all:
            window.take()

    def wrote(self, now: float) -> None:
        """One that had its turn is written now."""
        for window in self._all:
            window.wrote(now)

    def over(self, now: float) -> bool:
        """Whether this chat could be forgotten."""
        return self.paused_until <= now and all(window.over(now) for window in self._all)
