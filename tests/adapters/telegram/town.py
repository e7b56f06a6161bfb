"""A whole sender over the wire on a fast clock: store, deliverer, bot, and Telegram beside it."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.telegram.platform import TelegramPlatform
from bot.domain.address import Address
from bot.services.deliver import Deliverer
from bot.services.waiting import StoredWaiting
from storage.store import SqlStore
from tests.adapters.telegram.support import BOT_ID, Desk
from tests.fakes.fast_loop import LoopClock
from tests.fakes.telegram import FakeTelegram
from tests.studies import DAY, PARSERS, SECRET, absorb, changed, follower, lease, read, study


class Town:
    """Telegram and a database; the bot comes and goes. ``clock`` is that of the running loop."""

    def __init__(self, fake: FakeTelegram, store: SqlStore) -> None:
        self.fake = fake
        self.store = store
        self.clock = LoopClock()
        self.desk = Desk()

    async def owe(self, *chats: int, trials: int = 1) -> None:
        """Let these chats follow so many trials, each of which changes."""
        numbers = range(1, trials + 1)
        for number in numbers:
            await absorb(self.store, read(study(number)), day=DAY - timedelta(days=1))
        for chat in chats:
            await follower(self.store, Address("telegram", BOT_ID, str(chat)), *numbers)
        for number in numbers:
            await absorb(self.store, changed(number), now=self.clock.now())

    @asynccontextmanager
    async def bot(self, *, paid: bool = False) -> AsyncIterator[TelegramPlatform]:
        """A process's lifetime: hearing and sending, stopped in order at the end."""
        fake, store, clock = self.fake, self.store, self.clock
        waiting = StoredWaiting(store, clock)
        platform = TelegramPlatform(
            fake.token, fake.url, self.desk, clock, waiting=waiting, paid=paid, timeout=5.0
        )
        stop = asyncio.Event()
        held = await lease(store, holder=uuid.uuid4().hex, seconds=600)
        await platform.start()
        chance = random.Random(7)
        deliverer = Deliverer(store, platform.messenger, clock, chance, ZoneInfo)
        async with asyncio.TaskGroup() as group:
            group.create_task(deliverer.run(held, stop))
            try:
                yield platform
            finally:
                stop.set()
        await platform.stop()
        await store.leases.release(held)

    async def states(self) -> dict[str, int]:
        """How many notices are in which state."""
        return dict((await self.store.notices.debts(self.clock.now())).by_state)

    def sent_to(self, chat: int) -> list[float]:
        """At which moments something arrived in a chat."""
        return [message.arrived for message in self.fake.messages if message.chat_id == chat]

    def tried(self) -> int:
        """How often something was to be sent."""
        return sum(method == "sendMessage" for method, _ in self.fake.calls)


@asynccontextmanager
async def open_town(file: Path) -> AsyncIterator[Town]:
    """A town over this migrated database file."""
    store = await SqlStore.open(f"sqlite:///{file}", SECRET, parsers=PARSERS)
    try:
        async with FakeTelegram() as fake:
            yield Town(fake, store)
            assert fake.complaints == []
    finally:
        await store.close()
