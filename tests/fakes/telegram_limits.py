"""Telegram's limits, enforced: what comes faster is refused with 429, as Telegram refuses it.

The windows are strict, and on the clock of the event loop: nothing is forgiven for a short burst.
Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
"""

from __future__ import annotations

import asyncio
import math
from collections import defaultdict, deque

WRITES = {"sendMessage", "sendDocument", "editMessageText"}
"""The methods that count."""

OVER_ALL = (30, 1.0)
TO_A_CHAT = (1, 1.0)
TO_A_GROUP = (20, 60.0)
"""So many in so many seconds; groups and channels have negative ids."""

ROUNDING = 1e-6


class Limits:
    """What was taken lately, of the whole bot and of each chat."""

    def __init__(self) -> None:
        self._taken: defaultdict[tuple[str, tuple[int, float]], deque[float]] = defaultdict(deque)
        self.refused = 0

    def retry_after(self, chat: str) -> int | None:
        """The seconds that a refusal asks to wait; None where it is taken, and then it counts."""
        now = asyncio.get_running_loop().time()
        windows = [("", OVER_ALL), (chat, TO_A_CHAT)]
        if chat.startswith("-"):
            windows.append((chat, TO_A_GROUP))
        waits = [self._wait(of, limit, now) for of, limit in windows]
        if max(waits) > ROUNDING:
            self.refused += 1
            return math.ceil(max(waits))
        for window in windows:
            self._taken[window].append(now)
        return None

    def _wait(self, of: str, limit: tuple[int, float], now: float) -> float:
        count, seconds = limit
        taken = self._taken[of, limit]
        while taken and taken[0] + seconds <= now + ROUNDING:
            taken.popleft()
        return 0.0 if len(taken) < count else taken[len(taken) - count] + seconds - now
