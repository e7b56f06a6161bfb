"""The library's client, sharded, kept small and quiet: what it hears of servers and channels."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import discord
import structlog
import yarl

from adapters.discord.rest import Rest
from adapters.discord.shards import AUTOMATIC, Identifying, Shards
from adapters.discord.state import State
from adapters.discord.wire import Wire
from bot.domain.address import Address
from bot.ports.clock import Clock
from bot.ports.platform import Heard

log = structlog.get_logger(platform="discord")

SILENCE = 60.0
"""Seconds without a word, not even the answer to a heartbeat, after which a connection is dead."""

CLOSING = 3.0
"""Seconds that the gateway has to take leave."""


class Client(discord.AutoShardedClient):
    """discord.py's client for one bot: slash commands, buttons and sending, and nothing cached.

    ``refused`` says why Discord will not have this bot any more, once it has said so. ``silence``
    is after how many seconds without a word, not even the answer to a heartbeat, a connection is
    dead.
    """

    http: Rest
    kept: State

    def __init__(
        self,
        *,
        api_url: str,
        clock: Clock,
        on_gone: Heard,
        on_back: Heard,
        shards: Shards = AUTOMATIC,
        silence: float = SILENCE,
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        self._api_url = api_url.rstrip("/")
        self.clock = clock
        self.wire = Wire(self._api_url, clock)
        self._on_gone = on_gone
        self._on_back = on_back
        self._automatic = shards.count is None
        self._launching: set[int] = set()
        self.refused: str | None = None
        super().__init__(
            shard_count=shards.count,
            shard_ids=shards.ids,  # type: ignore[arg-type]  # None and tuples are taken too
            heartbeat_timeout=silence,
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.0,  # nothing here waits for the servers to be complete
        )
        self._identifying = Identifying(clock, lambda: self.http.starts)

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
        """Put our HTTP client in place before it is handed on to the state, which is ours as well.

        This is the library's own hook for another state (its sharded client uses it); there is no
        parameter for an HTTP client.
        """
        self.http = Rest(self._api_url, self.wire)
        self.kept = State(
            dispatch=self.dispatch,
            handlers=self._handlers,
            hooks=self._hooks,
            http=self.http,
            **options,
        )
        return self.kept

    async def before_identify_hook(
        self,
        shard_id: int | None,
        *,
        initial: bool = False,  # noqa: ARG002 - the library waits for none but the first
    ) -> None:
        """Wait as long as Discord asks between sessions that begin, and no longer."""
        await self._identifying.wait(shard_id or 0)

    async def launch_shards(self) -> None:
        """Connect all shards for the first time. Raises what the library's ``connect`` does.

        An outage shows here at once, and not as a shard that cannot connect.
        """
        if self.shard_count is not None:
            await self.http.get_bot_gateway()
        await super().launch_shards()

    async def launch_shard(
        self, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        """Connect one shard for the first time. Raises what the library's ``connect`` does.

        Where that fails the library calls this once more from within, and so on, each try deeper
        in the stack than the one before: an outage of an hour would end it. Whoever called
        ``connect`` tries again instead.
        """
        if shard_id in self._launching:
            raise discord.GatewayNotFound
        self._launching.add(shard_id)
        try:
            await super().launch_shard(gateway, shard_id, initial=initial)
        finally:
            self._launching.discard(shard_id)

    def recount(self) -> bool:
        """Ask Discord again how many shards there are to be. Returns whether that is its to say."""
        if self._automatic:
            self.shard_count = None  # type: ignore[assignment]  # as at the beginning: ask
        return self._automatic

    async def close(self) -> None:
        """Leave the gateway; messages can still be sent, and ``connect`` be called again.

        The library calls this when one shard fails for good or hears what it cannot read, and
        would close the connections for sending as well. ``end`` does that.
        """
        await self.leave()
        # What the shards of before have still to say is for nobody: a new queue is listened to.
        await self._async_setup_hook()

    async def leave(self) -> None:
        """Hear no more."""
        leaving = [asyncio.ensure_future(shard.disconnect()) for shard in self.shards.values()]
        if leaving:
            _, late = await asyncio.wait(leaving, timeout=CLOSING)
            for one in late:
                one.cancel()

    async def end(self) -> None:
        """Leave the gateway and close all connections, for good."""
        await super().close()

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """Log which event failed and how; its arguments hold ids of chats."""
        log.error("discord event failed", what=event_method, why=type(sys.exception()).__name__)

    async def on_connect(self) -> None:
        """Log that the gateway is there: the counterpart of the warning that it is not."""
        log.info("discord gateway connected")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was thrown out or the server deleted: all its channels are gone."""
        server = self.kept.servers.pop(guild.id, None)
        for channel in server.channels if server is not None else ():
            await self._gone(channel)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was taken in, perhaps again: its channels may be written in."""
        await self.on_server_allows(guild.id)

    async def on_server_allows(self, guild: int) -> None:
        """What a role allows changed: it may be the bot's, and allow it to write again."""
        server = self.kept.servers.get(guild)
        for channel in tuple(server.channels) if server is not None else ():
            await self._back(channel)

    async def on_channel_allows(self, channel: int) -> None:
        """Who may do what in a channel changed: the bot may be allowed to write again."""
        await self._back(channel)

    async def on_raw_thread_update(self, thread: discord.RawThreadUpdateEvent) -> None:
        """A thread that is neither archived nor locked, as by now, can be written in."""
        state = thread.data["thread_metadata"]
        if not state["archived"] and not state.get("locked"):
            await self._back(thread.parent_id, thread.thread_id)

    async def on_channel_gone(self, channel: int) -> None:
        """A channel was deleted, and all threads in it."""
        await self._gone(channel)

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """A thread or a post in a forum was deleted."""
        await self._gone(thread.parent_id, thread.thread_id)

    async def _gone(self, chat: int, thread: int | None = None) -> None:
        await self._on_gone(self._address(chat, thread))

    async def _back(self, chat: int, thread: int | None = None) -> None:
        await self._on_back(self._address(chat, thread))

    def _address(self, chat: int, thread: int | None) -> Address:
        name = None if thread is None else str(thread)
        return Address("discord", self.bot, str(chat), name)
