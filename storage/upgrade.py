"""Running migrations with Alembic: imported only where there is one to run."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text

from bot.ports.store_errors import StoreError
from storage.schema import SCRIPTS

_LOCK = 0x747269616C62656C
"""The key of an advisory lock of PostgreSQL that nobody else takes: "trialbel" in ASCII."""


def upgrade(connection: Connection) -> None:
    """Run what is missing, behind whoever does so already. Raises StoreError."""
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
