"""After a busy hour: what the files, the log and the metrics give away of who follows what."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import os
import random
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import psycopg
import pytest
import structlog
from psycopg import sql
from pydantic import SecretStr

from adapters.ctgov.parse import parse
from adapters.ctgov.registry import CtgovRegistry
from adapters.ctgov.sandbox import SandboxServer
from adapters.prometheus.site import Site
from adapters.prometheus.telemetry import PrometheusTelemetry
from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import ChatGone, ChatMoved, Outcome, PerhapsDelivered, Refused, TryLater
from bot.domain.study import CTGOV
from storage.store import SqlStore
from tests.bot.services.support import FIRST, Refreshing
from tests.end_to_end.house import say_to, send_all
from tests.fakes.ctgov import HurriedClock
from tests.fakes.messenger import RecordingMessenger
from tests.postgres import TOOLS
from tests.records import record
from tests.studies import SECRET
from trialbell.backup import backup
from trialbell.clock import SystemClock
from trialbell.logs import set_up_logs
from trialbell.settings import Settings
from trialbell.wiring import Core

TELEGRAM_TOKEN = "7000000001:AAHd8Kq3mZx5vW2nR9tY6uP1sL4jG7fE0cB"
DISCORD_TOKEN = "MTA5NzE2ODUxNzE4MTUyNDAwMA.GhTq1x.zX3bYV0a9sD8f7G6h5J4k3L2m1N0p9Q8r7S6t5"
OPERATOR_KEY = "a key that only this test knows, and long"

GROUP, MOVED_TO = "-1009007199254740993", "-1008008008008008008"
PEOPLE = (
    *(Address("telegram", "7000000001", str(9_007_199_254 + at)) for at in range(6)),
    Address("telegram", "7000000001", GROUP, "480217"),
    *(
        Address("discord", "1100000000000000001", str(1_234_567_890_123_456_789 + at))
        for at in range(6)
    ),
)
TYPED = ("quagga", "zebra", "sarcoma of my sister", "plz help")
"""What people typed that is in no record of the registry."""


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is logged at the most talkative level; logs are as they were at the end."""
    root = logging.getLogger()
    handlers, level, stream = root.handlers, root.level, io.StringIO()
    before = structlog.get_config()
    with contextlib.redirect_stderr(stream):
        set_up_logs("DEBUG", pretty=False)
    # A logger that keeps its way of logging would keep this one, for all tests that come after.
    structlog.configure(cache_logger_on_first_use=False)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.configure(**before)


@asynccontextmanager
async def measured_house(server: SandboxServer, url: str) -> AsyncIterator[Core]:
    """A core that is measured, with tokens in its settings."""
    settings = Settings(
        _env_file=None,
        registry_url=server.url,
        database_url=url,
        secret_key=SecretStr(OPERATOR_KEY),
        telegram_token=SecretStr(TELEGRAM_TOKEN),
        discord_token=SecretStr(DISCORD_TOKEN),
    )
    store = await SqlStore.open(settings.database_url, SECRET, parsers={CTGOV: parse})
    registry = CtgovRegistry(server.url, rate=1000, clock=HurriedClock(), random=random.Random(7))
    clock = HurriedClock()
    clock.time = SystemClock().now()
    telemetry = PrometheusTelemetry()
    try:
        yield Core(settings, store, registry, clock, random.Random(7), telemetry=telemetry)
    finally:
        await registry.close()
        await store.close()


def days() -> Refreshing:
    """Three days on which every trial changes."""
    steps = [
        (at, [record(one, FIRST, status=status) for one in range(1, 9)])
        for at, status in enumerate(("RECRUITING", "SUSPENDED", "TERMINATED"))
    ]
    return Refreshing(*steps)


async def talk(core: Core) -> None:
    """Everybody types something: what works, what does not, and what is nobody's business."""
    for at, person in enumerate(PEOPLE):
        for line in (
            "/follow sarcoma",
            "/follow NCT00000001",
            *(["consent"] if at % 5 else []),
            f"/follow {TYPED[at % len(TYPED)]}",
            f"confirm {TYPED[at % len(TYPED)]}",
            f"/follow NCT0000000{at % 8 + 1}",
            f"/search {TYPED[(at + 1) % len(TYPED)]}",
            "/following",
            "/history NCT00000001",
            "/unfollow 99",
        ):
            with contextlib.suppress(AssertionError, ValueError):  # some lines are no command
                await say_to(core, line, person)


def answering(address: Address, _: Message) -> Outcome | None:
    """Platforms that answer in all ways, and say too much when they refuse."""
    match int(address.chat) % 7:
        case 1:
            return ChatGone("Forbidden: bot was blocked by the user")
        case 2:
            return TryLater("Too Many Requests", after=3)
        case 3:
            return PerhapsDelivered("timed out")
        case 4:
            return Refused("message is too odd")
        case 5 if address.chat == GROUP:
            return ChatMoved(Address(address.platform, address.bot, MOVED_TO))
        case 6:
            raise RuntimeError(f"could not send to {address}")
    return None


async def busy_hour(server: SandboxServer, core: Core) -> str:
    """Reading, talking, sending, failing. Returns what the metrics say at the end."""
    assert isinstance(core.clock, HurriedClock)
    await core.reader.look()
    await talk(core)
    await core.baselines.run(asyncio.Event())
    sent = 0
    while server.sandbox.step():
        core.clock.time += timedelta(hours=1)
        assert await core.reader.look() is not None
        for platform, bot in {(one.platform, one.bot) for one in PEOPLE}:
            messenger = RecordingMessenger(platform, bot)
            messenger.script = answering
            await send_all(core, messenger)
            sent += len(messenger.sent)
    assert sent
    assert isinstance(core.telemetry, PrometheusTelemetry)
    site = Site(core.telemetry, core.store, CTGOV, SystemClock(), host="127.0.0.1", port=0)
    async with site, httpx.AsyncClient() as client:
        return (await client.get(f"{site.url}/metrics")).text


async def test_nothing_of_people_is_in_files_log_or_metrics(
    store_url: str, tmp_path: Path, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No chat, place, typed word, token or key is anywhere that it need not be."""
    monkeypatch.setenv("PATH", f"{TOOLS}{os.pathsep}{os.environ['PATH']}")
    async with SandboxServer(days()) as server, measured_house(server, store_url) as core:
        metrics = await busy_hour(server, core)
        await backup(core.settings, tmp_path / "backup")
        during = await asyncio.to_thread(everything, store_url, tmp_path)
    after = await asyncio.to_thread(everything, store_url, tmp_path)
    log = logged.getvalue().lower().encode()
    assert b"nct00000001" in during
    assert b"notice could not be told" in log
    assert b"trialbell_sends_total" in metrics.encode()
    secrets = [TELEGRAM_TOKEN, DISCORD_TOKEN, OPERATOR_KEY, SECRET.decode(), MOVED_TO[1:]]
    secrets += [one.chat.lstrip("-") for one in PEOPLE] + ["480217", *TYPED]
    for where in (during, after, log, metrics.lower().encode()):
        for one in secrets:
            assert one.lower().encode() not in where
            assert one.encode().hex().encode() not in where


def everything(url: str, folder: Path) -> bytes:
    """All bytes of the database and of its backup, in lower case."""
    if url.startswith("sqlite"):
        return b"".join(one.read_bytes() for one in folder.iterdir()).lower()
    dump = ("pg_restore", "--file=-", folder / "backup")
    backed_up = subprocess.run(dump, capture_output=True, check=True).stdout
    return b"".join((*tables(url), backed_up)).lower()


def tables(url: str) -> Iterator[bytes]:
    """The rows of every table as PostgreSQL keeps them: sealed columns are bytes there."""
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (name,) in names.fetchall():
            whole = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(name))
            with connection.cursor().copy(whole) as rows:
                yield from map(bytes, rows)
