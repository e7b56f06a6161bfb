"""A whole Trialbell in the test's own process: real HTTP to a sandbox, a real database."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from adapters.ctgov.sandbox import SandboxServer
from bot.domain.address import Address
from bot.domain.commands.request import Request, parse_line
from bot.domain.message import Message
from bot.domain.settings.chat import Audience, ChatSettings
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from trialbell.clock import SystemClock
from trialbell.settings import Settings
from trialbell.wiring import Core, open_registry, open_store

YOU = Address("terminal", "local", "you")
SECRET_KEY = "a key that only the tests know, long enough"


def settings(server: SandboxServer, database_url: str) -> Settings:
    """Settings for a registry on this machine, with nothing of the environment's."""
    return Settings(
        _env_file=None,
        registry_url=server.url,
        registry_rate=50,
        database_url=database_url,
        secret_key=SecretStr(SECRET_KEY),
        telegram_token=None,
        discord_token=None,
        subscriptions_per_chat=10_000,
    )


@asynccontextmanager
async def house(
    server: SandboxServer,
    folder: Path,
    rate: float = 50,
    *,
    database_url: str | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[Core]:
    """A core over this sandbox and an SQLite file in this folder, or the database that is named."""
    given = settings(server, database_url or f"sqlite:///{folder / 'house.db'}")
    given.registry_rate = rate
    clock, chance = clock or SystemClock(), random.Random(7)
    async with open_store(given) as store, open_registry(given, clock, chance) as registry:
        yield Core(given, store, registry, clock, chance)


async def for_work(core: Core, address: Address = YOU) -> None:
    """The chat follows trials for its work: it is told of dates and numbers too."""
    chat = await core.store.chats.chat(address)
    await core.store.chats.configure(chat.id, ChatSettings(audience=Audience.PROFESSIONAL))


async def say_to(core: Core, line: str, address: Address = YOU, *, private: bool = True) -> Message:
    """Give a command as a person would, and get the one message that answers it."""
    parsed = parse_line(line)
    assert parsed is not None, line
    request = Request(command=parsed[0], text=parsed[1], address=address, private=private)
    (answer,) = await core.desk.answer(request)
    return answer


async def send_all(core: Core, messenger: Messenger) -> int:
    """Send what is due through this messenger, and give how many notices were claimed."""
    lease = await core.store.leases.acquire(f"send:{messenger.platform}", "test", 60)
    assert lease is not None
    claimed = await core.deliverer(messenger).run_until_paid(lease)
    await core.store.leases.release(lease)
    return claimed
