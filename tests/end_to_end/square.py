"""What stands around several Trialbells: a registry, two chat platforms, people who ask."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import msgspec
import psycopg
from aiohttp import web

from adapters.ctgov.sandbox import SandboxServer
from tests.end_to_end import processes, town
from tests.end_to_end.house import house
from tests.end_to_end.processes import ChatServer

ASKS_EVERY = 0.5
"""Seconds between people's questions, so that the rate is used up by two processes at once."""

STRANGERS = range(700_000_001, 700_000_041)
"""Chats that follow nothing, and ask for trials that the registry has to be asked for."""

SOON = 6.0
"""Seconds to wait at most for the onset of what is to be struck at: somebody may first have to take
over, read and begin to send. Too few, and the blows fall while nothing is under way."""


class Done(msgspec.Struct, frozen=True):
    """Something that arrived: when, at what, and of which process."""

    at: float
    right: str
    life: str
    chat: int | None = None
    """On Telegram: whom it was sent to."""


class Square:
    """What stands around the three: the chat servers, and a registry that notes who asks."""

    def __init__(
        self, registry: SandboxServer, telegram: ChatServer, discord: ChatServer, url: str
    ) -> None:
        self.registry, self.telegram, self.discord = registry, telegram, discord
        self.asked: list[Done] = []
        self.day = 0
        self._url = url
        self._read = asyncio.Event()
        registry.fault = self._note

    def next_day(self) -> None:
        """The registry's data move, and every trial with them."""
        assert self.registry.sandbox.step()
        self.day += 1

    def _note(self, request: web.Request) -> None:
        """Note who asked what; it is answered as ever."""
        reads = request.path.endswith("/studies")
        life = request.headers["User-Agent"].partition("+")[2].rstrip(")")
        self.asked.append(Done(time.monotonic(), "reading" if reads else "asking", life))
        if reads:
            self._read.set()

    async def heard(self, amid: str, count: int) -> None:
        """Until so many more messages are sent there, or something is read; not for long."""
        server = {"telegram": self.telegram, "discord": self.discord}.get(amid)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SOON):
                if server is not None:
                    await server.took(server.count + count)
                else:
                    self._read.clear()
                    await self._read.wait()

    async def ask(self) -> None:
        """People ask for trials, until cancelled."""
        async with httpx.AsyncClient() as client:
            for chat, number in zip(itertools.cycle(STRANGERS), itertools.count(1), strict=False):
                asked = {"chat_id": chat, "text": f"/trial NCT{90_000_000 + number}"}
                await client.post(f"{self.telegram.url}/type", json=asked)
                await asyncio.sleep(ASKS_EVERY)

    def claimed(self) -> Counter[str]:
        """How many notices each platform's sender has taken and not settled."""
        return self.counted("state = 'claimed'")

    def counted(self, condition: str) -> Counter[str]:
        """How many notices there are by platform."""
        query = f"""SELECT bots.platform, count(*) FROM notices
            JOIN bots ON bots.id = notices.bot_id WHERE {condition} GROUP BY bots.platform"""
        with psycopg.connect(self._url) as connection:
            return Counter(dict(connection.execute(query.encode()).fetchall()))

    def done(self) -> list[Done]:
        """All that was sent and read, in order."""
        sent = [
            Done(entry["arrived"], server.platform, entry["caller"], entry.get("chat_id"))
            for server in (self.telegram, self.discord)
            for entry in server.entries
        ]
        return sorted((*sent, *self.asked), key=lambda one: one.at)


@asynccontextmanager
async def square(days: int, url: str, folder: Path) -> AsyncIterator[Square]:
    """The surroundings, with everybody following as many trials as they do."""
    async with (
        SandboxServer(town.sandbox(days)) as registry,
        processes.telegram() as telegram,
        processes.discord() as discord,
    ):
        async with house(registry, folder, database_url=url) as core:
            await town.follow_all(core)
        yield Square(registry, telegram, discord, url)
