"""Chats that are owed, and deliverers that pay them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.address import Address
from bot.domain.outcome import Outcome
from bot.ports.clock import Clock
from bot.ports.leases import Lease
from bot.ports.messenger import Messenger
from bot.services.deliver import Deliverer
from tests.bot.services.support import numbers
from tests.fakes.clock import HeldClock
from tests.fakes.ctgov import HurriedClock
from tests.fakes.messenger import RecordingMessenger, Script
from tests.studies import DAY, absorb, changed, follower, lease, read, study

PLATFORM = ("terminal", "local")


def chat(number: int, thread: str | None = None) -> Address:
    """A chat of the messenger's platform."""
    return Address(*PLATFORM, str(number), thread)


async def owe(store: Any, chats: int, trials: int = 1) -> list[int]:
    """Let so many chats follow so many trials, each of which changes, one after the other."""
    for trial in range(1, trials + 1):
        await absorb(store, read(study(trial)), day=DAY - timedelta(days=1))
    followed = range(1, trials + 1)
    ids = [await follower(store, chat(number), *followed) for number in range(1, chats + 1)]
    for trial in followed:
        assert await absorb(store, changed(trial)) == chats
    return ids


def hurried() -> HurriedClock:
    """A clock by which every wait is over at once."""
    clock = HurriedClock()
    clock.time = HeldClock().now()
    return clock


def deliverer(store: Any, messenger: Messenger, clock: Clock | None = None) -> Deliverer:
    """A deliverer whose chance is always the same."""
    return Deliverer(store, messenger, clock or HeldClock(), random.Random(7), ZoneInfo)


async def pay(store: Any, messenger: Messenger, clock: Clock) -> int:
    """Send all that is due now, under a lease of its own."""
    held = await lease(store)
    try:
        return await deliverer(store, messenger, clock).run_until_paid(held)
    finally:
        await store.leases.release(held)


def once(answers: dict[Address, Outcome]) -> Script:
    """These answers to the first send to each chat."""
    return lambda address, _: answers.pop(address, None)


def always(answer: Outcome, *chats: Address) -> Script:
    """This answer to every send to these chats, or to all."""
    return lambda address, _: answer if not chats or address in chats else None


def to(messenger: RecordingMessenger, address: Address) -> list[str]:
    """The trials of the messages that arrived in a chat, in order."""
    return numbers([message for where, message in messenger.sent if where == address])


async def states(store: Any) -> dict[str, int]:
    """How many notices are in which state."""
    return dict((await store.notices.debts(HeldClock().now())).by_state)


@asynccontextmanager
async def running(one: Deliverer, held: Lease) -> AsyncIterator[asyncio.Event]:
    """A deliverer at work; it must end by itself when the event is set."""
    stop = asyncio.Event()
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(one.run(held, stop))
        try:
            yield stop
        finally:
            stop.set()
