"""Opening a database by its URL: SQLite or PostgreSQL, the same from here on.

SQLite runs in WAL mode, so that readers and the writer do not wait for one another, with
``synchronous=FULL``: a commit is on the disk before anybody hears of it. NORMAL would be enough for
a killed process (what was written is with the operating system), but after a power cut it may lose
the last commits: a follow that was confirmed, or the note that a message was sent. The price is one
fsync a commit, about a millisecond on an SSD, and a bot sends some thirty messages a second.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.ports.store_errors import StoreError, StoreUnavailable
from storage.errors import translated
from storage.sealed import KeySource, Vault

BUSY_SECONDS: Final = 10
"""How long a writer waits for another before it gives up."""

IDLE_SECONDS: Final = 10
"""How long a transaction may stand still on PostgreSQL before the server ends it.

A process that is frozen in the middle of one would else keep its locks until it wakes, and with
them whoever takes over. Between two statements of ours there is some computing, of a second at most
on a machine that is busy.
"""

_READING: Final = "trialbell_reading"
_BARE: Final = "trialbell_bare"
_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}

_PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "journal_size_limit=67108864",  # 64 MiB: so much of a log that has grown larger is kept
    "cache_size=-32768",  # 32 MiB
    "secure_delete=FAST",  # what was erased is overwritten where that costs no extra writing
)

_LOG_PAGES: Final = (4096, 65536)
"""Of 4 KiB: how far the write-ahead log grows before it is written back, at least and at most.

What was erased may stand in it until then.
"""

_LOG_SHARE: Final = 4
"""Between the two, to a quarter of the database: what is owed in bulk goes through the log, and to
write it back costs two more fsyncs, while on a small machine it should not outgrow what is kept."""

Upserting = postgresql.Insert | sqlite.Insert


class Database:
    """The engine, with one way in for reading and one for writing."""

    def __init__(
        self, engine: AsyncEngine, vault: Vault, busy_seconds: float = BUSY_SECONDS
    ) -> None:
        self.vault = vault
        self._busy_seconds = busy_seconds
        self._engine = engine
        self._reader = engine.execution_options(**{_READING: True})
        self._bare = engine.execution_options(**{_BARE: True})
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._turn = asyncio.Lock()

    @property
    def url(self) -> URL:
        """Where the database is, with the driver."""
        return self._engine.url

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that may write. Raises StoreUnavailable and StoreError."""
        async with self._my_turn():
            with translated():
                async with self._engine.begin() as connection:
                    yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that only reads. Raises StoreUnavailable and StoreError."""
        with translated():
            async with self._reader.begin() as connection:
                yield connection

    def insert(self, table: Table) -> Upserting:
        """An INSERT that knows ON CONFLICT: the same words in both dialects."""
        return sqlite.insert(table) if self._is_sqlite else postgresql.insert(table)

    async def write_back(self) -> None:
        """Empty SQLite's log into the database, so that nothing that was erased stands in it.

        Where somebody reads just then, as a backup does, it is for another time: nobody waits for
        it. Raises StoreUnavailable and StoreError.
        """
        if not self._is_sqlite:
            return
        async with self._my_turn():
            with translated():
                async with self._bare.connect() as connection:
                    await connection.exec_driver_sql("PRAGMA busy_timeout=0")
                    try:
                        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                    finally:
                        await connection.exec_driver_sql(
                            f"PRAGMA busy_timeout={1000 * self._busy_seconds:.0f}"
                        )

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()

    def _my_turn(self) -> AbstractAsyncContextManager[None]:
        """SQLite has one writer: in this process they queue in order instead of trying again."""
        return self._queue() if self._is_sqlite else nullcontext()

    @asynccontextmanager
    async def _queue(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._busy_seconds):
                await self._turn.acquire()
        except TimeoutError:
            raise StoreUnavailable("another transaction holds the database for too long") from None
        try:
            yield
        finally:
            self._turn.release()


def open_database(
    url: str, secret: bytes | KeySource, busy_seconds: float = BUSY_SECONDS
) -> Database:
    """Make the engine; nothing is connected yet.

    ``url`` is ``sqlite:///path`` or ``postgresql://user@host/name``. Raises StoreError where it is
    neither, ValueError where the secret is too short. Whoever finds it busy waits ``busy_seconds``.
    """
    vault = Vault(secret)
    engine = make_engine(url, busy_seconds)
    vault.hang_on(engine.dialect)
    if engine.dialect.name == "postgresql":
        event.listen(engine.sync_engine, "connect", _bound)
    return Database(engine, vault, busy_seconds)


def make_engine(url: str, busy_seconds: float = BUSY_SECONDS) -> AsyncEngine:
    """The engine alone, without keys: enough for migrations. Raises StoreError on a bad URL."""
    target = read_url(url)
    if target.get_backend_name() == "sqlite":
        return _sqlite(target, busy_seconds)
    # Statements are not prepared on the server, so that a pooler in front of it can share its
    # connections (PgBouncer); keepalives find out about a server that went without a word.
    arguments: dict[str, Any] = {
        "application_name": "trialbell",
        "connect_timeout": BUSY_SECONDS,
        "keepalives_idle": 30,
        "prepare_threshold": None,
    }
    return create_async_engine(
        target, connect_args=arguments, hide_parameters=True, pool_pre_ping=True
    )


def read_url(url: str) -> URL:
    """The URL with the driver that we use. Raises StoreError where it is none of ours."""
    try:
        target = make_url(url)
    except (ArgumentError, ValueError):  # the second for a port that is no number
        # The URL itself may hold a password.
        raise StoreError("the database URL cannot be read") from None
    driver = _DRIVERS.get(target.drivername.partition("+")[0])
    if driver is None:
        raise StoreError(f"the database must be sqlite or postgresql, not {target.drivername}")
    return target.set(drivername=driver)


def _sqlite(target: URL, busy_seconds: float) -> AsyncEngine:
    if not target.database or target.database == ":memory:":
        raise StoreError("an SQLite database needs a file: sqlite:///path/to/file.db")
    _make_private_file(Path(target.database))
    engine = create_async_engine(
        target, connect_args={"timeout": busy_seconds}, hide_parameters=True
    )
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _make_private_file(path: Path) -> None:
    """Nobody but its owner reads the file, nor those that SQLite puts beside it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.open("ab").close()  # a folder, or a file of somebody else's, is refused here
    except OSError as error:
        raise StoreUnavailable(f"the database file cannot be made: {error.strerror}") from None


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: _begin does
    cursor = connection.cursor()
    try:
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        least, most = _LOG_PAGES
        cursor.execute(f"PRAGMA wal_autocheckpoint={min(max(least, pages // _LOG_SHARE), most)}")
    except sqlite3.Error:  # no database, or one in use: the pool would only forget the connection
        cursor.close()
        connection.close()
        raise
    cursor.close()


def _bound(connection: Any, _record: object) -> None:
    """Bound how long a transaction stands still; not a start-up option, which poolers refuse."""
    cursor = connection.cursor()
    cursor.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'")
    cursor.close()
    connection.commit()


def _begin(connection: Connection) -> None:
    """Take the write lock at the start: a reader that comes to write later may find it gone."""
    options = connection.get_execution_options()
    if not options.get(_BARE, False):
        reading = options.get(_READING, False)
        connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")
