"""`trialbell backup` and `trialbell restore`: all that is kept, in one file and back."""

from __future__ import annotations

from pathlib import Path

from bot.domain.study import CTGOV
from storage import backup as backups
from storage.store import SqlStore
from trialbell.clock import SystemClock
from trialbell.mend import Mendable
from trialbell.secret import load_secret
from trialbell.settings import Settings
from trialbell.wiring import open_store

DECIDE = (
    "`trialbell restore --send-pending` sends what is held: some people may be told something a "
    "second time. `trialbell restore --drop-pending` drops it: some may not be told of a change, "
    "though /trial shows it."
)


async def backup(settings: Settings, file: Path) -> str:
    """Write a backup; Trialbell may run meanwhile. Returns what was done. Raises StoreError."""
    await backups.back_up(settings.database_url, file)
    return (
        f"All that is kept is in {file}. What people follow is sealed in it, and the key is not in "
        "it: keep a copy of the key in another place."
    )


async def restore(
    settings: Settings, file: Path | None, *, force: bool, send: bool, drop: bool
) -> tuple[str, ...]:
    """Take a backup back, or decide on what is held since, or both. Returns what was done.

    Raises StoreError, KeyUnusable, and Mendable where it is not clear what to do.
    """
    if send and drop:
        raise Mendable("Choose one of --send-pending and --drop-pending.")
    if file is None and not (send or drop):
        raise Mendable(f"Name the backup's file, or decide on what is held. {DECIDE}")
    said: list[str] = []
    if file is not None:
        keys, now = load_secret(settings), SystemClock().now()
        store, held = await backups.restore(settings.database_url, keys, file, force=force, now=now)
        try:
            said += await _restored(store, held)
            said += await _decided(store, send=send, drop=drop)
        finally:
            await store.close()
        return tuple(said)
    async with open_store(settings) as store:
        return tuple(await _decided(store, send=send, drop=drop))


async def _restored(store: SqlStore, held: int) -> list[str]:
    state = await store.readings.state(CTGOV)
    day = f"{state.done:%Y-%m-%d}" if state.done else "no day yet"
    waiting = (
        f"Messages that waited when it was made: {held}. They may have been sent since, so they "
        "are held. What the first reading finds may have been told too, and is held as well; what "
        "later readings find is told as ever."
    )
    return [f"The backup is restored; the registry's data were read up to {day}.", waiting]


async def _decided(store: SqlStore, *, send: bool, drop: bool) -> list[str]:
    now = SystemClock().now()
    if send:
        return [f"Messages that are sent now: {await store.holding.send(now)}."]
    if not drop:
        return [f"Nothing of it is sent until you decide. {DECIDE}"]
    dropped, complete = await store.holding.drop(now)
    said = [f"Messages that were dropped: {dropped}."]
    if not complete:
        said.append(f"What the first reading finds is held still: decide on it then. {DECIDE}")
    return said
