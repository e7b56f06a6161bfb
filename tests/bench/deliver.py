"""Debts paid in a second: claimed, told and settled one by one, by a messenger that is instant.

Each notice is claimed and settled in the database around its message, as in use, and told from the
trial that is kept. The floor is the bare work of a database: for each notice an UPDATE and a
commit, twice. PostgreSQL is a server that is started for this and writes durably.

The aim: what Telegram (30 messages a second) and Discord (50 requests a second) take from one bot
each, together, so that the database is not what people wait for.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import psycopg
from sqlalchemy import update

from adapters.ctgov.parse import parse, read_page
from bot.domain.notice import NoticeState
from bot.domain.study import CTGOV
from bot.services.absorb import Absorber
from bot.services.deliver import Deliverer
from storage.engine import open_database
from storage.store import SqlStore
from storage.tables import notices
from tests.bench.figures import aim, figure, times, title
from tests.bench.filling import BOT, PLATFORM, SECRET, Following, fill
from tests.bench.material import DAY, Material, material, renewed
from tests.fakes.messenger import RecordingMessenger
from tests.postgres import Postgres
from trialbell.clock import SystemClock

TRIALS = 100
CHATS = 600
IN_FLIGHT = (1, 8)
AIM = 80
"""Notices a second."""


def main(arguments: list[str]) -> None:
    """Run it on both databases."""
    argparse.ArgumentParser(prog="./run bench deliver", description=__doc__).parse_args(arguments)
    of = material(made=False)
    with tempfile.TemporaryDirectory(prefix="bench") as folder, contextlib.ExitStack() as stack:
        path = Path(folder) / "bench.db"
        title(f"Debts of {CHATS} chats paid on SQLite ({of.origin})")
        asyncio.run(_both(f"sqlite:///{path}", of, lambda ids: bare_sqlite(path, ids)))
        server = Postgres()
        stack.callback(server.stop)
        server.durable()
        url = server.new_database("bench")
        title(f"Debts of {CHATS} chats paid on PostgreSQL ({of.origin})")
        asyncio.run(_both(url, of, lambda ids: bare_postgres(url, ids)))


async def _both(url: str, of: Material, bare: Callable[[Sequence[int]], float]) -> None:
    await fill(url, of, TRIALS, Following(chats=CHATS, conditions=(), share=0.0))
    store = await SqlStore.open(url, SECRET.encode(), parsers={CTGOV: parse})
    try:
        await owe(store, of)
        rates: dict[int, float] = {}
        for in_flight in IN_FLIGHT:
            if rates:
                await owe_again(url)
            rates[in_flight] = await _pay(store, in_flight)
        many = sum((await store.notices.debts(SystemClock().now())).by_state.values())
    finally:
        await store.close()
    floor = many / bare(range(1, many + 1))
    figure("notices", f"{many}")
    for in_flight, rate in rates.items():
        beside = f"the floor is {times(floor, rate)} as fast"
        if in_flight == max(IN_FLIGHT):
            beside += f", {aim(rate >= AIM, f'{AIM}/s')}"
        figure(f"claimed, told and settled, {in_flight} in flight", f"{rate:.0f}/s", beside)
    figure("floor: two bare UPDATEs and commits each", f"{floor:.0f}/s")


async def owe(store: SqlStore, of: Material) -> None:
    """Change all trials, and owe it to the chats."""
    clock = SystemClock()
    day = [renewed(of.trial(number), number) for number in range(TRIALS)]
    page = read_page(msgspec.json.encode({"studies": day}), with_results=False)
    await Absorber(store, clock).records(page.records, DAY)
    while await store.notices.spread(1000, clock.now()):
        pass


async def owe_again(url: str) -> None:
    """Make everything due once more."""
    database = open_database(url, SECRET.encode())
    try:
        async with database.write() as connection:
            again = {"state": NoticeState.DUE.value, "tries": 0, "message_id": None}
            await connection.execute(update(notices).values(again))
    finally:
        await database.close()


async def _pay(store: SqlStore, in_flight: int) -> float:
    """Notices a second."""
    messenger = RecordingMessenger(PLATFORM, BOT, in_flight)
    deliverer = Deliverer(store, messenger, SystemClock(), random.Random(8), ZoneInfo)
    lease = await store.leases.acquire("send", "bench", 600)
    assert lease is not None
    began = time.perf_counter()
    claimed = await deliverer.run_until_paid(lease)
    took = time.perf_counter() - began
    assert claimed >= len(messenger.sent) > 0
    await store.leases.release(lease)
    return claimed / took


def bare_sqlite(path: Path, ids: Sequence[int]) -> float:
    """Seconds for the states alone, with the same care for the disk."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        began = time.perf_counter()
        for notice_id in ids:
            for state in ("claimed", "sent"):
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE notices SET state = ? WHERE id = ?", (state, notice_id))
                connection.execute("COMMIT")
        return time.perf_counter() - began


def bare_postgres(url: str, ids: Sequence[int]) -> float:
    """The same on PostgreSQL."""
    with psycopg.connect(url) as connection:
        began = time.perf_counter()
        for notice_id in ids:
            for state in ("claimed", "sent"):
                connection.execute(
                    "UPDATE notices SET state = %s WHERE id = %s", (state, notice_id)
                )
                connection.commit()
        return time.perf_counter() - began
