"""What the tests of this room share: a clock that does not wait, and a desk of a few lines."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from adapters.telegram.platform import TelegramPlatform
from bot.domain.address import Address
from bot.domain.commands.request import Request
from bot.domain.instant import Entries, Typed
from bot.domain.message import Button, Message
from tests.fakes.telegram import TOKEN, FakeTelegram

BOT_ID = TOKEN.partition(":")[0]


class QuickClock:
    """Goes on by what it is asked to sleep, at once. ``slept`` are the waits asked for."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 1, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        """The moment that was reached."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that only go on."""
        return self._now.timestamp()

    async def sleep(self, seconds: float) -> None:
        """Go on by so much, letting others run."""
        self.slept.append(seconds)
        self._now += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    async def wait_for(self, event: asyncio.Event, seconds: float) -> bool:
        """Go on by so much; whether the event is set."""
        await self.sleep(seconds)
        return event.is_set()


class Desk:
    """Says what it was asked, with a button that asks for the trial again."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.error: Exception | None = None
        self.button = Button("Again", action="trial NCT00902044")

    async def __call__(self, request: Request) -> tuple[Message, ...]:
        """The injected front desk."""
        self.asked.append(request)
        if self.error is not None:
            raise self.error
        return (Message(title=f"{request.command}|{request.text}", buttons=(self.button,)),)


def chat(number: int | str = 7, thread: str | None = None) -> Address:
    """A chat of the fake's bot."""
    return Address("telegram", BOT_ID, str(number), thread)


class Find:
    """Answers while somebody types with the same entries; waits for ``may_go`` for ``slow``."""

    def __init__(self) -> None:
        self.entries = Entries(label="Type on", payload="help")
        self.typed: list[Typed] = []
        self.asked = asyncio.Event()
        self.may_go = asyncio.Event()
        self.may_go.set()
        self.slow: str | None = None
        """The person who waits; None where everybody does."""

    async def __call__(self, typed: Typed) -> Entries:
        """What is asked at once."""
        self.typed.append(typed)
        self.asked.set()
        if self.slow in (None, typed.person):
            await self.may_go.wait()
        return self.entries


class Heard:
    """Notes the addresses that it is told of."""

    def __init__(self) -> None:
        self.addresses: list[Address] = []
        self.event = asyncio.Event()

    async def __call__(self, address: Address) -> None:
        """One chat came or went."""
        self.addresses.append(address)
        self.event.set()


class RunningBot:
    """A bot, not started yet, and all that is round it."""

    def __init__(self, fake: FakeTelegram) -> None:
        self.desk = Desk()
        self.clock = QuickClock()
        self.gone = Heard()
        self.back = Heard()
        self.find = Find()
        self.moved: list[tuple[Address, Address]] = []
        self.platform = TelegramPlatform(
            fake.token,
            fake.url,
            self.desk,
            self.clock,
            on_gone=self.gone,
            on_back=self.back,
            on_moved=self._note_move,
            find=self.find,
            timeout=2.0,
        )

    async def _note_move(self, old: Address, new: Address) -> None:
        self.moved.append((old, new))
