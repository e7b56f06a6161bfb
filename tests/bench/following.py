"""The measured process of ``bench follow``: one reading's records matched, and debts written."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator

import msgspec
import psutil
from sqlalchemy import delete, func, select, text

import bot.services.absorb
from adapters.ctgov.parse import parse, read_page
from bot.domain.mass import Limits
from bot.domain.matching.index import Index
from bot.domain.record import Page
from bot.domain.study import CTGOV
from bot.services.absorb import Absorber
from bot.services.breaker import Breaker
from bot.services.deliver import SPREAD_BATCH
from storage.absorbing import SqlAbsorbing
from storage.codec import unpack_body
from storage.engine import Database, open_database
from storage.holds import SqlHolds
from storage.store import SqlStore
from storage.tables import notices, occurrences, subscriptions
from tests.bench.figures import peak_memory
from tests.bench.filling import SECRET
from tests.bench.material import DAY, Material, first_posted, material, renewed
from tests.bench.stopwatch import Stopwatch
from trialbell.clock import SystemClock
from trialbell.logs import set_up_logs

UPDATED, POSTED = 2_700, 300
PAGE = 100

MATCH, DECIDE, KEEP, OWE, SPREAD, REST = "match", "decide", "keep", "owe", "spread", "rest"
SECTIONS = (
    (Index, "match", MATCH),
    (Index, "match_filed_as", MATCH),
    (Index, "missed", MATCH),
    (Index, "touches", MATCH),
    (bot.services.absorb, "decide", DECIDE),
    (SqlAbsorbing, "_write_occurrences", KEEP),
    (SqlHolds, "let_go", OWE),
)


class Followed(msgspec.Struct, kw_only=True):
    """What it took; times in seconds, sizes in bytes."""

    learn: float
    index_bytes: int
    records: int
    matches: int
    pairs: int
    occurrences: int
    match: float
    match_cpu: float
    decide: float
    keep: float
    owe: float
    spread: float
    peak: int
    notices: int
    wide: int
    floor: float


class _CpuWatch(Stopwatch):
    """The same in processor time."""

    now = staticmethod(time.process_time)


async def measure(url: str) -> Followed:
    """Learn, read, write, and insert the same again."""
    of, clock, watch, cpu = material(made=False), SystemClock(), Stopwatch(), _CpuWatch()
    database = open_database(url, SECRET.encode())
    store = await SqlStore.open(url, SECRET.encode(), parsers={CTGOV: parse})
    # The records that stand for the registry are none of what a process has to hold.
    gc.collect()
    gc.freeze()
    try:
        absorber = Absorber(store, clock)
        before, began = psutil.Process().memory_info().rss, time.perf_counter()
        await absorber.catch_up()
        learn = time.perf_counter() - began
        held = psutil.Process().memory_info().rss - before
        with watch.watching(*SECTIONS), cpu.watching(*SECTIONS):
            for page in _pages(of):
                await absorber.page(page, DAY)
            peak = peak_memory()
            await Breaker(store, clock, Limits(share=2.0)).let_go(DAY, UPDATED + POSTED)
            wide = await _wide(database)
            with watch.section(SPREAD):
                while await store.notices.spread(SPREAD_BATCH, clock.now()):
                    pass
        happened, matches, pairs = await _pairs(database)
        written, floor = await _floor(database)
    finally:
        await store.close()
        await database.close()
    return Followed(
        learn=learn,
        index_bytes=held,
        records=UPDATED + POSTED,
        occurrences=happened,
        matches=matches,
        pairs=pairs,
        match=watch.seconds[MATCH],
        match_cpu=cpu.seconds[MATCH],
        decide=watch.seconds[DECIDE],
        keep=watch.seconds[KEEP],
        owe=watch.seconds[OWE],
        spread=watch.seconds[SPREAD],
        peak=peak,
        notices=written,
        wide=wide,
        floor=floor,
    )


def _pages(of: Material) -> Iterator[Page]:
    """As they come from the registry; what asking and parsing takes, ``bench day`` measures."""
    for start in range(0, UPDATED + POSTED, PAGE):
        numbers = range(start, start + PAGE)
        trials = [
            renewed(of.trial(n), n) if n < UPDATED else first_posted(of.trial(n)) for n in numbers
        ]
        yield read_page(msgspec.json.encode({"studies": trials}), with_results=False)


async def _wide(database: Database) -> int:
    asked = select(func.count()).where(occurrences.c.spread_after.is_not(None))
    async with database.read() as connection:
        return await connection.scalar(asked) or 0


async def _pairs(database: Database) -> tuple[int, int, int]:
    """Occurrences, conditions that they touch, and subscriptions to those, whatever their kinds."""
    counted = select(subscriptions.c.interest_id, func.count()).group_by(
        subscriptions.c.interest_id
    )
    happened, touched = 0, Counter[int]()
    async with database.read() as connection:
        bodies = await connection.stream_scalars(select(occurrences.c.body))
        async for body in bodies:
            happened += 1
            touched.update(match.interest_id for match in unpack_body(body).matches)
        followed = {row[0]: row[1] for row in await connection.execute(counted)}
    pairs = sum(many * followed.get(one, 0) for one, many in touched.items())
    return happened, touched.total(), pairs


async def _floor(database: Database) -> tuple[int, float]:
    """The same notices inserted again by one statement, into the same table and indexes."""
    names = ", ".join(notices.c.keys())
    async with database.write() as connection:
        await connection.execute(text("CREATE TABLE kept AS SELECT * FROM notices ORDER BY id"))
        many = await connection.scalar(text("SELECT count(*) FROM kept"))
        empty = delete(notices) if "sqlite" in str(database.url) else text("TRUNCATE notices")
        await connection.execute(empty)
    began = time.perf_counter()
    async with database.write() as connection:
        await connection.execute(text(f"INSERT INTO notices ({names}) SELECT {names} FROM kept"))
    return many or 0, time.perf_counter() - began


def main() -> None:
    """Measure, and say it."""
    set_up_logs("WARNING")
    measured = asyncio.run(measure(os.environ["BENCH_URL"]))
    sys.stdout.buffer.write(msgspec.json.encode(measured) + b"\n")


if __name__ == "__main__":
    main()
