"""A database with trials, chats and what they follow, filled in bulk. It is not measured."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import accumulate, islice
from typing import Any

import msgspec
from sqlalchemy import insert

from adapters.ctgov.parse import parse, read_page
from bot.domain.address import Address
from bot.domain.change import TOLD_TO_PATIENTS, mask
from bot.domain.study import CTGOV
from bot.domain.watch import Interest
from bot.services.absorb import Absorber
from storage.chats import keep_bot, mark_of_address
from storage.codec import pack_interest
from storage.engine import Database, open_database
from storage.interest_marks import mark_of_interest
from storage.migrate import migrate
from storage.store import SqlStore
from storage.tables import chats, interests, subscriptions
from tests.bench.material import DAY_BEFORE, Material
from trialbell.clock import SystemClock

SECRET = "a key that only the benchmarks know"
PLATFORM, BOT = "terminal", "local"

_PART = 1000
KINDS = mask(TOLD_TO_PATIENTS)


class Following(msgspec.Struct, frozen=True, kw_only=True):
    """How many chats follow, the conditions there are, the most followed first, and which share of
    the chats follows any.
    """

    chats: int
    conditions: Sequence[Interest]
    share: float = 0.3


async def fill(url: str, of: Material, trials: int, following: Following) -> None:
    """Migrate, keep the trials as read the day before, and let the chats follow."""
    await migrate(url)
    database = open_database(url, SECRET.encode())
    try:
        await _fill_interests(database, following.conditions)
        await fill_trials(url, of, trials)
        await _fill_chats(database, following.chats)
        await insert_all(database, subscriptions, _subscriptions(trials, following))
    finally:
        await database.close()


async def _fill_interests(database: Database, conditions: Sequence[Interest]) -> None:
    rows = (
        {
            "mark": mark_of_interest(database, one),
            "interest": pack_interest(one),
            "since": DAY_BEFORE,
            "baseline_done": True,
        }
        for one in conditions
    )
    await insert_all(database, interests, rows)


async def fill_trials(url: str, of: Material, trials: int) -> None:
    """Through the program's own intake, so that all that it keeps of a trial is there."""
    store = await SqlStore.open(url, SECRET.encode(), parsers={CTGOV: parse})
    try:
        absorber = Absorber(store, SystemClock())
        for numbers in _parts(range(trials)):
            page = msgspec.json.encode({"studies": [of.trial(number) for number in numbers]})
            await absorber.page(read_page(page, with_results=False), DAY_BEFORE)
        moment = datetime.combine(DAY_BEFORE, time(9), UTC)
        await store.readings.complete(CTGOV, moment, moment)
    finally:
        await store.close()


async def _fill_chats(database: Database, many: int) -> None:
    async with database.write() as connection:
        bot_id = await keep_bot(connection, database, PLATFORM, BOT)
    rows = (
        {
            "bot_id": bot_id,
            "mark": mark_of_address(database, Address(PLATFORM, BOT, str(number))),
            "chat": str(number),
            "thread": None,
            "consented_at": datetime.combine(DAY_BEFORE, time(9), UTC),
        }
        for number in range(many)
    )
    await insert_all(database, chats, rows)


def _subscriptions(trials: int, following: Following) -> Iterator[dict[str, Any]]:
    """One to three trials a chat, and for some of them one or two conditions.

    Few trials and conditions have many followers, most have few: by Zipf's law, flattened at the
    top so that the most followed condition has two in a hundred of those who follow any.
    """
    chance = random.Random(100)
    trial_ids = list(range(1, trials + 1))
    chance.shuffle(trial_ids)
    of_trials = _zipf(trials, flat=20)
    ids = range(1, len(following.conditions) + 1)
    of_conditions = _zipf(len(ids), flat=10)
    what: dict[str, Any] = {"kinds": KINDS, "since": DAY_BEFORE}
    for chat in range(1, following.chats + 1):
        wanted = chance.choices(trial_ids, cum_weights=of_trials, k=chance.randint(1, 3))
        for study_id in sorted(set(wanted)):
            yield {"chat_id": chat, "study_id": study_id, "interest_id": None, **what}
        if chance.random() < following.share:
            wanted = chance.choices(ids, cum_weights=of_conditions, k=chance.randint(1, 2))
            for interest_id in sorted(set(wanted)):
                yield {"chat_id": chat, "study_id": None, "interest_id": interest_id, **what}


def _zipf(many: int, flat: int) -> list[float]:
    return list(accumulate(1 / (flat + rank) for rank in range(1, many + 1)))


async def insert_all(database: Database, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Many rows, in statements of a thousand."""
    async with database.write() as connection:
        for part in _parts(rows):
            # Asked for the new ids, SQLAlchemy puts many rows into one statement.
            await connection.execute(insert(table).returning(table.c.id), part)


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while part := list(islice(rest, _PART)):
        yield part
