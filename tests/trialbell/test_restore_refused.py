"""What restore does not do: write over what is there, or take what is no backup."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from bot.domain.notice import NoticeState
from bot.ports.store_errors import StoreError
from storage.alone import alone
from storage.sealed import WrongSecret
from tests.studies import (
    NOW,
    telegram,
)
from tests.trialbell.restoring import CHATS, Chats, backed_up, opened, take_back
from trialbell.backup import backup
from trialbell.mend import Mendable
from trialbell.settings import Settings


async def test_database_in_use_or_not_empty_is_not_overwritten(
    sealed_settings: Settings, tmp_path: Path
) -> None:
    """Without --force nothing is replaced, and beside a running Trialbell nothing at all."""
    file, chats = tmp_path / "backup", Chats()
    await backed_up(sealed_settings, file, chats)
    with pytest.raises(StoreError, match="--force"):
        await take_back(sealed_settings, file, force=False)
    async with opened(sealed_settings) as store:
        assert await chats.pay(store) == 0
        with (
            alone(sealed_settings.database_url),
            pytest.raises(StoreError, match=r"already runs|somebody works"),
        ):
            await take_back(sealed_settings, file)
        assert (await store.notices.debts(NOW)).by_state == {NoticeState.SENT: 3 * CHATS}


async def test_empty_database_is_filled_without_force(
    sealed_settings: Settings, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """On a new machine the backup and the key are enough."""
    file, chats = tmp_path / "backup", Chats()
    await backed_up(sealed_settings, file, chats)
    if sealed_settings.database_url.startswith("sqlite"):
        empty = f"sqlite:///{tmp_path / 'new' / 'new.db'}"
    else:
        empty = request.getfixturevalue("postgres").new_database()
    new = sealed_settings.model_copy(update={"database_url": empty})
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
    sealed_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where pg_dump is missing the operator hears what to run, without the password."""
    if sealed_settings.database_url.startswith("sqlite"):
        return
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match=r"pg_dump is not installed here.*PGPASSWORD") as told:
        await backup(sealed_settings, tmp_path / "backup")
    assert sealed_settings.database_url not in str(told.value)
    assert not (tmp_path / "backup").exists()
