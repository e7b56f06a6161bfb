"""`trialbell backup` and `trialbell restore`: all that is kept, in one file and back."""

from __future__ import annotations

from pathlib import Path

from bot.domain.study import CTGOV
from bot.domain.words import say
from storage import backup as backups
from storage.store import SqlStore
from trialbell.clock import SystemClock
from trialbell.mend import Mendable
from trialbell.secret import load_secret
from trialbell.settings import Settings
from trialbell.wiring import open_store


async def backup(settings: Settings, file: Path) -> str:
    """Write a backup; Trialbell may run meanwhile. Returns what was done. Raises StoreError."""
    await backups.back_up(settings.database_url, file)
    return say("backup.done", file=file)


async def restore(
    settings: Settings, file: Path | None, *, force: bool, send: bool, drop: bool
) -> tuple[str, ...]:
    """Take a backup back, or decide on what is held since, or both. Returns what was done.

    Raises StoreError, KeyUnusable, and Mendable where it is not clear what to do.
    """
    if send and drop:
        raise Mendable(say("restore.one"))
    if file is None and not (send or drop):
        raise Mendable(say("restore.what", decide=say("restore.decide")))
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
    waiting = say("restore.waiting", held=held)
    if state.done is None:
        return [say("restore.done.unread"), waiting]
    return [say("restore.done", day=state.done.date()), waiting]


async def _decided(store: SqlStore, *, send: bool, drop: bool) -> list[str]:
    now = SystemClock().now()
    if send:
        return [say("restore.sent", count=await store.holding.send(now))]
    if not drop:
        return [say("restore.undecided", decide=say("restore.decide"))]
    dropped, complete = await store.holding.drop(now)
    said = [say("restore.dropped", count=dropped)]
    if not complete:
        said.append(say("restore.later", decide=say("restore.decide")))
    return said
