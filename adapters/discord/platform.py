"""One Discord bot: logs in, listens to the gateway, answers, and lends its messenger."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord
import structlog
from discord.webhook.async_ import async_context

from adapters.discord.client import SILENCE, Client
from adapters.discord.commands import Commands
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.quiet import quiet
from adapters.discord.rest import Webhooks
from adapters.discord.shards import AUTOMATIC, Shards
from bot.domain.address import Address
from bot.domain.suggesting import Suggestion, Typing
from bot.ports.clock import Clock
from bot.ports.messenger import MaySend, always
from bot.ports.platform import Answer, Deaf, Heard, StartFailed, Suggest

log = structlog.get_logger(platform="discord")

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
"""Seconds between tries to reach the gateway; the wait doubles."""
SHARDING = (4010, 4011)
"""Discord's codes for a shard that does not exist, and for servers too many for so few shards.

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway.
"""
LOG_IN = 60.0
"""Seconds for a log-in or for registering the commands, with the library's own retries (25 s)."""
LAST_ANSWERS = 5.0
"""Seconds that answers which are being given have to end when the bot stops."""


async def _nobody(address: Address) -> None:
    """Nobody wants to hear of chats that went or came back."""


async def _nothing(_: Typing) -> tuple[Suggestion, ...]:
    """Nothing is suggested."""
    return ()


async def identify(token: str, api_url: str, clock: Clock) -> str:
    """The name of the token's bot; hears and sends nothing. Raises StartFailed."""
    async with logged_in(token, api_url, clock) as client:
        return str(client.user)


@asynccontextmanager
async def logged_in(token: str, api_url: str, clock: Clock) -> AsyncIterator[Client]:
    """A client that can ask, and hears nothing. Raises StartFailed."""
    quiet()
    client = Client(api_url=api_url, clock=clock, on_gone=_nobody, on_back=_nobody)
    await _log_in(client, token)
    try:
        yield client
    finally:
        await client.end()


async def _log_in(client: Client, token: str) -> None:
    """Log in, or close the client and raise StartFailed."""
    try:
        async with asyncio.timeout(LOG_IN):
            await client.login(token)
            return
    except discord.LoginFailure:
        failure = StartFailed("Discord does not know the token", token_refused=True)
    except TimeoutError:
        failure = StartFailed("Discord does not answer", token_refused=False)
    except (discord.DiscordException, aiohttp.ClientError, OSError):
        failure = StartFailed("Discord cannot be reached", token_refused=False)
    await client.end()
    # Raised out here, so that the library's error, whose request holds the token, is no context.
    raise failure


class DiscordPlatform:
    """``bot.ports.platform.Platform`` for one Discord bot.

    ``answer`` is the desk. ``on_gone`` is told of each channel and thread that was deleted or
    whose server threw the bot out; a deleted channel takes its threads along. ``on_back`` is told
    of each that may be written in again: a server took the bot in, permissions changed, a thread
    was opened. Whether it may shows when it is tried. ``shards`` are those that are heard here;
    sending needs none.
    """

    def __init__(
        self,
        token: str,
        api_url: str,
        answer: Answer,
        clock: Clock,
        *,
        on_gone: Heard = _nobody,
        on_back: Heard = _nobody,
        suggest: Suggest = _nothing,
        in_flight: int = 20,
        shards: Shards = AUTOMATIC,
        silence: float = SILENCE,
    ) -> None:
        self._token = token
        self._answer = answer
        self._clock = clock
        self._api_url = api_url
        self._on_gone = on_gone
        self._on_back = on_back
        self._suggest = suggest
        self._in_flight = in_flight
        self._shards = shards
        self._silence = silence
        self._client: Client | None = None
        self._commands: Commands | None = None
        self._messenger: DiscordMessenger | None = None
        self._listening: asyncio.Task[Deaf] | None = None
        quiet()

    @property
    def messenger(self) -> DiscordMessenger:
        """The way to send as this bot. Only after ``start``."""
        if self._messenger is None:
            raise RuntimeError("the platform is not started")
        return self._messenger

    async def start(self, may_send: MaySend = always, /) -> None:
        """Log in; then messages can be sent. Raises StartFailed; it may then be called again.

        ``may_send`` is asked before an answer is begun, so that a process which was frozen, while
        another took over, leaves it to that one.
        The gateway, which brings commands, connects beside it and is waited for by nobody.
        """
        # A client whose log-in failed has closed its connections for good: each try has a new one.
        self._client = Client(
            api_url=self._api_url,
            on_gone=self._on_gone,
            on_back=self._on_back,
            clock=self._clock,
            shards=self._shards,
            silence=self._silence,
        )
        self._commands = Commands(self._client, self._answer, self._suggest, may_answer=may_send)
        await _log_in(self._client, self._token)
        self._messenger = DiscordMessenger(self._client, in_flight=self._in_flight)
        await self._sync(self._commands)
        # In a context of its own, so that the webhooks of this bot alone are led to our address.
        context = contextvars.copy_context()
        context.run(async_context.set, Webhooks(self._api_url))
        self._listening = asyncio.create_task(self._listen(self._client), context=context)

    async def deaf(self) -> Deaf:
        """Wait until Discord refuses the gateway for good. Only after ``start``."""
        if self._listening is None:
            raise RuntimeError("the platform is not started")
        return await asyncio.shield(self._listening)

    async def stop(self) -> None:
        """Hear no more, let answers that are being given end, then close the connections."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._client is not None:
            await self._client.leave()
        if self._commands is not None:
            await self._commands.settle(LAST_ANSWERS)
        if self._client is not None:
            await self._client.end()

    async def _sync(self, commands: Commands) -> None:
        """Register the commands; those of before serve when it fails, until the next start."""
        try:
            async with asyncio.timeout(LOG_IN):
                changed = await commands.sync()
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.error("discord commands not registered", why=type(error).__name__)
        else:
            if changed:
                log.info("discord commands registered")

    async def _listen(self, client: Client) -> Deaf:
        """Keep the gateway connected until the bot stops or Discord refuses it; returns why.

        The library reconnects and resumes each shard by itself, with two exceptions that end its
        loop: a first connection that fails, and a payload that it cannot parse. Neither may leave
        the bot deaf.
        """
        wait = FIRST_WAIT
        while not client.is_closed():
            began = self._clock.monotonic()
            try:
                await client.connect()
                why = "closed"
            except (discord.ConnectionClosed, discord.PrivilegedIntentsRequired) as error:
                code = getattr(error, "code", 4014)
                if code not in SHARDING or not client.recount():
                    return _refused(client, code)
                why = f"gateway closed with {code}"
            except Exception as error:  # noqa: BLE001 - see above: any error of its parsers
                why = type(error).__name__
                await client.close()
            if self._clock.monotonic() - began > LONGEST_WAIT:
                wait = FIRST_WAIT  # it was connected for a while
            if wait == FIRST_WAIT:  # said once; that it is back is said as well
                log.warning("discord gateway lost", why=why)
            await self._clock.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)
        return Deaf("closed", sends=False)


def _refused(client: Client, code: int) -> Deaf:
    """Discord closed the gateway for good. Sending needs no shards, so their count forbids none."""
    why, sends = f"gateway closed with {code}", code in SHARDING
    if not sends:
        client.refused = why
    log.error("discord refuses the bot", why=why)
    return Deaf(why, sends)
