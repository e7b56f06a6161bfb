"""From the database libraries' errors to the port's two, once, at the edge.

A message names the library's error and the database's own code for it and nothing else: what the
databases add (the values of a row, the parameters of a statement) must not reach a log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, InvalidRequestError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.ports.store_errors import StoreError, StoreUnavailable

_SQLITE_FOR_NOW: Final = ("BUSY", "LOCKED", "FULL", "READONLY", "IOERR", "CANTOPEN", "PROTOCOL")
"""Primary result codes of SQLite that pass, or that an operator can end (sqlite.org/rescode)."""

_POSTGRES_FOR_NOW: Final = (
    "08",  # connection exception
    "25006",  # read-only transaction: a standby, while roles change
    "25P03",  # the transaction stood still for too long: this process was frozen
    "40001",  # serialization failure
    "40P01",  # deadlock detected
    "53",  # insufficient resources: disk full, too many connections
    "55P03",  # lock not available
    "57P",  # the server shuts down or starts
    "58030",  # input or output error
)
"""Beginnings of SQLSTATE codes (PostgreSQL manual, appendix A)."""

_WORDS: Final = {
    "SQLITE_FULL": "its disk is full",
    "SQLITE_READONLY": "it may not be written",
    "SQLITE_CORRUPT": "its file is damaged, restore a backup",
    "SQLITE_NOTADB": "its file is damaged or something else, restore a backup",
    "53100": "its disk is full",
    "25006": "it may not be written",
    "57P": "its server stops or starts",
    "XX001": "its files are damaged, restore a backup",
}
"""What an operator can do something about, by the beginnings of the databases' own codes."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise StoreUnavailable or StoreError for whatever the database libraries raise."""
    try:
        yield
    except PoolTimeoutError:
        raise StoreUnavailable("no connection to the database came free in time") from None
    except DBAPIError as error:
        raise _from_driver(error) from None
    except InvalidRequestError as error:
        # What remains of SQLAlchemy's errors are mistakes in our statements: they stay as they are.
        raise StoreError(f"the database could not do it ({type(error).__name__})") from None


def _from_driver(error: DBAPIError) -> StoreError:
    original = error.orig
    if isinstance(original, sqlite3.Error):
        code = getattr(original, "sqlite_errorname", "")
        for_now = code.removeprefix("SQLITE_").startswith(_SQLITE_FOR_NOW)
    else:
        code = getattr(original, "sqlstate", None) or ""
        # Without a code there was no answer at all: the server is away or refuses connections.
        no_answer = isinstance(error, OperationalError) and not code
        for_now = no_answer or code.startswith(_POSTGRES_FOR_NOW)
    name = f"{type(original).__name__} {code}".strip()
    known = next((words for begin, words in _WORDS.items() if code.startswith(begin)), None)
    why = f": {known} ({name})" if known else f" ({name})"
    if for_now or error.connection_invalidated:
        return StoreUnavailable(f"the database cannot do it now{why}")
    return StoreError(f"the database could not do it{why}")
