"""Which way of asking the registry lets in.

honest User-Agent -> 403 -> once more -> 403 -> each other way in turn -> what worked is kept
                                                                       -> RegistryRefused
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from adapters.ctgov.http import Answer, NoAnswer, Way
from bot.ports.registry import RegistryRefused

log = structlog.get_logger(registry="ctgov")

FORBIDDEN = 403
TOO_MANY = 429
SERVER_ERROR = 500


class Ladder:
    """Climbs on a lasting 403 and remembers, until the process ends, where it was let in."""

    def __init__(self, ways: Sequence[Way]) -> None:
        self._ways = tuple(ways)
        self._at = 0
        self._climbing = asyncio.Lock()
        self._refused = False

    @property
    def way(self) -> Way:
        """The way that worked last, or the first."""
        return self._ways[self._at]

    async def get(self, ask: Callable[[Way], Awaitable[Answer]]) -> Answer:
        """The first answer that is no lasting 403.

        Raises RegistryRefused where every way is refused, and NoAnswer as the way in use does.
        """
        way = self.way
        for _ in range(2):  # a single 403 has been seen to go by itself
            answer = await ask(way)
            if answer.status != FORBIDDEN:
                self._let_in()
                return answer
        async with self._climbing:
            if self.way is not way:  # somebody else climbed while we waited
                answer = await ask(self.way)
                if answer.status != FORBIDDEN:
                    return answer
            return await self._climb(ask)

    async def close(self) -> None:
        """Let go of the connections of every way."""
        for way in self._ways:
            await way.close()

    async def _climb(self, ask: Callable[[Way], Awaitable[Answer]]) -> Answer:
        refused = [self.way.name]
        for number, way in enumerate(self._ways):
            if number == self._at:
                continue
            try:
                answer = await ask(way)
            except NoAnswer:  # a way that gets no answer does not work either
                refused.append(way.name)
                continue
            if answer.status == FORBIDDEN or answer.is_web_page:
                refused.append(way.name)
                continue
            if answer.status < SERVER_ERROR and answer.status != TOO_MANY:
                log.warning("registry lets in another way of asking", refused=refused, way=way.name)
                self._at = number
                self._let_in()
            return answer
        if not self._refused:
            log.error("registry refuses every way of asking", tried=refused)
        self._refused = True
        raise RegistryRefused("the registry refuses every way of asking", refused)

    def _let_in(self) -> None:
        if self._refused:
            log.info("registry lets us in again", way=self.way.name)
        self._refused = False
