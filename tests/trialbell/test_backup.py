"""A backup made while Trialbell runs, and what is told after it is taken back."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.address import Address
from bot.domain.notice import NoticeState
from bot.domain.study import CTGOV
from bot.ports.store_errors import StoreError
from storage import tables
from storage.alone import alone
from storage.sealed import WrongSecret
from storage.store import SqlStore
from tests.bot.services.owing import pay
from tests.bot.services.support import numbers
from tests.fakes.messenger import RecordingMessenger
from tests.postgres import TOOLS
from tests.studies import (
    DAY,
    NOW,
    PARSERS,
    TELEGRAM,
    absorb,
    changed,
    follower,
    lease,
    read,
    status,
    study,
    telegram,
)
from trialbell.backup import backup, restore
from trialbell.clock import SystemClock
from trialbell.mend import Mendable
from trialbell.secret import load_secret
from trialbell.settings import Settings

CHATS = 3


@pytest.fixture
def settings(store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings for a migrated database whose key is in a file."""
    monkeypatch.setenv("PATH", f"{TOOLS}{os.pathsep}{os.environ['PATH']}")
    return Settings(
        _env_file=None,
        database_url=store_url,
        secret_key=None,
        secret_key_file=tmp_path / "keys" / "secret.key",
    )


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[SqlStore]:
    """A store, as one process has it."""
    keys = load_secret(settings)
    store = await SqlStore.open(settings.database_url, keys, parsers=PARSERS)
    try:
        yield store
    finally:
        await store.close()


async def take_back(settings: Settings, file: Path | None, **how: bool) -> str:
    """What the operator is told by ``trialbell restore``."""
    how = {"force": True, "send": False, "drop": False} | how
    return "\n".join(await restore(settings, file, **how))


class Chats:
    """What each chat was told since the beginning, whatever became of the database."""

    def __init__(self) -> None:
        self.told: Counter[tuple[Address, str]] = Counter()

    async def pay(self, store: SqlStore) -> int:
        """Send all that is due now."""
        messenger = RecordingMessenger(*TELEGRAM)
        clock = SystemClock()
        await pay(store, messenger, clock)
        for where, message in messenger.sent:
            self.told[where, f"{numbers([message])[0]} {message.sections}"] += 1
        return len(messenger.sent)


async def backed_up(settings: Settings, file: Path, chats: Chats) -> None:
    """Chats that were told of one change, a backup with a second one owed, and it told."""
    async with opened(settings) as store:
        for trial in (1, 2, 3):
            await absorb(store, read(study(trial)), day=DAY - timedelta(days=1))
        for one in range(1, CHATS + 1):
            await follower(store, telegram(one), 1, 2, 3)
        await absorb(store, changed(1))
        assert await chats.pay(store) == CHATS
        await absorb(store, changed(2))
        await store.readings.complete(CTGOV, NOW, NOW)
        held = await lease(store)
        await store.notices.claim(held, *TELEGRAM, busy=[], limit=1, now=SystemClock().now())
        await backup(settings, file)
        await store.notices.reclaim(held, *TELEGRAM)
        await store.leases.release(held)
        assert await chats.pay(store) == CHATS
        await absorb(store, changed(3))
        assert await chats.pay(store) == CHATS


async def catch_up(store: SqlStore, days: int) -> None:
    """The first reading after the restore: it finds again what was found since the backup."""
    day = NOW + timedelta(days=days)
    await absorb(store, changed(3, day=day.date()), day=day.date(), now=day)
    await store.readings.complete(CTGOV, day, day)


async def news(store: SqlStore, trial: int, days: int) -> None:
    """A change that nobody was told of before."""
    day = DAY + timedelta(days=days)
    await absorb(store, changed(trial, status("TERMINATED", "COMPLETED"), day=day), day=day)


async def test_restored_one_tells_nothing_twice(settings: Settings, tmp_path: Path) -> None:
    """What was owed at the backup or is found again by the first reading waits, and can be
    dropped; what comes later is told."""
    chats, file = Chats(), tmp_path / "backup"
    await backed_up(settings, file, chats)
    said = await take_back(settings, file)
    assert f"waited when it was made: {CHATS}." in said
    assert "Nothing of it is sent until you decide" in said
    async with opened(settings) as store:
        assert await chats.pay(store) == 0
        await catch_up(store, 1)
        assert await chats.pay(store) == 0
        assert await store.holding.held() == 2 * CHATS
        await news(store, 1, 2)
        assert await chats.pay(store) == CHATS
    assert f"dropped: {2 * CHATS}." in await take_back(settings, None, drop=True)
    async with opened(settings) as store:
        assert await chats.pay(store) == 0
        await news(store, 2, 3)
        assert await chats.pay(store) == CHATS
    assert set(chats.told.values()) == {1}


async def test_held_can_be_sent_and_is_counted_as_possibly_double(
    settings: Settings, tmp_path: Path
) -> None:
    """Whoever would rather tell twice than not at all sends what is held, in sight."""
    chats, file = Chats(), tmp_path / "backup"
    await backed_up(settings, file, chats)
    await take_back(settings, file)
    async with opened(settings) as store:
        await catch_up(store, 1)
    assert f"sent now: {2 * CHATS}." in await take_back(settings, None, send=True)
    async with opened(settings) as store:
        assert await chats.pay(store) == 2 * CHATS
        debts = await store.notices.debts(NOW)
        assert debts.possibly_double == 2 * CHATS
        assert debts.by_state == {NoticeState.SENT: 3 * CHATS}


async def test_dropping_before_the_first_reading_holds_what_it_finds(
    settings: Settings, tmp_path: Path
) -> None:
    """A decision of before says nothing of what nobody knows yet, and says so."""
    chats, file = Chats(), tmp_path / "backup"
    await backed_up(settings, file, chats)
    said = await take_back(settings, file, drop=True)
    assert f"dropped: {CHATS}." in said
    assert "What the first reading finds is held still" in said
    async with opened(settings) as store:
        await catch_up(store, 1)
        assert await chats.pay(store) == 0
        assert await store.holding.held() == CHATS


async def test_wide_debt_is_held_too(settings: Settings, tmp_path: Path) -> None:
    """Chats whose turn had not come when the backup was made are held like the others."""
    many, file = 1200, tmp_path / "backup"
    async with opened(settings) as store:
        await absorb(store, read(study(1)), day=DAY - timedelta(days=1))
        await crowd(store, many)
        assert await absorb(store, changed(1)) == 1000
        await backup(settings, file)
    assert f"made: {many}." in await take_back(settings, file)
    async with opened(settings) as store:
        await absorb(store, changed(1, day=DAY + timedelta(days=1)), day=DAY + timedelta(days=1))
        await store.readings.complete(CTGOV, NOW, NOW)
        assert await store.notices.spread(1000, NOW) == many - 1000
        assert await store.holding.held() == 2 * many
        assert (await store.notices.debts(NOW)).by_state == {NoticeState.HELD: 2 * many}


async def crowd(store: SqlStore, count: int) -> None:
    """So many followers of trial 1, made at once."""
    await follower(store, telegram(1), 1)
    async with store._database.write() as connection:
        ids = range(2, count + 1)
        rows = [
            {"id": one, "bot_id": 1, "mark": str(one).encode(), "chat": str(one)} for one in ids
        ]
        await connection.execute(tables.chats.insert(), rows)
        follows = [{"chat_id": one, "study_id": 1, "kinds": -1, "since": DAY} for one in ids]
        await connection.execute(tables.subscriptions.insert(), follows)


async def test_backup_is_whole_private_and_without_the_key(
    settings: Settings, tmp_path: Path
) -> None:
    """While others write, the file is one moment's; only its owner reads it; no key is in it."""
    file, chats = tmp_path / "backup", Chats()
    async with opened(settings) as store:
        await absorb(store, read(study(1)), day=DAY - timedelta(days=1))
        await follower(store, telegram(-1009007199254740993), 1)
        stop = asyncio.Event()

        async def write() -> int:
            count = 0
            while not stop.is_set():
                count += 1
                await absorb(store, changed(1, cause=f"reading-{count + 1}"))
            return count

        writing = asyncio.create_task(write())
        await backup(settings, file)
        stop.set()
        written = await writing
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    everything = file.read_bytes()
    assert load_secret(settings)()[0] not in everything
    assert b"9007199254740993" not in everything
    with pytest.raises(StoreError, match="exists already"):
        await backup(settings, file)
    await take_back(settings, file)
    async with opened(settings) as store:
        history = await store.studies.history(study(1).key)
        assert 0 < len(history) <= written + 1
        assert await store.holding.held() == len(history) - 1
        assert await chats.pay(store) == 0
        taken = await store.leases.acquire("send", "another", 5)
        assert taken is not None


async def test_database_in_use_or_not_empty_is_not_overwritten(
    settings: Settings, tmp_path: Path
) -> None:
    """Without --force nothing is replaced, and beside a running Trialbell nothing at all."""
    file, chats = tmp_path / "backup", Chats()
    await backed_up(settings, file, chats)
    with pytest.raises(StoreError, match="--force"):
        await take_back(settings, file, force=False)
    async with opened(settings) as store:
        assert await chats.pay(store) == 0
        with (
            alone(settings.database_url),
            pytest.raises(StoreError, match=r"already runs|somebody works"),
        ):
            await take_back(settings, file)
        assert (await store.notices.debts(NOW)).by_state == {NoticeState.SENT: 3 * CHATS}


async def test_empty_database_is_filled_without_force(
    settings: Settings, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """On a new machine the backup and the key are enough."""
    file, chats = tmp_path / "backup", Chats()
    await backed_up(settings, file, chats)
    if settings.database_url.startswith("sqlite"):
        empty = f"sqlite:///{tmp_path / 'new' / 'new.db'}"
    else:
        empty = request.getfixturevalue("postgres").new_database()
    new = settings.model_copy(update={"database_url": empty})
    await take_back(new, file, force=False)
    async with opened(new) as store:
        assert await store.holding.held() == CHATS
        assert await store.chats.find(telegram(1)) is not None


async def test_backup_of_another_key_or_no_backup_changes_nothing(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    """What cannot be used is refused in words before the database is touched."""
    file, chats = tmp_path / "backup", Chats()
    url = f"sqlite:///{tmp_path / 'store.db'}"
    shutil.copy(migrated_sqlite, tmp_path / "store.db")
    settings = Settings(_env_file=None, database_url=url, secret_key_file=tmp_path / "key")
    await backed_up(settings, file, chats)
    other = settings.model_copy(update={"secret_key_file": tmp_path / "another.key"})
    with pytest.raises(WrongSecret):
        await take_back(other, file)
    junk = tmp_path / "junk"
    junk.write_text("Dear diary, " * 1000)
    with pytest.raises(StoreError, match="no database of Trialbell"):
        await take_back(settings, junk)
    damaged = tmp_path / "damaged"
    damaged.write_bytes(file.read_bytes()[:8192] + b"\x55" * 20000)
    with pytest.raises(StoreError, match="damaged"):
        await take_back(settings, damaged)
    with pytest.raises(StoreError, match="there is no file"):
        await take_back(settings, tmp_path / "nothing")
    later = tmp_path / "later"
    later.write_bytes(file.read_bytes())
    with sqlite3.connect(later) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match="later release"):
        await take_back(settings, later)
    with pytest.raises(Mendable, match="Name the backup"):
        await take_back(settings, None)
    async with opened(settings) as store:
        assert (await store.notices.debts(NOW)).by_state == {NoticeState.SENT: 3 * CHATS}
    left = {name for name in os.listdir(tmp_path) if name.startswith("store.db")}  # noqa: PTH208 - short
    assert left == {"store.db", "store.db.lock"}


async def test_postgresql_without_its_tools_is_told_what_to_run(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where pg_dump is missing the operator hears what to run, without the password."""
    if settings.database_url.startswith("sqlite"):
        return
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match=r"pg_dump is not installed here.*PGPASSWORD") as told:
        await backup(settings, tmp_path / "backup")
    assert settings.database_url not in str(told.value)
    assert not (tmp_path / "backup").exists()
