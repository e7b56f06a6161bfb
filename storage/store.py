"""All of the store over one database, PostgreSQL or SQLite."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.ports.absorbing import Absorbing
from bot.ports.store_errors import StoreError
from storage import gate
from storage.absorbing import SqlAbsorbing
from storage.chats import SqlChats
from storage.codec import Parser, Sources
from storage.counts import SqlCounts
from storage.engine import BUSY_SECONDS, Database, open_database
from storage.holding import SqlHolding
from storage.holds import SqlHolds
from storage.keeping import SqlKeeping
from storage.leases import SqlLeases
from storage.notes import SqlNotes
from storage.notices import SqlNotices
from storage.readings import SqlReadings
from storage.reminders import SqlReminders
from storage.schema import is_current
from storage.sealed import KeySource
from storage.sealing import SqlSealing, hang_up_keys
from storage.studies import SqlStudies
from storage.told import SqlTold
from storage.waits import SqlWaits
from storage.wakes import SqlWakes


class SqlStore:
    """Implements ``bot.ports.store.Store``."""

    def __init__(self, database: Database, parsers: Mapping[str, Parser]) -> None:
        self._database = database
        self._sources = Sources(parsers)
        self.studies = SqlStudies(database, self._sources)
        self.readings = SqlReadings(database)
        self.chats = SqlChats(database)
        self.notices = SqlNotices(database)
        self.told = SqlTold(database)
        self.leases = SqlLeases(database)
        self.notes = SqlNotes(database)
        self.counts = SqlCounts(database)
        self.waits = SqlWaits(database)
        self.wakes = SqlWakes(database.url)
        self.keeping = SqlKeeping(database)
        self.sealing = SqlSealing(database)
        self.holding = SqlHolding(database)
        self.holds = SqlHolds(database)
        self.reminders = SqlReminders(database)

    @classmethod
    async def open(
        cls,
        url: str,
        secret: bytes | KeySource,
        *,
        parsers: Mapping[str, Parser],
        busy_seconds: float = BUSY_SECONDS,
    ) -> SqlStore:
        """Open a migrated database.

        ``url`` is ``sqlite:///path`` or ``postgresql://...``; ``secret`` is a master secret, or
        gives all of them; ``parsers`` make studies of kept sources, by the registry; whoever finds
        the database busy waits ``busy_seconds``. Raises
        StoreUnavailable where the database does not answer, WrongSecret where ``secret`` is not the
        one that it was sealed with, StoreError where it is not migrated to this release, and
        ValueError where the secret is too short.
        """
        database = open_database(url, secret, busy_seconds)
        try:
            await _check(database)
        except BaseException:  # whatever it was, including a cancellation: leave nothing open
            await database.close()
            raise
        return cls(database, parsers)

    @asynccontextmanager
    async def absorbing(self) -> AsyncIterator[Absorbing]:
        """Open the transaction of a change; it commits at the end of the block."""
        async with self._database.write() as connection:
            await gate.pass_together(connection)
            yield SqlAbsorbing(connection, self._database, self._sources)

    async def check_writable(self) -> None:
        """Raises StoreUnavailable where the database cannot be written."""
        async with self._database.write() as connection:
            await gate.touch(connection)

    async def check_schema(self) -> None:
        """Raises StoreError where another release has migrated the database since it was opened."""
        async with self._database.read() as connection:
            if not await connection.run_sync(is_current):
                raise StoreError("the database has another release's schema")

    async def close(self) -> None:
        """Let go of all connections."""
        await self._database.close()


async def _check(database: Database) -> None:
    """See that the tables are this release's and that the secret is the right one."""
    async with database.read() as connection:
        if not await connection.run_sync(is_current):
            raise StoreError("the database is not migrated to this release: run trialbell migrate")
    await hang_up_keys(database)
