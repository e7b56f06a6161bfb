"""A database with chats that are owed something, a backup of it, and what is told after all."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.domain.address import Address
from bot.domain.study import CTGOV
from storage.store import SqlStore
from tests.bot.services.owing import pay
from tests.bot.services.support import numbers
from tests.fakes.messenger import RecordingMessenger
from tests.studies import (
    DAY,
    NOW,
    PARSERS,
    TELEGRAM,
    absorb,
    changed,
    follower,
    lease,
    read,
    study,
    telegram,
)
from trialbell.backup import backup, restore
from trialbell.clock import SystemClock
from trialbell.secret import load_secret
from trialbell.settings import Settings

CHATS = 3


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[SqlStore]:
    """A store, as one process has it."""
    keys = load_secret(settings)
    store = await SqlStore.open(settings.database_url, keys, parsers=PARSERS)
    try:
        yield store
    finally:
        await store.close()


async def take_back(settings: Settings, file: Path | None, **how: bool) -> str:
    """What the operator is told by ``trialbell restore``."""
    how = {"force": True, "send": False, "drop": False} | how
    return "\n".join(await restore(settings, file, **how))


class Chats:
    """What each chat was told since the beginning, whatever became of the database."""

    def __init__(self) -> None:
        self.told: Counter[tuple[Address, str]] = Counter()

    async def pay(self, store: SqlStore) -> int:
        """Send all that is due now."""
        messenger = RecordingMessenger(*TELEGRAM)
        clock = SystemClock()
        await pay(store, messenger, clock)
        for where, message in messenger.sent:
            self.told[where, f"{numbers([message])[0]} {message.sections}"] += 1
        return len(messenger.sent)


async def backed_up(settings: Settings, file: Path, chats: Chats) -> None:
    """Chats that were told of one change, a backup with a second one owed, and it told."""
    async with opened(settings) as store:
        for trial in (1, 2, 3):
            await absorb(store, read(study(trial)), day=DAY - timedelta(days=1))
        for one in range(1, CHATS + 1):
            await follower(store, telegram(one), 1, 2, 3)
        await absorb(store, changed(1))
        assert await chats.pay(store) == CHATS
        await absorb(store, changed(2))
        await store.readings.complete(CTGOV, NOW, NOW)
        held = await lease(store)
        await store.notices.claim(held, *TELEGRAM, busy=[], limit=1, now=SystemClock().now())
        await backup(settings, file)
        await store.notices.reclaim(held, *TELEGRAM)
        await store.leases.release(held)
        assert await chats.pay(store) == CHATS
        await absorb(store, changed(3))
        assert await chats.pay(store) == CHATS
