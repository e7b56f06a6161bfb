"""What is done right before and after each request, where the library has no hook but aiohttp's.

The library waits by itself at its limits and sends again what failed; what has to be known or asked
at the very moment of sending is known and asked here.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp
import yarl

from adapters.discord.pace import Pace, Refusals
from bot.domain.outcome import Scope
from bot.domain.precedence import Precedence
from bot.ports.clock import Clock
from bot.ports.messenger import MaySend, always

_EXEMPT = re.compile(r"/(interactions|webhooks)/")
"""Answers to interactions, which do not count towards the limit over all."""

_MESSAGES = re.compile(r"/channels/(\d+)/messages$")

_ID = re.compile(r"/\d+(?=/|$)")

REMEMBERED = 2_000
"""Channels whose empty buckets are remembered before those are dropped that are full again."""


class Withheld(Exception):
    """The request was not made: another process may send by now."""


class NotAgain(Exception):
    """The request was made once, its answer was none, and to make it again is not the library's."""


class Errand:
    """What the requests of one task are for, and what was heard of them.

    ``once``: whether to make the request a second time is for the sender to decide, after a look
    at what became of the first; where Discord said that it was too fast, nothing became of it.
    ``scope`` is what the last 429 was about: ``discord.RateLimited`` does not carry it.
    """

    def __init__(
        self,
        *,
        may_send: MaySend = always,
        precedence: Precedence = Precedence.ANSWER,
        once: bool = False,
    ) -> None:
        self.may_send = may_send
        self.precedence = precedence
        self.once = once
        self.tried = False
        self.scope = Scope.CHAT


errand: ContextVar[Errand | None] = ContextVar("errand", default=None)
"""That of this task; none where somebody is answered."""


class Wire:
    """Holds one bot's requests to the pace, and keeps what Discord says with its answers."""

    def __init__(self, api_url: str, clock: Clock) -> None:
        self.refusals = Refusals(clock)
        self._pace = Pace(clock)
        self._clock = clock
        self._api_url = api_url
        self._full_at: dict[str, float] = {}

    def trace(self) -> aiohttp.TraceConfig:
        """Hooks for the library's own connections."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._before)
        trace.on_request_chunk_sent.append(_look_again)
        trace.on_request_end.append(self._after)
        return trace

    def rests(self, channel: str) -> float:
        """Seconds until the channel's own bucket lets one more message through."""
        return max(self._full_at.get(channel, 0.0) - self._clock.monotonic(), 0.0)

    async def _before(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        start: aiohttp.TraceRequestStartParams,
    ) -> None:
        """Wait for the request's turn; aiohttp goes on when this returns."""
        mine = errand.get()
        if mine is not None and mine.once:
            if mine.tried:
                raise NotAgain
            mine.tried = True
        if str(start.url).startswith(self._api_url) and not _EXEMPT.search(start.url.path):
            precedence = mine.precedence if mine is not None else Precedence.ANSWER
            context.turn = await self._pace.turn(precedence, _kind(start.method, start.url))

    async def _after(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        end: aiohttp.TraceRequestEndParams,
    ) -> None:
        """Keep whom a 429 concerns: ``X-RateLimit-Scope`` is user (here: route), shared or global.

        Source: https://discord.com/developers/docs/topics/rate-limits#header-format.
        """
        headers, mine = end.response.headers, errand.get()
        if (turn := getattr(context, "turn", None)) is not None:
            self._pace.answered(turn)
        scope = headers.get("X-RateLimit-Scope")
        self.refusals.note(end.response.status, shared=scope == "shared")
        if mine is not None and end.response.status == 429:
            mine.scope = Scope.TOKEN if scope == "global" else Scope.CHAT
            mine.tried = False
        if headers.get("X-RateLimit-Remaining") == "0":
            self._emptied(end.url, headers.get("X-RateLimit-Reset-After", ""))

    def _emptied(self, url: yarl.URL, reset_after: str) -> None:
        channel = _MESSAGES.search(url.path)
        try:
            seconds = float(reset_after)
        except ValueError:
            return
        if channel is None:
            return
        now = self._clock.monotonic()
        if len(self._full_at) >= REMEMBERED:
            self._full_at = {one: at for one, at in self._full_at.items() if at > now}
        self._full_at[channel[1]] = now + seconds


def _kind(method: str, url: yarl.URL) -> str:
    """Requests of one kind take about as long as each other, whatever the ids in them."""
    return f"{method} {_ID.sub('/id', url.path)}"


async def _look_again(*_: object) -> None:
    """Ask once more who may send: this process may have been frozen on its way to here.

    aiohttp calls this before it writes, and the head of a request goes out with the first part of
    its body. It writes in a task of its own, some while after it has a connection.
    """
    mine = errand.get()
    if mine is not None and not mine.may_send():
        raise Withheld
