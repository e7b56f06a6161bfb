"""Which migrations there are, and whether a database has them all."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

SCRIPTS = Path(__file__).parent / "migrations"
"""Where the migrations are."""

_REVISION = 4
"""Digits at the head of a migration's file name: its revision."""


def head() -> str:
    """The newest revision."""
    return max(path.name[:_REVISION] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))


def is_current(connection: Connection) -> bool:
    """Whether the tables are those of this release."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return found == [head()]
