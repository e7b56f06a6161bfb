"""The library's client, led to the API address of the settings and kept small and quiet.

discord.py builds every address from two class attributes (``Route.BASE`` and
``DiscordWebSocket.DEFAULT_GATEWAY``), so setting them would lead every bot of the process. Here
each client has an HTTP client of its own that puts its own address in their place, and asks
``GET /gateway/bot`` there whenever the library would turn to the default gateway.
"""

from __future__ import annotations

import logging
import re
import sys
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.domain.address import Address
from bot.domain.outcome import Scope
from bot.ports.messenger import MaySend, always
from bot.ports.platform import Heard

log = structlog.get_logger(platform="discord")

LONGEST_RATE_LIMIT = 30.0
"""Seconds that the library may wait by itself at a rate limit: the shortest that it accepts."""

limited: ContextVar[Scope] = ContextVar("limited", default=Scope.CHAT)
"""What the last 429 in this task was about. ``discord.RateLimited`` does not carry it."""

may_send_now: ContextVar[MaySend] = ContextVar("may_send_now", default=always)
"""Asked by the requests of this task right before they write a part of their body."""


class Withheld(Exception):
    """The request was not made: another process may send by now."""


class Client(discord.Client):
    """discord.py's client for one bot: slash commands, buttons and sending, and nothing cached.

    ``refused`` says why Discord will not have this bot any more, once it has said so.
    """

    def __init__(self, *, api_url: str, on_gone: Heard, on_back: Heard) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        self._api_url = api_url.rstrip("/")
        self._on_gone = on_gone
        self._on_back = on_back
        self.refused: str | None = None
        super().__init__(
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.0,  # nothing here waits for the servers to be complete
        )

    @property
    def bot(self) -> str:
        """The bot account's id. Only after the log-in."""
        if self.user is None:
            raise RuntimeError("not logged in to Discord")
        return str(self.user.id)

    @property
    def application_key(self) -> int:
        """The application's id, under which commands are registered. Only after the log-in."""
        if self.application_id is None:
            raise RuntimeError("not logged in to Discord")
        return self.application_id

    def _get_state(self, **options: Any) -> Any:
        """Put our HTTP client in place before the library hands its own on to its state.

        This is the library's own hook for another state (its sharded client uses it); there is no
        parameter for an HTTP client.
        """
        self.http = _Http(self._api_url)
        return super()._get_state(**options)

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """Log which event failed and how; its arguments hold ids of chats."""
        log.error("discord event failed", what=event_method, why=type(sys.exception()).__name__)

    async def on_connect(self) -> None:
        """Log that the gateway is there: the counterpart of the warning that it is not."""
        log.info("discord gateway connected")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was thrown out or the server deleted: all its channels are gone."""
        for thread in guild.threads:
            await self._gone(thread.parent_id, thread.id)
        for channel in guild.channels:
            await self._gone(channel.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was taken in, perhaps again: its channels may be written in."""
        await self._all_back(guild)

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """What a role allows changed: it may be the bot's, and allow it to write again."""
        if before.permissions != after.permissions:
            await self._all_back(after.guild)

    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Who may do what in a channel changed: the bot may be allowed to write again."""
        if before.overwrites != after.overwrites:
            await self._back(after.id)

    async def on_raw_thread_update(self, thread: discord.RawThreadUpdateEvent) -> None:
        """A thread that is neither archived nor locked, as by now, can be written in."""
        state = thread.data["thread_metadata"]
        if not state["archived"] and not state.get("locked"):
            await self._back(thread.parent_id, thread.thread_id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted. The library reports its threads one by one."""
        await self._gone(channel.id)

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """A thread or a post in a forum was deleted."""
        await self._gone(thread.parent_id, thread.thread_id)

    async def _all_back(self, guild: discord.Guild) -> None:
        for channel in guild.channels:
            await self._back(channel.id)

    async def _gone(self, chat: int, thread: int | None = None) -> None:
        await self._on_gone(self._address(chat, thread))

    async def _back(self, chat: int, thread: int | None = None) -> None:
        await self._on_back(self._address(chat, thread))

    def _address(self, chat: int, thread: int | None) -> Address:
        name = None if thread is None else str(thread)
        return Address("discord", self.bot, str(chat), name)


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


class _Http(HTTPClient):
    """The library's HTTP client at our API address."""

    def __init__(self, api_url: str) -> None:
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(_note_limit)
        trace.on_request_chunk_sent.append(_look_again)
        # The loop is put in by the client when it logs in, as with the library's own.
        super().__init__(
            discord.utils.MISSING, http_trace=trace, max_ratelimit_timeout=LONGEST_RATE_LIMIT
        )
        self._api_url = api_url

    async def request(self, route: Route, **options: Any) -> Any:
        """As the library's, at our address."""
        return await super().request(_led(route, self._api_url), **options)

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


_SECRETS = re.compile(r"\d{15,}|[\w-]{40,}")


class _NoIds(logging.Filter):
    """Takes ids and tokens out of addresses that the library logs when it is slowed down."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRETS.sub("…", record.getMessage())
        record.args = None
        return True


_no_ids = _NoIds()


def quiet() -> None:
    """Keep the library's own log free of what must not be logged; doing it twice changes nothing.

    Below WARNING it logs whole messages and session keys, and its warnings name channels.
    """
    logger = logging.getLogger("discord")
    logger.setLevel(max(logger.level, logging.WARNING))
    for name in ("discord.http", "discord.webhook.async_"):
        logging.getLogger(name).addFilter(_no_ids)
