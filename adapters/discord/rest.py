"""The library's two ways to speak HTTP, led to the API address of the settings.

discord.py builds every address from two class attributes (``Route.BASE`` and
``DiscordWebSocket.DEFAULT_GATEWAY``), so setting them would lead every bot of the process. Here
each client has an HTTP client of its own that puts its own address in their place, and asks
``GET /gateway/bot`` there whenever the library would turn to the default gateway.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Ratelimit, Route
from discord.webhook.async_ import AsyncWebhookAdapter

from adapters.discord.wire import Wire

if TYPE_CHECKING:  # the library has it for type checkers only
    from discord.types.gateway import SessionStartLimit

LONGEST_RATE_LIMIT = 30.0
"""Seconds that the library may wait by itself at a rate limit: the shortest that it accepts."""


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


class Bucket(Ratelimit):
    """The library's keeper of one bucket, which gives the bucket's last answer at once.

    The library's own keeps it back until the bucket is full again, so that a message that Discord
    has taken would be held for unsent for seconds.
    """

    __slots__ = ("_refreshing",)

    async def _refresh(self) -> None:
        """Wait until the bucket is full again; the library waits its whole time from now on."""
        if self.expires is not None:
            self.reset_after = max(self.expires - self._loop.time(), 0.0)
        await super()._refresh()

    async def __aexit__(self, *_: object) -> None:
        """Let as many go on as there is room for; the others when it is full again."""
        self.outgoing -= 1
        room = self.remaining - self.outgoing
        if room > 0:
            self._wake(room)
        elif not self._sleeping.locked() and (self._pending_requests or self.expires is None):
            self._refreshing = asyncio.create_task(self._refresh())


class Rest(HTTPClient):
    """The library's HTTP client at our API address.

    ``wire`` holds its requests to the pace. ``starts`` is what Discord last said of sessions that
    may begin: it is asked before each.
    """

    def __init__(self, api_url: str, wire: Wire) -> None:
        # The loop is put in by the client when it logs in, as with the library's own.
        super().__init__(
            discord.utils.MISSING, http_trace=wire.trace(), max_ratelimit_timeout=LONGEST_RATE_LIMIT
        )
        self._api_url = api_url
        self.starts: SessionStartLimit | None = None

    async def request(self, route: Route, **options: Any) -> Any:
        """As the library's, at our address."""
        return await super().request(_led(route, self._api_url), **options)

    def get_ratelimit(self, key: str) -> Ratelimit:
        """As the library's, of our kind."""
        if key not in self._buckets:
            self._try_clear_expired_ratelimits()
            self._buckets[key] = Bucket(self.max_ratelimit_timeout)
        return super().get_ratelimit(key)

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
