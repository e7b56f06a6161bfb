"""One file that holds all of an SQLite database, and a database made of such a file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.ports.store_errors import StoreError, StoreUnavailable
from storage.engine import BUSY_SECONDS
from storage.tables import chats, notices, studies

BESIDE = ("-shm", "-wal", "")
"""The files of a database in the order in which they can be moved away: without the log first,
nothing that is put in the place of the last one can be taken for what the log belongs to."""

OLD = ".replaced"
"""What the name of a database that was replaced ends with."""


@contextmanager
def private_file(target: Path) -> Iterator[Path]:
    """An empty file that only this user can read, which is put at ``target`` when the block ends.

    Raises StoreError where ``target`` exists, StoreUnavailable where it cannot be written.
    """
    if target.exists():
        raise StoreError(f"the file {target} exists already: name another one, or move it away")
    try:
        descriptor, name = tempfile.mkstemp(prefix=f"{target.name}.", dir=target.parent)
        os.close(descriptor)
    except OSError as error:
        raise StoreUnavailable(f"{target} cannot be written: {error.strerror}") from None
    fresh = Path(name)
    try:
        yield fresh
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        os.link(fresh, target)  # refuses where somebody else made it meanwhile
    except OSError as error:
        raise StoreUnavailable(f"{target} cannot be written: {error.strerror}") from None
    finally:
        fresh.unlink(missing_ok=True)


def copy_out(database: Path, target: Path) -> None:
    """Write the database as it is at one moment into the empty file ``target``.

    Whoever works on it goes on: in WAL mode a reader stands in nobody's way. What was erased is not
    in the copy, not even as unused pages. Raises StoreError and StoreUnavailable.
    """
    if not database.is_file():
        raise StoreUnavailable(f"there is no database {database}")
    with _sqlite(database) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    check(target)


def check(database: Path) -> None:
    """Raises StoreError where the file is no whole SQLite database with our tables."""
    with _sqlite(database) as connection:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise StoreError(f"the database file {database} is damaged: restore a backup")
        ours = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
        )
        if ours.fetchone() is None:
            raise StoreError(f"the file {database} is no database of Trialbell")


def is_empty(database: Path) -> bool:
    """Whether nothing would be lost with this file. One that cannot be read may hold anything."""
    if not database.exists() or database.stat().st_size == 0:
        return True
    try:
        with _sqlite(database) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            known = {name for (name,) in names}
            return not any(
                connection.execute(f"SELECT 1 FROM {table.name} LIMIT 1").fetchone()  # noqa: S608 - a name of ours
                for table in (chats, studies, notices)
                if table.name in known
            )
    except StoreError:
        return False


def put_in_place(fresh: Path, database: Path) -> None:
    """Put a closed database where another one stood, which is kept beside it as ``OLD``."""
    with _sqlite(fresh) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    try:
        for ending in BESIDE:
            one = Path(f"{database}{ending}")
            if one.exists():
                one.replace(f"{database}{OLD}{ending}")
        fresh.replace(database)
    except OSError as error:
        raise StoreUnavailable(f"{database} cannot be written: {error.strerror}") from None


def copy_in(file: Path, database: Path) -> Path:
    """A private copy of a backup, beside where the database is to be."""
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f"{database.name}.", dir=database.parent)
        with os.fdopen(descriptor, "wb") as fresh, file.open("rb") as kept:
            shutil.copyfileobj(kept, fresh)
    except OSError as error:
        raise StoreUnavailable(f"{file} cannot be copied: {error.strerror}") from None
    return Path(name)


@contextmanager
def _sqlite(file: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as connection:
            connection.isolation_level = None
            yield connection
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        if name == "SQLITE_NOTADB":
            raise StoreError(f"the file {file} is no database of Trialbell") from None
        if name.startswith("SQLITE_CORRUPT"):
            raise StoreError(f"the database file {file} is damaged: restore a backup") from None
        raise StoreUnavailable(f"the database file {file} cannot be used now ({name})") from None
