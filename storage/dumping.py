"""A PostgreSQL database in one file and back, by PostgreSQL's own tools.

They are told where the database is by the environment: a command line, with the password in it,
could be read by everybody on the machine.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import pq, sql

from bot.ports.store_errors import StoreError, StoreUnavailable
from storage.engine import BUSY_SECONDS, read_url
from storage.tables import chats, notices, studies

LINGERING = (0.1, 0.3, 0.6, 1.0)
"""Seconds between looks: a server lists a connection for a moment after it was closed."""

_TABLES = (
    "SELECT count(*) FROM pg_class WHERE relname = %s AND relnamespace = 'public'::regnamespace"
)
_WORKING = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = 'trialbell'"
)


async def dump(url: str, target: Path) -> None:
    """Write the database as it is at one moment. Raises StoreError where that is not possible."""
    await _run(
        url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"
    )


async def undump(url: str, file: Path) -> None:
    """Put all of a dump in the place of what is in the database, in one transaction."""
    name = _connecting(url).get("PGDATABASE", "")
    await _run(
        url,
        "pg_restore",
        *("--single-transaction", "--clean", "--if-exists", "--no-owner", "--no-privileges"),
        *("--exit-on-error", f"--dbname={name}", str(file)),
    )


async def look(url: str) -> tuple[bool, bool]:
    """Whether the database is empty, and whether somebody works on it."""
    plain = read_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        connecting = psycopg.AsyncConnection.connect(
            plain, autocommit=True, connect_timeout=BUSY_SECONDS, application_name="restore"
        )
        async with await connecting as connection:
            empty = True
            for table in (chats, studies, notices):
                (there,) = await _one(connection, sql.SQL(_TABLES), table.name)
                if there:
                    rows = sql.SQL("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT 1) AS any_row")
                    (some,) = await _one(connection, rows.format(sql.Identifier(table.name)))
                    empty = empty and not some
            working = await _is_worked_on(connection)
    except psycopg.Error as error:
        name = f"{type(error).__name__} {error.sqlstate or ''}".strip()
        raise StoreUnavailable(f"the database cannot do it now ({name})") from None
    return empty, working


async def _is_worked_on(connection: psycopg.AsyncConnection) -> bool:
    """Whether a Trialbell is connected, and still is when one that just ended would be gone."""
    for wait in (*LINGERING, None):
        (working,) = await _one(connection, sql.SQL(_WORKING))
        if not working:
            return False
        if wait is not None:
            await asyncio.sleep(wait)
    return True


async def _one(
    connection: psycopg.AsyncConnection, statement: sql.SQL | sql.Composed, *values: str
) -> tuple[int]:
    found: tuple[int] | None = await (
        await connection.execute(statement, values or None)
    ).fetchone()
    assert found is not None  # noqa: S101 - each statement counts, which always gives a row
    return found


async def _run(url: str, tool: str, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise StoreError(
            f"{tool} is not installed here. Install PostgreSQL's client programs, or run there "
            f"where they are, with the connection in PGHOST, PGUSER, PGPASSWORD and PGDATABASE: "
            f"{' '.join((tool, *arguments))}"
        )
    child = await asyncio.create_subprocess_exec(
        program,
        *arguments,
        env={**os.environ, **_connecting(url)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await child.communicate()
    if child.returncode:
        # Its first line says what is wrong; what follows may repeat rows.
        said = errors.decode(errors="replace").strip().partition("\n")[0]
        raise StoreError(f"{tool} could not do it: {said}")


def _connecting(url: str) -> Mapping[str, str]:
    """The names and values of the environment that say the same as the URL."""
    plain = read_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    parsed = pq.Conninfo.parse(plain.encode())
    return {
        one.envvar.decode(): one.val.decode()
        for one in parsed
        if one.envvar is not None and one.val is not None
    }
