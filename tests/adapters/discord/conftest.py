"""A local Discord, and a bot on it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.discord.platform import DiscordPlatform
from bot.domain.address import Address
from bot.domain.commands.request import Request
from bot.domain.message import Message
from bot.domain.suggesting import Suggestion, Typing
from bot.ports.messenger import MaySend, always
from tests.fakes.discord import FakeDiscord, payloads


class QuickClock:
    """A clock that never waits, and says how long it was asked to."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    def now(self) -> datetime:
        """A moment that stands still."""
        return datetime(2026, 11, 2, tzinfo=UTC)

    def monotonic(self) -> float:
        """Seconds that only go on."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Give others a turn."""
        self.asked.append(seconds)
        await asyncio.sleep(0)

    def waits(self) -> list[float]:
        """What was asked of a second and more, which no pace of requests asks for."""
        return [seconds for seconds in self.asked if seconds >= 1.0]

    async def wait_for(self, event: asyncio.Event, seconds: float) -> bool:
        """Say whether it is set."""
        await self.sleep(seconds)
        return event.is_set()


class FrontDesk:
    """Answers each command with what was put there for it, and keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.answers: dict[str, tuple[Message, ...]] = {}
        self.fails: Exception | None = None
        self.hold: asyncio.Event | None = None
        self.suggestions: tuple[Suggestion, ...] = ()
        self.typed: list[Typing] = []

    async def __call__(self, request: Request) -> tuple[Message, ...]:
        """One answer."""
        self.asked.append(request)
        if self.hold is not None:
            await self.hold.wait()
        if self.fails is not None:
            raise self.fails
        return self.answers.get(request.command, (Message(title=f"About {request.text}"),))

    async def suggest(self, typing: Typing) -> tuple[Suggestion, ...]:
        """What was put there to be suggested."""
        self.typed.append(typing)
        if self.fails is not None:
            raise self.fails
        return self.suggestions


class Bots:
    """Starts bots on one local Discord and stops them at the end of the test."""

    def __init__(self, discord: FakeDiscord, stack: AsyncExitStack) -> None:
        self.discord = discord
        self.clock = QuickClock()
        self.desk = FrontDesk()
        self.gone: list[Address] = []
        self.back: list[Address] = []
        self.heard = asyncio.Event()
        """Set whenever a chat went or came back."""
        self._stack = stack
        self._started = 0
        self.running: list[DiscordPlatform] = []
        """Where a test keeps those that it started, if it looks for them again."""

    async def start(
        self, *, sessions: int = 1, may_send: MaySend = always, **options: Any
    ) -> DiscordPlatform:
        """A bot that is logged in and hears the gateway, over so many ``sessions``."""
        platform = self.platform(self.discord.token, **options)
        await platform.start(may_send)
        self._started += sessions
        await self.discord.gateway.connected(identifies=self._started)
        return platform

    def platform(self, token: str, **options: Any) -> DiscordPlatform:
        """A bot that is not started; ``options`` as the platform takes them."""
        platform = DiscordPlatform(
            token,
            self.discord.api_url,
            self.desk,
            self.clock,
            on_gone=self._note_gone,
            on_back=self._note_back,
            suggest=self.desk.suggest,
            **options,
        )
        self._stack.push_async_callback(platform.stop)
        return platform

    async def _note_gone(self, address: Address) -> None:
        self.gone.append(address)
        self.heard.set()

    async def _note_back(self, address: Address) -> None:
        self.back.append(address)
        self.heard.set()


@pytest.fixture
async def bots() -> AsyncIterator[Bots]:
    """A local Discord with one server that has a channel and a thread in it; no bot yet."""
    async with FakeDiscord() as discord, AsyncExitStack() as stack:
        discord.gateway.guilds.append(
            payloads.guild(
                payloads.GUILD,
                [payloads.text_channel(payloads.CHANNEL, payloads.GUILD)],
                [payloads.thread("700000000000000044", payloads.CHANNEL, payloads.GUILD)],
            )
        )
        yield Bots(discord, stack)
        assert discord.faults == [], "the bot sent what Discord's description does not allow"


@pytest.fixture
def discord(bots: Bots) -> FakeDiscord:
    """The local Discord itself."""
    return bots.discord


@pytest.fixture
def channel() -> Callable[..., Address]:
    """The address of a channel of the local server, or of its thread."""

    def address(chat: str = payloads.CHANNEL, thread: str | None = None) -> Address:
        return Address("discord", payloads.BOT, chat, thread)

    return address
