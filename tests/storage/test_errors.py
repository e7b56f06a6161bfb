"""What the database libraries raise, as the port says it."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.ports.store_errors import StoreError, StoreUnavailable
from storage.engine import BUSY_SECONDS, make_engine
from storage.errors import translated
from storage.store import SqlStore
from tests.postgres import Postgres
from tests.studies import ALL, DAY, PARSERS, SECRET, absorb, follower, key, read, study, telegram


@pytest.fixture
def file(migrated_sqlite: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file of the test's own."""
    return Path(shutil.copy(migrated_sqlite, tmp_path / "store.db"))


async def opened(file: Path, busy_seconds: float = BUSY_SECONDS) -> SqlStore:
    """A store over the file."""
    url = f"sqlite:///{file}"
    return await SqlStore.open(url, SECRET, parsers=PARSERS, busy_seconds=busy_seconds)


async def test_locked_file_is_unavailable(file: Path) -> None:
    """Where another program holds the write lock, trying again later may help."""
    store = await opened(file, busy_seconds=0.05)
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="BUSY"):
            await store.check_writable()
        other.execute("ROLLBACK")
    other.close()
    await store.check_writable()
    await store.close()


async def test_transaction_within_another_is_told_not_waited_for(file: Path) -> None:
    """Who asks to write while holding the database is refused after a while, not for ever."""
    store = await opened(file, busy_seconds=0.05)
    async with store.absorbing():
        with pytest.raises(StoreUnavailable):
            await store.check_writable()
    await store.check_writable()
    await store.close()


async def test_full_disk_is_unavailable_and_writes_nothing(file: Path) -> None:
    """A disk that fills up in the middle takes the whole transaction back."""
    store = await opened(file)
    pages = "PRAGMA max_page_count=1"
    async with store._database.write() as connection:
        await connection.exec_driver_sql(pages)
    with pytest.raises(StoreUnavailable, match="FULL"):
        await absorb(store, read(study(1, brief_summary=os.urandom(200_000).hex())))
    async with store._database.write() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count=100000")
    assert await store.studies.get(key(1)) is None
    await store.close()


async def test_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    """A file of something else is told as such; waiting would not help."""
    other = tmp_path / "notes.db"
    other.write_text("Dear diary, " * 1000)
    with pytest.raises(StoreError, match="NOTADB") as caught:
        await opened(other)
    assert not isinstance(caught.value, StoreUnavailable)


async def test_file_is_its_owners_alone(tmp_path: Path) -> None:
    """A new database file, and its folder where that is missing, are made; nobody else reads it."""
    file = tmp_path / "new" / "store.db"
    made = make_engine(f"sqlite:///{file}")
    await made.dispose()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "nonsense"])
def test_url_of_nothing_that_we_speak_is_refused(url: str) -> None:
    """Only an SQLite file and PostgreSQL are databases here."""
    with pytest.raises(StoreError):
        make_engine(url)


def test_password_in_a_bad_url_is_not_repeated() -> None:
    """The error about a URL does not print it."""
    with pytest.raises(StoreError) as caught:
        make_engine("postgresql//user:hunter2@host")
    assert "hunter2" not in str(caught.value)


async def test_killed_connection_is_unavailable_and_the_next_one_works(
    postgres: Postgres,
) -> None:
    """A connection that PostgreSQL ends is told as an outage, and made again by itself."""
    store = await SqlStore.open(postgres.emptied(), SECRET, parsers=PARSERS)
    kill = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'trialbell' AND pid <> pg_backend_pid()"
    )

    async def cut_in_the_middle() -> None:
        async with store.absorbing() as transaction:
            await asyncio.to_thread(postgres.run, kill)
            await transaction.previous([key(1)])

    with pytest.raises(StoreUnavailable):
        await cut_in_the_middle()
    await store.check_writable()
    await asyncio.to_thread(postgres.run, kill)
    await store.check_writable()
    await store.close()


async def test_refused_row_names_no_value(store: SqlStore) -> None:
    """A constraint that fails says which kind of error it was, and nothing of the row."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(9007199254740993), 1)
    with pytest.raises(StoreError) as caught:
        await store.chats.follow_study(987654321, key(1), kinds=ALL, since=DAY)
    told = f"{caught.value!r} {caught.value.__cause__!r}"
    assert "987654321" not in told
    assert "NCT" not in told
    assert not isinstance(caught.value, StoreUnavailable)


@pytest.mark.parametrize(
    ("original", "kind"),
    [
        (psycopg.OperationalError("server closed the connection"), StoreUnavailable),
        (psycopg.errors.DiskFull(), StoreUnavailable),
        (psycopg.errors.ReadOnlySqlTransaction(), StoreUnavailable),
        (psycopg.errors.DeadlockDetected(), StoreUnavailable),
        (psycopg.errors.AdminShutdown(), StoreUnavailable),
        (psycopg.errors.UniqueViolation("Key (chat)=(42) exists"), StoreError),
        (psycopg.errors.UndefinedTable("relation"), StoreError),
    ],
)
def test_each_answer_is_an_outage_or_an_error(original: Exception, kind: type[StoreError]) -> None:
    """What passes is unavailable, what does not is an error; neither repeats the database."""

    def fail() -> None:
        with translated():
            raise DBAPIError.instance("SELECT", {}, original, psycopg.Error)

    with pytest.raises(StoreError) as caught:
        fail()
    assert type(caught.value) is kind
    assert "(42)" not in str(caught.value)


def test_exhausted_pool_is_unavailable() -> None:
    """More at once than there are connections is an outage of a moment."""

    def fail() -> None:
        with translated():
            raise PoolTimeoutError

    with pytest.raises(StoreUnavailable):
        fail()
