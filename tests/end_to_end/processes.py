"""Other processes for the tests: the program itself, and the chat servers that it speaks to."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from adapters.ctgov.sandbox import SandboxServer
from tests.end_to_end.house import SECRET_KEY
from tests.fakes.discord import payloads
from tests.fakes.telegram import TOKEN as TELEGRAM_TOKEN
from tests.forked import Forked

PATIENCE = 60.0
"""Seconds to wait for what a process is to do; machines that test much at once are slow."""

ANSWERS_AFTER = 0.15
"""Seconds after which the chat servers answer what they have taken."""

DISCORD_TOKEN = ".".join(
    (base64.b64encode(payloads.BOT.encode()).decode().rstrip("="), "made_up", "for-tests-" * 4)
)
"""Of the shape that real ones have, put together here so that nobody takes it for one."""


class Process:
    """A child process whose output and log are read line by line as they come."""

    def __init__(self, child: Forked) -> None:
        self.output: list[str] = []
        self.errors: list[str] = []
        self._child = child
        self._news = asyncio.Condition()
        self._open = 2
        """How many of its two streams have not ended."""
        self._readers = [
            asyncio.create_task(self._read(child.output, self.output)),
            asyncio.create_task(self._read(child.errors, self.errors)),
        ]

    @classmethod
    async def start(
        cls,
        module: str,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        fresh: bool = False,
    ) -> Self:
        """Start ``python -m MODULE ARGUMENTS`` in the repository; of our settings only these.

        ``fresh``: with only what it loads itself, for measuring its memory.
        """
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("TRIALBELL_")}
        return cls(
            await Forked.start(module, arguments, {**inherited, **(environment or {})}, fresh=fresh)
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.kill()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._child.pid

    @property
    def over(self) -> bool:
        """Whether it has ended and all that it wrote is read."""
        return self._open == 0

    async def until(self, done: Callable[[], object], patience: float = PATIENCE) -> None:
        """Wait until a line that it writes makes this true. Fails with its log if none does."""
        try:
            async with asyncio.timeout(patience), self._news:
                await self._news.wait_for(lambda: done() or self.over)
        except TimeoutError:
            raise AssertionError(f"it did not happen:\n{self.log_text()}") from None
        assert done(), f"the process ended:\n{self.log_text()}"

    def log(self, event: str, **bound: object) -> list[dict[str, Any]]:
        """The lines of its log with this event and these keys."""
        lines = [json.loads(line) for line in self.errors if line.startswith("{")]
        return [
            line
            for line in lines
            if line["event"] == event and all(line.get(k) == v for k, v in bound.items())
        ]

    async def logged(self, event: str, *, times: int = 1, **bound: object) -> dict[str, Any]:
        """Wait for such a line in its log, and return the first."""
        await self.until(lambda: len(self.log(event, **bound)) >= times)
        return self.log(event, **bound)[0]

    def log_text(self) -> str:
        """All that it wrote to standard error."""
        return "\n".join(self.errors)

    async def kill(self) -> None:
        """``kill -9``, and wait until it is gone."""
        self._child.signal(signal.SIGKILL)
        await self.ended()

    def freeze(self) -> None:
        """Stop it in the middle of whatever it does (SIGSTOP), until ``thaw``."""
        self._child.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on as if no time had passed; it may have been killed meanwhile."""
        self._child.signal(signal.SIGCONT)

    async def terminate(self) -> int:
        """Ask it to stop (SIGTERM), wait for it, and give its exit code."""
        self._child.signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """Wait until it has ended and all that it wrote is read; give its exit code."""
        code = await asyncio.wait_for(self._child.ended(), PATIENCE)
        await asyncio.gather(*self._readers)
        return code

    async def _read(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        while raw := await stream.readline():
            lines.append(raw.decode().rstrip("\n"))
            async with self._news:
                self._news.notify_all()
        async with self._news:
            self._open -= 1
            self._news.notify_all()


class ChatServer:
    """A chat platform in a process of its own, which outlives a bot that is killed."""

    def __init__(self, platform: str, process: Process, url: str) -> None:
        self.platform = platform
        self.url = url
        self._process = process
        self._entries: list[dict[str, Any]] = []

    def url_for(self, caller: str) -> str:
        """The address by which it knows who calls."""
        origin, slash, path = self.url.removeprefix("http://").partition("/")
        return f"http://{origin}/from-{caller}{slash}{path}"

    @property
    def entries(self) -> list[dict[str, Any]]:
        """What it wrote down of each message that it took, in the order of arrival."""
        lines = self._process.output
        self._entries += [json.loads(lines[at]) for at in range(1 + len(self._entries), len(lines))]
        return self._entries

    @property
    def count(self) -> int:
        """How many messages it was given, doubles included."""
        return len(self._process.output) - 1

    async def took(self, count: int) -> None:
        """Wait until it was given so many messages in all."""
        await self._process.until(lambda: self.count >= count)

    async def until(self, done: Callable[[], object], patience: float = PATIENCE) -> None:
        """Wait until a message that it is given makes this true."""
        await self._process.until(done, patience)


@asynccontextmanager
async def telegram(delay: float = ANSWERS_AFTER) -> AsyncIterator[ChatServer]:
    """A Bot API that takes every token."""
    async with _chat_server("telegram", delay) as process:
        yield ChatServer("telegram", process, json.loads(process.output[0])["url"])


@asynccontextmanager
async def discord(delay: float = ANSWERS_AFTER) -> AsyncIterator[ChatServer]:
    """A Discord that takes every token."""
    async with _chat_server("discord", delay) as process:
        yield ChatServer("discord", process, process.output[0])


@asynccontextmanager
async def _chat_server(platform: str, delay: float) -> AsyncIterator[Process]:
    # Its log is its standard output, behind the line with its address: each entry is heard of.
    arguments = ("--delay", str(delay), "--log", "/dev/stdout")
    async with await Process.start(f"tests.fakes.{platform}", *arguments) as process:
        await process.until(lambda: process.output)
        yield process


async def run_program(
    folder: Path,
    database_url: str,
    registry: SandboxServer,
    telegram: ChatServer,
    discord: ChatServer,
    name: str = "alive",
    rate: float = 50,
    fresh: bool = False,
    **more: str,
) -> Process:
    """Start ``trialbell run`` with both platforms; a second one on a database needs a name.

    By that name the chat servers know who calls, and the registry as the contact of who asks.
    ``more`` are other settings, with their whole names; ``fresh`` as for any process.
    """
    environment = {
        "TRIALBELL_DATABASE_URL": database_url,
        "TRIALBELL_REGISTRY_URL": registry.url,
        "TRIALBELL_REGISTRY_RATE": str(rate),
        "TRIALBELL_POLL_INTERVAL": "1",
        "TRIALBELL_MASS_CHANGE_AT_LEAST": "100000",  # here every trial changes every day
        "TRIALBELL_TELEGRAM_TOKEN": TELEGRAM_TOKEN,
        "TRIALBELL_TELEGRAM_API_URL": telegram.url_for(name),
        "TRIALBELL_DISCORD_TOKEN": DISCORD_TOKEN,
        "TRIALBELL_DISCORD_API_URL": discord.url_for(name),
        "TRIALBELL_OPERATOR_CONTACT": name,
        "TRIALBELL_SECRET_KEY": SECRET_KEY,
        "TRIALBELL_ALIVE_FILE": str(folder / name),
        **more,
    }
    return await Process.start("trialbell", "run", environment=environment, fresh=fresh)
