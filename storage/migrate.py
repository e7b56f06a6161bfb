"""Bringing a database to this release's tables, by one process at a time."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from bot.ports.store import StoreError
from storage.engine import make_engine
from storage.errors import translated

SCRIPTS = Path(__file__).parent / "migrations"
"""Where the migrations are."""

_LOCK = 0x747269616C62656C
"""The key of an advisory lock of PostgreSQL that nobody else takes: "trialbel" in ASCII."""


async def migrate(url: str) -> None:
    """Run all migrations that are missing, in one transaction. Raises StoreUnavailable, StoreError.

    Of two processes that start together one waits for the other and then finds nothing to do: on
    PostgreSQL by a lock that ends with the transaction, on SQLite by the write lock that every
    transaction of ours begins with.
    """
    engine = make_engine(url)
    try:
        with translated():
            async with engine.begin() as connection:
                await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def is_current(connection: Connection) -> bool:
    """Whether the tables are those of this release."""
    current = MigrationContext.configure(connection).get_current_heads()
    return set(current) == set(ScriptDirectory(str(SCRIPTS)).get_heads())


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            "the database is of a later release than this program, or was not made by it"
        ) from error
