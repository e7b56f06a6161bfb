"""A new key takes over from an old one, beside a running Trialbell."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from pydantic import SecretStr

from bot.domain.address import Address
from bot.services.deliver import Deliverer
from storage.chats import keep_bot, mark_of_address
from storage.sealed import WrongSecret
from storage.store import SqlStore
from storage.tables import chats
from tests.bot.services.owing import running
from tests.fakes.messenger import RecordingMessenger
from tests.forked import Forked
from tests.studies import (
    ALL,
    DAY,
    PARSERS,
    TELEGRAM,
    absorb,
    changed,
    follower,
    interest,
    lease,
    read,
    study,
    telegram,
)
from trialbell.clock import SystemClock
from trialbell.keys import forget_old, rotate
from trialbell.mend import Mendable
from trialbell.secret import Keyring, KeyUnusable, load_secret
from trialbell.settings import Settings

MANY = 2000
"""Chats: ten batches, so that a kill after the first one is in the middle."""


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> Settings:
    """Settings for a migrated database whose key is in a file."""
    return Settings(
        _env_file=None,
        database_url=store_url,
        secret_key=None,
        secret_key_file=tmp_path / "keys" / "secret.key",
    )


def file_of(settings: Settings) -> Path:
    """The key file."""
    assert settings.secret_key_file is not None
    return settings.secret_key_file


@asynccontextmanager
async def opened(settings: Settings, keys: Keyring | None = None) -> AsyncIterator[SqlStore]:
    """A store, as one process has it."""
    source = keys or load_secret(settings)
    store = await SqlStore.open(settings.database_url, source, parsers=PARSERS)
    try:
        yield store
    finally:
        await store.close()


async def fill(store: SqlStore, count: int) -> None:
    """Take in so many chats at once."""
    database = store._database
    addresses = [Address(*TELEGRAM, str(one), "7") for one in range(1, count + 1)]
    async with database.write() as connection:
        bot_id = await keep_bot(connection, database, *TELEGRAM)
        rows = [
            {
                "bot_id": bot_id,
                "mark": mark_of_address(database, one),
                "chat": one.chat,
                "thread": one.thread,
            }
            for one in addresses
        ]
        await connection.execute(chats.insert(), rows)


async def test_rotation_beside_reading_and_sending(settings: Settings) -> None:
    """While a key takes over, chats come, changes are told once each, and nothing is lost."""
    said: list[str] = []
    messenger = RecordingMessenger(*TELEGRAM)
    async with opened(settings) as store:
        await absorb(store, read(study(1)))
        held = await lease(store)
        sender = Deliverer(store, messenger, SystemClock(), random.Random(7), ZoneInfo)
        rotated = asyncio.Event()
        owed = came = 0

        async def take_in() -> None:
            nonlocal owed, came
            beyond = 0
            while beyond < 5:
                came += 1
                await follower(store, telegram(-1000 - came, came), 1)
                await store.chats.follow_interest(
                    came, interest(f"zebra {came}"), kinds=ALL, since=DAY
                )
                owed += await absorb(store, changed(1, cause=f"reading-{came + 1}"))
                sender.wake.set()
                await messenger.arrived(owed)  # what piles up for a chat would be told as one
                beyond += rotated.is_set()

        async with running(sender, held), asyncio.TaskGroup() as group:
            writing = group.create_task(take_in())
            await messenger.arrived(10)
            await rotate(settings, said.append)
            rotated.set()
            await writing
        assert await store.sealing.stale() == 0
        assert "Only the newest key" in await forget_old(settings)
    assert len(messenger.sent) == owed
    told = [(where, message.facts) for where, message in messenger.sent]
    assert len({where for where, _ in told}) == came
    async with opened(settings) as store:
        assert await store.sealing.stale() == 0
        for one in range(1, came + 1):
            found = await store.chats.find(telegram(-1000 - one, one))
            assert found is not None
            assert len(await store.chats.subscriptions(found.id)) == 2
    assert said[-2].startswith("Sealed anew: ")


async def test_rotation_killed_in_the_middle_goes_on(settings: Settings) -> None:
    """After kill -9 all can be read, the old key stays, and the next call seals only the rest."""
    async with opened(settings) as store:
        await fill(store, MANY)
    first = file_of(settings).read_text()
    given = {
        "TRIALBELL_DATABASE_URL": settings.database_url,
        "TRIALBELL_SECRET_KEY_FILE": str(file_of(settings)),
    }
    process = await Forked.start("trialbell", ("keys", "rotate"), {**os.environ, **given})
    while not (line := await process.output.readline()).startswith(b"Sealed"):
        assert line, await process.errors.read()
    process.signal(signal.SIGKILL)
    await process.ended()

    assert file_of(settings).read_text().endswith(first)
    async with opened(settings) as store:
        left = await store.sealing.stale()
        assert 0 < left < MANY
        assert await store.chats.find(Address(*TELEGRAM, "1", "7")) is not None
        assert await store.chats.find(Address(*TELEGRAM, str(MANY), "7")) is not None
        with pytest.raises(Mendable, match=f"{left} rows are still sealed"):
            await forget_old(settings)
        said: list[str] = []
        await rotate(settings, said.append)
        assert said[0].startswith("Going on")
        assert f"of {left}" in said[1]
        assert await store.sealing.stale() == 0
    await forget_old(settings)
    assert len(file_of(settings).read_text().split()) == 1


async def test_running_process_meets_a_key_that_it_does_not_know(settings: Settings) -> None:
    """A program that started with the old key alone opens and writes with the new one."""
    async with opened(settings) as store:
        one = await follower(store, telegram(1))
        await store.chats.ask_consent(one, "zebra")
        await rotate(settings, lambda _: None)
        await forget_old(settings)
        found = await store.chats.find(telegram(1))
        assert found is not None
        assert found.asked == "zebra"
        await store.chats.ask_consent(one, "quagga")
        assert await store.sealing.stale() == 0


async def test_key_that_is_gone_is_refused_in_words(settings: Settings) -> None:
    """Another key, or a new one in place of a lost one, opens nothing and spoils nothing."""
    async with opened(settings) as store:
        await follower(store, telegram(1))
    kept = file_of(settings).read_text()
    file_of(settings).unlink()
    with pytest.raises(WrongSecret, match="secret key does not open"):
        await rotate(settings, lambda _: None)
    file_of(settings).write_text(kept)
    async with opened(settings) as store:
        assert await store.chats.find(telegram(1)) is not None


async def test_key_of_a_setting_is_not_rotated_but_explained(settings: Settings) -> None:
    """Where the key comes from the environment, the operator hears what to do; it then works."""
    old = "x" * 40
    by_setting = settings.model_copy(update={"secret_key": SecretStr(old)})
    async with opened(by_setting) as store:
        await follower(store, telegram(1))
    with pytest.raises(Mendable, match="Name it with TRIALBELL_SECRET_KEY_FILE"):
        await rotate(by_setting, lambda _: None)
    with pytest.raises(Mendable, match="remove TRIALBELL_SECRET_KEY"):
        await forget_old(by_setting.model_copy(update={"secret_key": SecretStr(old)}))
    file_of(settings).parent.mkdir()
    file_of(settings).write_text(f"{'n' * 40}\n{old}\n")
    await rotate(settings, lambda _: None)
    await forget_old(settings)
    assert file_of(settings).read_text().split() == ["n" * 40]
    async with opened(settings) as store:
        assert await store.chats.find(telegram(1)) is not None


async def test_rotations_at_once_lose_no_key(settings: Settings) -> None:
    """Two operators who rotate at the same moment leave every key that something needs."""
    async with opened(settings) as store:
        await fill(store, 300)
    await asyncio.gather(*(rotate(settings, lambda _: None) for _ in range(3)))
    async with opened(settings) as store:
        for one in (1, 300):
            assert await store.chats.find(Address(*TELEGRAM, str(one), "7")) is not None


def test_key_file_is_its_owners_alone_and_short_keys_are_refused(settings: Settings) -> None:
    """The file is private from the start; a line that can be guessed is refused, not used."""
    assert len(load_secret(settings)()) == 1
    assert stat.S_IMODE(file_of(settings).stat().st_mode) == 0o600
    file_of(settings).write_text(f"{'a' * 40}\nshort\n")
    with pytest.raises(KeyUnusable, match="too short"):
        load_secret(settings)


def test_running_keyring_outlives_an_unreadable_file(settings: Settings) -> None:
    """A key file that is spoilt under a running program is said to be, and changes nothing."""
    keys = load_secret(settings)
    before = keys()
    file_of(settings).write_text("spoilt")
    assert keys() == before
    file_of(settings).write_text(f"{'b' * 40}\n{before[0].decode()}\n")
    assert keys() == (b"b" * 40, *before)


async def test_address_marks_survive(settings: Settings) -> None:
    """A chat is found by the same mark before and after, and by none that the secrets give."""
    async with opened(settings) as store:
        before = mark_of_address(store._database, telegram(1))
        await rotate(settings, lambda _: None)
        assert mark_of_address(store._database, telegram(1)) == before
    async with opened(settings) as store:
        assert mark_of_address(store._database, telegram(1)) == before
        derived = store._database.vault._keys.values()
        value = msgspec.structs.astuple(telegram(1))
        for key in derived:
            store._database.vault.mark_with(key.mark_key)
            assert store._database.vault.mark("address", value) != before
