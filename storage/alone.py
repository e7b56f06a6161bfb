"""SQLite is one process's own: a second one is refused with a sentence, not with a locked file."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.ports.store_errors import StoreError, StoreUnavailable
from storage.engine import read_url


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Hold an SQLite database for this process while the block runs; PostgreSQL is shared anyway.

    The lock is the kernel's (flock), so it ends with the process however that ends. Raises
    StoreError where another process holds it or the URL cannot be read, StoreUnavailable where the
    lock file cannot be made.
    """
    target = read_url(url)
    if target.get_backend_name() != "sqlite" or not target.database:
        yield
        return
    path = Path(f"{target.database}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreUnavailable(f"the database file cannot be made: {error.strerror}") from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(
                "Another Trialbell already runs on this SQLite file. Stop it first, or use "
                "PostgreSQL (TRIALBELL_DATABASE_URL) to run several."
            ) from None
        yield
    finally:
        os.close(descriptor)
