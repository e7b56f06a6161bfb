"""The database gives way in the middle of reading and of sending, and comes back."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr
from sqlalchemy import event

from adapters.ctgov.parse import parse
from adapters.ctgov.registry import CtgovRegistry
from adapters.ctgov.sandbox import SandboxServer
from bot.domain.study import CTGOV
from bot.ports.store_errors import StoreError, StoreUnavailable
from storage.migrate import migrate
from storage.store import SqlStore
from tests.bot.services.owing import chat, deliverer, owe, running, states
from tests.bot.services.support import FIRST, Refreshing, told, with_criteria
from tests.fakes.clock import HeldClock
from tests.fakes.ctgov import HurriedClock
from tests.fakes.messenger import GatedMessenger
from tests.postgres import Postgres
from tests.records import record
from tests.studies import PARSERS, SECRET, follower, key, lease
from trialbell.clock import SystemClock
from trialbell.settings import Settings
from trialbell.wiring import Core


@pytest.fixture
def file(migrated_sqlite: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file of the test's own."""
    return Path(shutil.copy(migrated_sqlite, tmp_path / "store.db"))


@asynccontextmanager
async def core_on(server: SandboxServer, url: str) -> AsyncIterator[Core]:
    """A core over a sandbox and this database."""
    store = await SqlStore.open(url, SECRET, parsers={CTGOV: parse})
    registry = CtgovRegistry(server.url, rate=1000, clock=HurriedClock(), random=random.Random(7))
    settings = Settings(_env_file=None, registry_url=server.url, secret_key=SecretStr("x" * 40))
    try:
        yield Core(settings, store, registry, HeldClock(), random.Random(7))
    finally:
        await registry.close()
        await store.close()


def two_days() -> Refreshing:
    """Two trials, of which one changes on the second day."""
    first, ended = record(1, FIRST), record(1, FIRST, status="TERMINATED")
    return Refreshing((0, [first, record(2, FIRST)]), (1, [ended, record(2, FIRST)]))


class Faulty:
    """Lets every connection of a store have a pragma, until told otherwise."""

    def __init__(self, store: SqlStore) -> None:
        self.pragma: str | None = None
        event.listen(store._database._engine.sync_engine, "checkout", self._set)

    def _set(self, connection: Any, *_: object) -> None:
        if self.pragma is not None:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA {self.pragma}")
            cursor.close()


async def test_server_restarts_amid_sending(own_postgres: Postgres) -> None:
    """What was on its way when PostgreSQL went is settled when it is back, and goes out once."""
    url = own_postgres.new_database()
    await migrate(url)
    store = await SqlStore.open(url, SECRET, parsers=PARSERS)
    await owe(store, chats=7)
    messenger = GatedMessenger(in_flight=3)
    held = await lease(store)
    async with running(deliverer(store, messenger, SystemClock()), held):
        await messenger.full.wait()
        await asyncio.to_thread(own_postgres.halt)
        messenger.gate.set()
        await messenger.arrived(3)
        with pytest.raises(StoreUnavailable):
            await store.check_writable()
        await asyncio.to_thread(own_postgres.resume)
        await messenger.arrived(7)
    assert messenger.tried == 7
    assert await states(store) == {"sent": 7}
    await store.close()


async def test_server_restarts_amid_a_reading(own_postgres: Postgres) -> None:
    """A reading that PostgreSQL breaks off is done again whole, and tells each change once."""
    url = own_postgres.new_database()
    await migrate(url)
    async with SandboxServer(two_days()) as server, core_on(server, url) as core:
        await core.reader.look()
        await follower(core.store, chat(1), 1, 2)
        assert server.sandbox.step()
        assert isinstance(core.clock, HeldClock)
        core.clock.let_pass(3600)
        halted: list[str] = []

        def halt(request: web.Request) -> web.Response | None:
            if request.path.endswith("/studies") and not halted:
                halted.append(request.path)
                own_postgres.halt()
            return None

        server.fault = halt
        with pytest.raises(StoreUnavailable):
            await core.reader.look()
        assert halted
        await asyncio.to_thread(own_postgres.resume)
        reading = await core.reader.look()
        assert reading is not None
        assert reading.fresh
        assert len(await told(core)) == 1
        assert await told(core) == []


async def test_full_disk_amid_a_reading(file: Path) -> None:
    """A reading that no longer fits is done again when there is room; nothing is half written."""
    raw = record(1, FIRST)
    long = with_criteria(raw, "\n".join(f"{random.Random(at).random()}" for at in range(30_000)))
    steps = Refreshing((0, [raw]), (1, [long]))
    async with SandboxServer(steps) as server, core_on(server, f"sqlite:///{file}") as core:
        assert isinstance(core.store, SqlStore)
        await core.reader.look()
        await follower(core.store, chat(1), 1)
        before = await core.store.studies.history(key(1))
        faulty = Faulty(core.store)
        assert server.sandbox.step()
        assert isinstance(core.clock, HeldClock)
        core.clock.let_pass(3600)
        faulty.pragma = "max_page_count=1"
        with pytest.raises(StoreUnavailable, match="its disk is full"):
            await core.reader.look()
        assert await core.store.studies.history(key(1)) == before
        faulty.pragma = "max_page_count=1000000"
        assert await core.reader.look() is not None
        assert len(await told(core)) == 1


async def test_file_that_may_not_be_written_amid_sending(file: Path) -> None:
    """While nothing can be written nothing new is sent, and what was sent is settled after."""
    store = await SqlStore.open(f"sqlite:///{file}", SECRET, parsers=PARSERS)
    await owe(store, chats=5)
    faulty, messenger = Faulty(store), GatedMessenger(in_flight=2)
    held = await lease(store)
    async with running(deliverer(store, messenger, SystemClock()), held):
        await messenger.full.wait()
        faulty.pragma = "query_only=1"
        messenger.gate.set()
        await messenger.arrived(2)
        with pytest.raises(StoreUnavailable, match="it may not be written"):
            await store.check_writable()
        assert len(messenger.sent) == 2
        faulty.pragma = "query_only=0"
        await messenger.arrived(5)
    assert messenger.tried == 5
    assert await states(store) == {"sent": 5}
    await store.close()


async def test_damaged_file_is_told_as_one(file: Path) -> None:
    """A file with bytes of something else in it ends in words that say what to do."""
    whole = await asyncio.to_thread(file.read_bytes)
    await asyncio.to_thread(file.write_bytes, whole[:4096] + b"\x55" * (len(whole) - 4096))
    with pytest.raises(StoreError, match="damaged, restore a backup") as caught:
        await SqlStore.open(f"sqlite:///{file}", SECRET, parsers=PARSERS)
    assert not isinstance(caught.value, StoreUnavailable)
