"""Which shards a process serves, and when each of them may identify."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.ports.clock import Clock

if TYPE_CHECKING:  # the library has it for type checkers only
    from discord.types.gateway import SessionStartLimit

log = structlog.get_logger(platform="discord")

LANE_SECONDS = 5.0
"""Seconds between two sessions that begin in one of Discord's lanes (``max_concurrency``).

Source: https://discord.com/developers/docs/events/gateway#rate-limiting, which also says that a
token is reset after 1,000 sessions in a day.
"""

KEPT_STARTS = 50
"""So many of a day's sessions are left for the operator's restarts: whoever would take one of them
for yet another try waits for the next day."""


class Shards(msgspec.Struct, frozen=True):
    """How many shards the bot has over all its processes, and which of them are here.

    None: as many as Discord recommends, and all of them.
    """

    count: int | None = None
    ids: tuple[int, ...] | None = None


AUTOMATIC = Shards()


class Identifying:
    """Lets the shards of one process identify no faster than Discord takes them.

    Another process with other shards of the same bot is not seen here: whom Discord refuses for it
    begins again, as the library does by itself.
    """

    def __init__(self, clock: Clock, starts: Callable[[], SessionStartLimit | None]) -> None:
        self._clock = clock
        self._starts = starts
        self._free_at: dict[int, float] = {}

    async def wait(self, shard: int) -> None:
        """Return when the shard may begin a session."""
        starts = self._starts()
        if starts is not None and starts["remaining"] <= min(KEPT_STARTS, starts["total"] // 20):
            log.error("discord gateway waits", why="nearly all sessions of a day were begun")
            await self._clock.sleep(starts["reset_after"] / 1000)
        lane = shard % max(starts["max_concurrency"], 1) if starts is not None else 0
        now = self._clock.monotonic()
        begins = max(now, self._free_at.get(lane, now))
        self._free_at[lane] = begins + LANE_SECONDS
        if begins > now:
            await self._clock.sleep(begins - now)
