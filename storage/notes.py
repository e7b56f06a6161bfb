"""Small things that outlive a restart: what the operator was told, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Integer, Text, cast, delete, select

from storage.engine import Database
from storage.tables import notes


class SqlNotes:
    """Implements ``bot.ports.known.Notes``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> Mapping[str, str]:
        """All that is noted, by key."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(notes.c.key, notes.c.value))
            return {row.key: row.value for row in rows}

    async def put(self, key: str, value: str) -> None:
        """Note it, in place of what was noted under this key."""
        fresh = self._database.insert(notes).values(key=key, value=value)
        write = fresh.on_conflict_do_update(index_elements=["key"], set_={"value": value})
        async with self._database.write() as connection:
            await connection.execute(write)

    async def count(self, key: str) -> None:
        """Note one more than the number that was noted under this key."""
        fresh = self._database.insert(notes).values(key=key, value="1")
        more = cast(cast(notes.c.value, Integer) + 1, Text)
        write = fresh.on_conflict_do_update(index_elements=["key"], set_={"value": more})
        async with self._database.write() as connection:
            await connection.execute(write)

    async def drop(self, key: str) -> None:
        """Forget it, if it was noted."""
        async with self._database.write() as connection:
            await connection.execute(delete(notes).where(notes.c.key == key))
