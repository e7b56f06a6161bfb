"""Which key what is sealed was sealed with, and sealing it anew: how a key takes over from another.

How far a rotation came stands in the rows themselves, because a seal names its key: whatever stops
one, the next goes on with the rows that are left. No row changes its mark (see ``storage.sealed``).
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
    text,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Row
from storage.engine import Database
from storage.sealed import HEAD_BYTES, Sealed
from storage.tables import seals

CHECK: Final = "check"
"""The seal by which a wrong key is known at once."""

_MARKS: Final = "marks"
"""The seal of the key that marks are made with, in hexadecimal digits."""

_MARK_KEY_BYTES: Final = 32

_PURPOSE: Final = "seal"
"""What the column of ``seals`` is bound to."""


def sealed_columns() -> dict[Table, tuple[Column[Any], ...]]:
    """Every sealed column, by its table: a new one is found by itself."""
    found = {
        table: tuple(column for column in table.columns if isinstance(column.type, Sealed))
        for table in Row.metadata.sorted_tables
    }
    return {table: columns for table, columns in found.items() if columns}


class SqlSealing:
    """What an operator's ``trialbell keys`` asks of the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def stale(self) -> int:
        """How many rows hold something that the newest key did not seal."""
        async with self._database.read() as connection:
            return await self._count(connection)

    async def reseal(self, limit: int) -> int:
        """Seal up to ``limit`` rows of each table anew, a transaction a table.

        Returns how many rows it was; 0 when none is left that nobody else holds just now.
        """
        done = 0
        for table, columns in sealed_columns().items():
            async with self._database.write() as connection:
                done += await self._reseal(connection, table, columns, limit)
        return done

    @asynccontextmanager
    async def still(self) -> AsyncIterator[int]:
        """Nothing sealed is written while the block runs; gives what ``stale`` does."""
        async with self._database.write() as connection:  # on SQLite nobody else writes by now
            if connection.dialect.name == "postgresql":
                names = ", ".join(table.name for table in sealed_columns())
                await connection.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
            yield await self._count(connection)

    async def _count(self, connection: AsyncConnection) -> int:
        counts = [
            await connection.scalar(
                select(func.count()).select_from(table).where(self._is_stale(columns))
            )
            for table, columns in sealed_columns().items()
        ]
        return sum(count or 0 for count in counts)

    async def _reseal(
        self,
        connection: AsyncConnection,
        table: Table,
        columns: Sequence[Column[Any]],
        limit: int,
    ) -> int:
        (identity,) = table.primary_key.columns
        # Rows that somebody holds are passed over for now: who waits for nobody is in no deadlock.
        asked = (
            select(identity.label("of_row"), *columns)
            .where(self._is_stale(columns))
            .order_by(identity)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = (await connection.execute(asked)).mappings().all()
        if rows:
            again: dict[str, Any] = {
                column.name: bindparam(f"new_{column.name}") for column in columns
            }
            await connection.execute(
                update(table).where(identity == bindparam("of_row")).values(again),
                [
                    {"of_row": row["of_row"]}
                    | {f"new_{column.name}": row[column.name] for column in columns}
                    for row in rows
                ],
            )
        return len(rows)

    def _is_stale(self, columns: Sequence[Column[Any]]) -> ColumnElement[bool]:
        head = self._database.vault.head
        return or_(*(_sealed_otherwise(column, head) for column in columns))


async def hang_up_keys(database: Database) -> None:
    """See that the secrets open the database, and take its key of marks. Raises WrongSecret.

    A new database gets a key of marks of its own. One from before keys could be rotated goes on
    with the key that was made from its only secret: its marks stand, and need not be written anew.
    """
    found = await _read(database)
    if _MARKS not in found:
        check = found.get(CHECK)
        fresh = (
            os.urandom(_MARK_KEY_BYTES)
            if check is None
            else database.vault.first_mark_key(check, _PURPOSE)
        )
        rows = [{"name": CHECK, "sealed": CHECK}, {"name": _MARKS, "sealed": fresh.hex()}]
        async with database.write() as connection:
            await connection.execute(database.insert(seals).on_conflict_do_nothing(), rows)
        # Two may have opened it for the first time at once, perhaps with two secrets.
        found = await _read(database)
    database.vault.open(found[CHECK], _PURPOSE)
    database.vault.mark_with(bytes.fromhex(database.vault.open(found[_MARKS], _PURPOSE)))


async def _read(database: Database) -> dict[str, bytes]:
    raw = type_coerce(seals.c.sealed, LargeBinary)
    async with database.read() as connection:
        rows = await connection.execute(select(seals.c.name, raw.label("sealed")))
        return {row.name: bytes(row.sealed) for row in rows}


def _sealed_otherwise(column: Column[Any], head: bytes) -> ColumnElement[bool]:
    begins = func.substr(type_coerce(column, LargeBinary), 1, HEAD_BYTES, type_=LargeBinary)
    return and_(column.is_not(None), begins != head)
