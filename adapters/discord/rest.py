"""The library's two ways to speak HTTP, led to the API address of the settings.

discord.py builds every address from two class attributes (``Route.BASE`` and
``DiscordWebSocket.DEFAULT_GATEWAY``), so setting them would lead every bot of the process. Here
each client has an HTTP client of its own that puts its own address in their place, and asks
``GET /gateway/bot`` there whenever the library would turn to the default gateway.
"""

from __future__ import annotations

from contextvars import ContextVar
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.domain.outcome import Scope
from bot.ports.messenger import MaySend, always

if TYPE_CHECKING:  # the library has it for type checkers only
    from discord.types.gateway import SessionStartLimit

LONGEST_RATE_LIMIT = 30.0
"""Seconds that the library may wait by itself at a rate limit: the shortest that it accepts."""

limited: ContextVar[Scope] = ContextVar("limited", default=Scope.CHAT)
"""What the last 429 in this task was about. ``discord.RateLimited`` does not carry it."""

may_send_now: ContextVar[MaySend] = ContextVar("may_send_now", default=always)
"""Asked by the requests of this task right before they write a part of their body."""


class Withheld(Exception):
    """The request was not made: another process may send by now."""


class Webhooks(AsyncWebhookAdapter):
    """Sends the answers to interactions to our API address.

    It takes effect in the context where ``async_context`` is set to it, and in every task that is
    started from there: the library has no parameter for it either.
    """

    def __init__(self, api_url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's lacks its "-> None"
        self._api_url = api_url.rstrip("/")

    async def request(self, route: Route, session: aiohttp.ClientSession, **options: Any) -> Any:
        """As the library's, at our address."""
        return await super().request(_led(route, self._api_url), session, **options)


class Rest(HTTPClient):
    """The library's HTTP client at our API address.

    ``starts`` is what Discord last said of sessions that may begin: it is asked before each.
    """

    def __init__(self, api_url: str) -> None:
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(_note_limit)
        trace.on_request_chunk_sent.append(_look_again)
        # The loop is put in by the client when it logs in, as with the library's own.
        super().__init__(
            discord.utils.MISSING, http_trace=trace, max_ratelimit_timeout=LONGEST_RATE_LIMIT
        )
        self._api_url = api_url
        self.starts: SessionStartLimit | None = None

    async def request(self, route: Route, **options: Any) -> Any:
        """As the library's, at our address."""
        return await super().request(_led(route, self._api_url), **options)

    async def get_bot_gateway(self) -> tuple[int, str, SessionStartLimit]:
        """As the library's; what it says of sessions is kept."""
        shards, url, self.starts = await super().get_bot_gateway()
        return shards, url, self.starts

    async def ws_connect(self, url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        """Connect where our API sends us, unless Discord named a gateway to resume at."""
        asked = yarl.URL(url)
        if asked.host == DiscordWebSocket.DEFAULT_GATEWAY.host:
            _, named, _ = await self.get_bot_gateway()
            url = str(yarl.URL(named).with_query(asked.query))
        return await super().ws_connect(url, compress=compress)


def _led(route: Route, api_url: str) -> Route:
    if route.url.startswith(Route.BASE):
        route.url = api_url + route.url[len(Route.BASE) :]
    return route


async def _look_again(*_: object) -> None:
    """Ask once more who may send: this process may have been frozen on its way to here.

    aiohttp calls this before it writes, and the head of a request goes out with the first part of
    its body. It writes in a task of its own, some while after it has a connection.
    """
    if not may_send_now.get()():
        raise Withheld


async def _note_limit(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
) -> None:
    """Keep whom a 429 concerns: ``X-RateLimit-Scope`` is user (here: route), shared or global.

    Source: https://discord.com/developers/docs/topics/rate-limits#header-format.
    """
    if end.response.status == 429:
        whole = end.response.headers.get("X-RateLimit-Scope") == "global"
        limited.set(Scope.TOKEN if whole else Scope.CHAT)
