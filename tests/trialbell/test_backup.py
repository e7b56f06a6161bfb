"""A backup made while Trialbell runs, and what is told after it is taken back."""

from __future__ import annotations

import asyncio
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.notice import NoticeState
from bot.domain.study import CTGOV
from bot.ports.store_errors import StoreError
from storage import tables
from storage.store import SqlStore
from tests.studies import (
    DAY,
    NOW,
    absorb,
    changed,
    follower,
    read,
    status,
    study,
    telegram,
)
from tests.trialbell.restoring import CHATS, Chats, backed_up, opened, take_back
from trialbell.backup import backup
from trialbell.secret import load_secret
from trialbell.settings import Settings


async def catch_up(store: SqlStore, days: int) -> None:
    """The first reading after the restore: it finds again what was found since the backup."""
    day = NOW + timedelta(days=days)
    await absorb(store, changed(3, day=day.date()), day=day.date(), now=day)
    await store.readings.complete(CTGOV, day, day)


async def news(store: SqlStore, trial: int, days: int) -> None:
    """A change that nobody was told of before."""
    day = DAY + timedelta(days=days)
    await absorb(store, changed(trial, status("TERMINATED", "COMPLETED"), day=day), day=day)


async def test_restored_one_tells_nothing_twice(sealed_settings: Settings, tmp_path: Path) -> None:
    """What was owed at the backup or is found again by the first reading waits, and can be
    dropped; what comes later is told."""
    chats, file = Chats(), tmp_path / "backup"
    await backed_up(sealed_settings, file, chats)
    said = await take_back(sealed_settings, file)
    assert f"waited when it was made: {CHATS}." in said
    assert "Nothing of it is sent until you decide" in said
    async with opened(sealed_settings) as store:
        assert await chats.pay(store) == 0
        await catch_up(store, 1)
        assert await chats.pay(store) == 0
        assert await store.holding.held() == 2 * CHATS
        await news(store, 1, 2)
        assert await chats.pay(store) == CHATS
    assert f"dropped: {2 * CHATS}." in await take_back(sealed_settings, None, drop=True)
    async with opened(sealed_settings) as store:
        assert await chats.pay(store) == 0
        await news(store, 2, 3)
        assert await chats.pay(store) == CHATS
    assert set(chats.told.values()) == {1}


async def test_held_can_be_sent_and_is_counted_as_possibly_double(
    sealed_settings: Settings, tmp_path: Path
) -> None:
    """Whoever would rather tell twice than not at all sends what is held, in sight."""
    chats, file = Chats(), tmp_path / "backup"
    await backed_up(sealed_settings, file, chats)
    await take_back(sealed_settings, file)
    async with opened(sealed_settings) as store:
        await catch_up(store, 1)
    assert f"sent now: {2 * CHATS}." in await take_back(sealed_settings, None, send=True)
    async with opened(sealed_settings) as store:
        assert await chats.pay(store) == 2 * CHATS
        debts = await store.notices.debts(NOW)
        assert debts.possibly_double == 2 * CHATS
        assert debts.by_state == {NoticeState.SENT: 3 * CHATS}


async def test_dropping_before_the_first_reading_holds_what_it_finds(
    sealed_settings: Settings, tmp_path: Path
) -> None:
    """A decision of before says nothing of what nobody knows yet, and says so."""
    chats, file = Chats(), tmp_path / "backup"
    await backed_up(sealed_settings, file, chats)
    said = await take_back(sealed_settings, file, drop=True)
    assert f"dropped: {CHATS}." in said
    assert "What the first reading finds is held still" in said
    async with opened(sealed_settings) as store:
        await catch_up(store, 1)
        assert await chats.pay(store) == 0
        assert await store.holding.held() == CHATS


async def test_wide_debt_is_held_too(sealed_settings: Settings, tmp_path: Path) -> None:
    """Chats whose turn had not come when the backup was made are held like the others."""
    many, file = 1200, tmp_path / "backup"
    async with opened(sealed_settings) as store:
        await absorb(store, read(study(1)), day=DAY - timedelta(days=1))
        await crowd(store, many)
        assert await absorb(store, changed(1)) == 1000
        await backup(sealed_settings, file)
    assert f"made: {many}." in await take_back(sealed_settings, file)
    async with opened(sealed_settings) as store:
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
    sealed_settings: Settings, tmp_path: Path
) -> None:
    """While others write, the file is one moment's; only its owner reads it; no key is in it."""
    file, chats = tmp_path / "backup", Chats()
    async with opened(sealed_settings) as store:
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
        await backup(sealed_settings, file)
        stop.set()
        written = await writing
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    everything = file.read_bytes()
    assert load_secret(sealed_settings)()[0] not in everything
    assert b"9007199254740993" not in everything
    with pytest.raises(StoreError, match="exists already"):
        await backup(sealed_settings, file)
    await take_back(sealed_settings, file)
    async with opened(sealed_settings) as store:
        history = await store.studies.history(study(1).key)
        assert 0 < len(history) <= written + 1
        assert await store.holding.held() == len(history) - 1
        assert await chats.pay(store) == 0
        taken = await store.leases.acquire("send", "another", 5)
        assert taken is not None
