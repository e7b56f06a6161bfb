"""Opening, and migrations."""

from __future__ import annotations

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from bot.ports.store_errors import StoreError, StoreUnavailable
from storage.columns import Row
from storage.engine import make_engine
from storage.migrate import migrate
from storage.sealed import WrongSecret
from storage.store import SqlStore
from tests.studies import PARSERS, SECRET, telegram


async def test_models_and_migrations_agree(store_url: str) -> None:
    """The tables that the migrations make are those that the models describe."""

    def differences(connection: Connection) -> object:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return compare_metadata(context, Row.metadata)

    engine = make_engine(store_url)
    async with engine.begin() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_two_processes_migrate_at_once(empty_url: str) -> None:
    """Two that start together both find the tables made, and neither fails."""
    await asyncio.gather(migrate(empty_url), migrate(empty_url))
    store = await SqlStore.open(empty_url, SECRET, parsers=PARSERS)
    await store.check_writable()
    await store.close()


async def test_unmigrated_database_is_not_opened(empty_url: str) -> None:
    """A database without tables is refused with a sentence that says what to do."""
    with pytest.raises(StoreError, match="trialbell migrate"):
        await SqlStore.open(empty_url, SECRET, parsers=PARSERS)


async def test_wrong_secret_is_told_at_once(store: SqlStore, store_url: str) -> None:
    """Another secret key is found out on opening, before anything is read with it."""
    with pytest.raises(WrongSecret, match="secret key"):
        await SqlStore.open(store_url, b"another secret of 32 bytes length", parsers=PARSERS)


async def test_what_is_written_is_there_after_reopening(store: SqlStore, store_url: str) -> None:
    """A second process finds the same chat under the same address."""
    chat = await store.chats.chat(telegram(-1001234567890))
    again = await SqlStore.open(store_url, SECRET, parsers=PARSERS)
    assert await again.chats.chat(telegram(-1001234567890)) == chat
    await again.close()


async def test_check_writable_passes(store: SqlStore) -> None:
    """A database in order can be written."""
    await store.check_writable()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody@127.0.0.1:1/nothing",
        "sqlite:////proc/no/such/folder/file.db",
    ],
)
async def test_database_that_is_not_there_is_unavailable(url: str) -> None:
    """Where nothing answers, trying again may help."""
    with pytest.raises(StoreUnavailable):
        await SqlStore.open(url, SECRET, parsers=PARSERS)
