"""Discord's limits, enforced: so many messages to a channel, so many requests over all."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable

from aiohttp import web

from tests.fakes.discord.answering import too_fast

BUCKET = (5, 5.0)
OVER_ALL = (50, 1.0)

IN_A_BUCKET = frozenset(("post", "forum"))


class Enforced:
    """How many requests in how many seconds are let through; None: as many as come.

    ``bucket`` is for the messages of one channel, counted from the first of a window on, as Discord
    does; ``over_all`` for any stretch of time. ``refused`` counts what came too fast, by scope;
    ``times`` are the moments at which requests arrived that count over all.
    """

    def __init__(
        self,
        bucket: tuple[int, float] | None = None,
        over_all: tuple[int, float] | None = None,
        on_refusal: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.bucket = bucket
        self.over_all = over_all
        self._on_refusal = on_refusal
        self.refused: Counter[str] = Counter()
        self.times: deque[float] = deque(maxlen=100_000)
        self._windows: dict[str, tuple[float, int]] = {}

    def refuse(self, kind: str, channel: str | None) -> web.Response | None:
        """The refusal of a request that comes too fast, or None; then it is counted."""
        now = time.monotonic()
        if self.over_all is not None:
            count, seconds = self.over_all
            if len(self.times) >= count and now - self.times[-count] < seconds:
                return self._too_fast("global", self.times[-count] + seconds - now)
        if self.bucket is not None and channel is not None and kind in IN_A_BUCKET:
            count, seconds = self.bucket
            began, used = self._window(channel, now)
            if used >= count:
                return self._too_fast("user", began + seconds - now)
            self._windows[channel] = (began, used + 1)
        self.times.append(now)
        return None

    def headers(self, kind: str, channel: str | None) -> dict[str, str]:
        """What Discord says of the bucket with each answer."""
        if kind not in IN_A_BUCKET or channel is None:
            return {}
        count, seconds = self.bucket or (50, 1.0)
        now = time.monotonic()
        began, used = self._window(channel, now) if self.bucket else (now, 1)
        return {
            "X-RateLimit-Limit": str(count),
            "X-RateLimit-Remaining": str(count - used),
            "X-RateLimit-Reset": f"{time.time() + began + seconds - now:.3f}",
            "X-RateLimit-Reset-After": f"{began + seconds - now:.3f}",
            "X-RateLimit-Bucket": kind,
        }

    def _window(self, channel: str, now: float) -> tuple[float, int]:
        began, used = self._windows.get(channel, (now, 0))
        over = self.bucket is not None and now - began >= self.bucket[1]
        return (now, 0) if over else (began, used)

    def _too_fast(self, scope: str, wait: float) -> web.Response:
        self.refused[scope] += 1
        self._on_refusal(scope)
        return too_fast(round(wait + 0.001, 3), scope)
