"""Backups: made while Trialbell runs, and taken back without telling anything twice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.ports.store_errors import StoreError
from storage import copying, dumping
from storage.alone import alone
from storage.engine import read_url
from storage.migrate import migrate
from storage.sealed import KeySource
from storage.store import SqlStore

NOT_EMPTY: Final = (
    "the database holds something already, and would lose it. Call it again with --force to put "
    "the backup in its place"
)


async def back_up(url: str, file: Path) -> None:
    """Write all of the database, as it is at one moment, into a new file that is this user's alone.

    Sealed values stay sealed in it, and the key is not in it. Raises StoreError.
    """
    target = read_url(url)
    with copying.private_file(file) as fresh:
        if target.get_backend_name() == "sqlite":
            await asyncio.to_thread(copying.copy_out, Path(target.database or ""), fresh)
        else:
            await dumping.dump(url, fresh)


async def restore(
    url: str, secret: KeySource, file: Path, *, force: bool, now: datetime
) -> tuple[SqlStore, int]:
    """Make the database what it was at the backup, and hold what may have been told since.

    Returns the open store, for its caller to close, and how many notices are held. Raises
    StoreError where somebody works on the database; where it is not empty, unless ``force``; where
    the file is no backup, of a later release, or sealed with another key. On SQLite nothing is
    changed then; the database that was there is kept beside the new one.
    """
    target = read_url(url)
    _must_be_there(file)
    if target.get_backend_name() == "sqlite":
        held = await _restore_sqlite(Path(target.database or ""), secret, file, force, now)
        return await SqlStore.open(url, secret, parsers={}), held
    empty, working = await dumping.look(url)
    if working:
        raise StoreError("somebody works on this database: stop every Trialbell on it first")
    if not empty and not force:
        raise StoreError(NOT_EMPTY)
    await dumping.undump(url, file)
    await migrate(url)
    store = await SqlStore.open(url, secret, parsers={})
    return store, await store.holding.hold(now)


async def _restore_sqlite(
    database: Path, secret: KeySource, file: Path, force: bool, now: datetime
) -> int:
    with alone(f"sqlite:///{database}"):
        if not force and not await asyncio.to_thread(copying.is_empty, database):
            raise StoreError(NOT_EMPTY)
        with _copied(file, database) as fresh:
            await asyncio.to_thread(copying.check, fresh)
            # All is held before it stands where anybody could send it.
            await migrate(f"sqlite:///{fresh}")
            store = await SqlStore.open(f"sqlite:///{fresh}", secret, parsers={})
            try:
                held = await store.holding.hold(now)
            finally:
                await store.close()
            await asyncio.to_thread(copying.put_in_place, fresh, database)
    return held


def _must_be_there(file: Path) -> None:
    if not file.is_file():
        raise StoreError(f"there is no file {file}")


@contextmanager
def _copied(file: Path, database: Path) -> Iterator[Path]:
    fresh = copying.copy_in(file, database)
    try:
        yield fresh
    finally:
        for ending in copying.BESIDE:
            Path(f"{fresh}{ending}").unlink(missing_ok=True)
