"""A wide day on Telegram: 10,000 notices to 6,000 people, 300 groups, 20 channels, limits enforced.

The store, the deliverer and the real library send over real sockets to a local Bot API that
answers after 150 ms and refuses, in strict windows, what comes faster than 30 messages a second
over all, one a second to a chat, or 20 a minute to a group or channel.

All of it runs in one process, in an event loop whose time passes only while everybody waits
(``tests.fakes.fast_loop``): the limits, the 150 ms and the bot's own waiting are on that clock;
what the processor works takes none of it and is printed beside. Groups and channels have a thread
for each trial, so that each notice is a message of its own.

The aims: within 2 % of the best that the limits allow, nothing refused, lost or twice.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from adapters.telegram.platform import TelegramPlatform
from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.settings.chat import ChatSettings
from bot.services.deliver import Deliverer
from bot.services.waiting import StoredWaiting
from storage.chats import keep_bot, mark_of_address
from storage.engine import Database, open_database
from storage.migrate import migrate
from storage.store import SqlStore
from storage.tables import chats, subscriptions
from tests.bench.figures import aim, figure, seconds, title
from tests.bench.filling import KINDS, insert_all
from tests.bench.material import DAY_BEFORE
from tests.fakes.fast_loop import LoopClock, run_fast
from tests.fakes.telegram import CHANNEL, TOKEN, Accepted, FakeTelegram
from tests.fakes.telegram_limits import OVER_ALL, TO_A_CHAT, TO_A_GROUP
from tests.studies import PARSERS, SECRET, absorb, changed, read, study

BOT_ID = TOKEN.partition(":")[0]
TRIALS = 50
ANSWERS_AFTER = 0.15
AIM = 1.02
"""Times the best."""

Owed = dict[int, tuple[int, ...]]
"""Which trials each chat is owed, by the chat's id on Telegram."""


class Told(msgspec.Struct, frozen=True):
    """What came of it."""

    messages: Sequence[Accepted]
    refused: int
    took: float
    """Seconds of a processor."""


def main(arguments: list[str]) -> None:
    """Send all of it once."""
    parser = argparse.ArgumentParser(prog="./run bench telegram", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="of the figures above, for a try")
    scale = parser.parse_args(arguments).scale
    owed = _chats(scale)
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        asyncio.run(_follow(url, owed))
        told = run_fast(_send(url, sum(map(len, owed.values()))))
    _print(owed, told)


def _chats(scale: float) -> Owed:
    """6,000 people with one trial each, 300 groups with ten, 20 channels with all fifty."""
    people, groups, channels = (int(many * scale) for many in (6_000, 300, 20))
    owed: Owed = {10_000 + one: (one % TRIALS,) for one in range(people)}
    for one in range(groups):
        owed[-10_000 - one] = tuple((one + 5 * step) % TRIALS for step in range(10))
    for one in range(channels):
        owed[CHANNEL - one] = tuple(range(TRIALS))
    return owed


async def _follow(url: str, owed: Owed) -> None:
    """A database in which these chats follow these trials."""
    await migrate(url)
    store = await SqlStore.open(url, SECRET, parsers=PARSERS)
    await absorb(store, *(read(study(number)) for number in range(TRIALS)), day=DAY_BEFORE)
    database = open_database(url, SECRET)
    async with aclosing(_Closing(store)), aclosing(_Closing(database)):
        async with database.write() as connection:
            bot = await keep_bot(connection, database, "telegram", BOT_ID)
        consented = datetime.combine(DAY_BEFORE, datetime.min.time(), UTC)
        rows = [
            {
                "bot_id": bot,
                "mark": mark_of_address(database, Address("telegram", BOT_ID, str(chat))),
                "chat": str(chat),
                "thread": None,
                "consented_at": consented,
            }
            for chat in owed
        ]
        await insert_all(database, chats, rows)
        what = {"kinds": KINDS, "since": DAY_BEFORE, "interest_id": None}
        following = [
            {"chat_id": at, "study_id": trial + 1, **what}
            for at, trials in enumerate(owed.values(), 1)
            for trial in trials
        ]
        await insert_all(database, subscriptions, following)
        for at, chat in enumerate(owed, 1):
            if chat < 0:
                await store.chats.configure(at, ChatSettings(threads=True))


class _Closing:
    """Anything that is closed by ``close``, for ``aclosing``."""

    def __init__(self, opened: SqlStore | Database) -> None:
        self._opened = opened

    async def aclose(self) -> None:
        """Close it."""
        await self._opened.close()


async def _send(url: str, many: int) -> Told:
    """Owe all of it at once, and send until nothing is owed."""
    clock, store = LoopClock(), await SqlStore.open(url, SECRET, parsers=PARSERS)
    await absorb(store, *(changed(number) for number in range(TRIALS)), now=clock.now())
    while await store.notices.spread(1000, clock.now()):
        pass
    owed = (await store.notices.debts(clock.now())).by_state
    assert owed == {"due": many}, owed
    waiting = StoredWaiting(store, clock)
    async with FakeTelegram(delay=ANSWERS_AFTER, enforce=True) as fake:
        platform = TelegramPlatform(fake.token, fake.url, _nothing, clock, waiting=waiting)
        await platform.start()
        lease = await store.leases.acquire("send", "bench", 3600)
        assert lease is not None
        chance = random.Random(8)
        deliverer = Deliverer(store, platform.messenger, clock, chance, ZoneInfo)
        began = time.process_time()
        await deliverer.run_until_paid(lease)
        took = time.process_time() - began
        await platform.stop()
        assert fake.limits is not None
        assert fake.complaints == []
        refused = fake.limits.refused
    await store.close()
    return Told(tuple(fake.messages), refused, took)


async def _nothing(_: object) -> tuple[Message, ...]:
    return ()


def best(owed: Owed) -> float:
    """Seconds from the first message to the last that the limits allow, whoever sends.

    However all of it is ordered, so many messages that fill a window cost that window: over all,
    and to each chat by itself. None can be faster than the slowest of these.
    """
    floors = [_full(sum(map(len, owed.values())), *OVER_ALL)]
    for chat, trials in owed.items():
        floors.append(_full(len(trials), *TO_A_CHAT))
        if chat < 0:
            count, span = TO_A_GROUP
            rest = (len(trials) - 1) % count
            floors.append(_full(len(trials), count, span) + _full(rest + 1, *TO_A_CHAT))
    return max(floors)


def _full(many: int, count: int, span: float) -> float:
    return (many - 1) // count * span


def _print(owed: Owed, told: Told) -> None:
    many = sum(map(len, owed.values()))
    arrived = [message.arrived for message in told.messages]
    span, floor = arrived[-1] - arrived[0], best(owed)
    heard = Counter(
        (message.chat_id, int(number))
        for message in told.messages
        for number in set(re.findall(r"NCT(\d{8})", message.text))
    )
    lost = sum((chat, trial) not in heard for chat, trials in owed.items() for trial in trials)
    twice = sum(heard.values()) - len(heard)
    title(f"{many} notices to {len(owed)} Telegram chats")
    figure("messages", f"{len(told.messages)}")
    beside = f"{span / floor:.4f} x the best, {aim(span <= AIM * floor, f'{AIM} x')}"
    figure("from the first message to the last", seconds(span), beside)
    figure("the best that the limits allow", seconds(floor))
    figure("refused as too fast", f"{told.refused}", aim(told.refused == 0, "0"))
    figure("owed and not told", f"{lost}", aim(lost == 0, "0"))
    figure("told twice", f"{twice}", aim(twice == 0, "0"))
    share = f"{100 * told.took / span:.0f} % of one for as long as it takes"
    figure("processor, with Telegram's stand-in", seconds(told.took), share)
