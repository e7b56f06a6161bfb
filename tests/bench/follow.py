"""3,000 changed records against a million subscriptions to conditions with filters and places.

10,000, 100,000 and 1,000,000 subscriptions one after the other (``--subscriptions`` takes other
numbers), on both databases (``--engine`` takes one), so that growth shows. Conditions are followed
as often as the records name them, each chat from a city of its own (one in three names no place)
and with an age, sex, phases and whatever else people narrow by. 2,700 trials are updated and 300
first posted. A process of its own learns what is followed, reads the changes, and writes one debt a
chat, as ``trialbell run`` does; the floor inserts the same notices into the same table by one
statement afterwards. PostgreSQL is a server that is started for this and writes durably.

The aim at 1,000,000: at least 3,000,000 pairs of a subscription and a record that match, matched in
under 10 seconds and 1.5 GB; written in at most twice the bare INSERT.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import tempfile
import time
from pathlib import Path

import msgspec

from storage.engine import open_database
from storage.migrate import migrate
from tests.bench.children import child, first_line
from tests.bench.figures import aim, figure, megabytes, seconds, times, title
from tests.bench.filling import SECRET, fill_trials
from tests.bench.followers import fill_followers, followers
from tests.bench.following import UPDATED, Followed
from tests.bench.material import Material, material
from tests.postgres import Postgres

SUBSCRIPTIONS = (10_000, 100_000, 1_000_000)
ENGINES = ("sqlite", "postgresql")

AIM_AT = 1_000_000
AIM_PAIRS = 3_000_000
AIM_SECONDS = 10.0
AIM_BYTES = 1.5 * 2**30
AIM_TIMES = 2.0


def main(arguments: list[str]) -> None:
    """Run it as the command line says."""
    parser = argparse.ArgumentParser(prog="./run bench follow", description=__doc__)
    parser.add_argument("--subscriptions", type=int, nargs="+", default=SUBSCRIPTIONS)
    parser.add_argument("--engine", choices=ENGINES, help="one database only")
    given = parser.parse_args(arguments)
    of = material(made=False)
    engines = (given.engine,) if given.engine else ENGINES
    for engine in engines:
        for many in given.subscriptions:
            _measure(engine, of, many)


def _measure(engine: str, of: Material, many: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench") as folder, contextlib.ExitStack() as stack:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        if engine == "postgresql":
            server = Postgres()
            stack.callback(server.stop)
            server.durable()
            url = server.new_database("bench")
        began = time.perf_counter()
        different, chats = asyncio.run(_fill(url, of, many))
        took = time.perf_counter() - began
        title(f"{many:,} subscriptions on {engine} ({of.origin})")
        figure("different conditions with their filters", f"{different:,}", f"of {chats:,} chats")
        figure("set-up, not measured", seconds(took))
        settings = {"BENCH_URL": url}
        process = stack.enter_context(child("-m", "tests.bench.following", settings=settings))
        _print(msgspec.json.decode(first_line(process), type=Followed), at_aim=many >= AIM_AT)


async def _fill(url: str, of: Material, many: int) -> tuple[int, int]:
    await migrate(url)
    await fill_trials(url, of, UPDATED)  # before anybody follows: nothing is matched in the set-up
    database = open_database(url, SECRET.encode())
    try:
        return await fill_followers(database, followers(of, many))
    finally:
        await database.close()


def _print(found: Followed, *, at_aim: bool) -> None:
    figure("learning what is followed, once a process", seconds(found.learn))
    figure("held in memory for it", megabytes(found.index_bytes))
    enough = aim(found.pairs >= AIM_PAIRS, f"{AIM_PAIRS:,}") if at_aim else ""
    figure("pairs of subscription and record that match", f"{found.pairs:,}", enough)
    figure("conditions touched, a record", f"{found.matches / max(found.occurrences, 1):.0f}")
    quick = aim(found.match < AIM_SECONDS, f"under {AIM_SECONDS:.0f} s") if at_aim else ""
    records = f"{found.match / found.records * 1000:.2f} ms a record"
    figure("MATCHING", seconds(found.match), f"{records}, {quick}".rstrip(", "))
    figure("of it processor time", seconds(found.match_cpu))
    lean = aim(found.peak < AIM_BYTES, megabytes(AIM_BYTES)) if at_aim else ""
    figure("most memory held", megabytes(found.peak), lean)
    figure("comparing and deciding besides", seconds(found.decide))
    figure("notices owed, one a chat and record", f"{found.notices:,}", f"{found.wide} debts wide")
    figure("keeping what happened", seconds(found.keep))
    figure("owing at the end of the reading, commits too", seconds(found.owe))
    figure("expanding what is wide", seconds(found.spread))
    written = found.owe + found.spread
    ratio = times(written, found.floor)
    near = aim(written < AIM_TIMES * found.floor, f"{AIM_TIMES:.0f} x") if at_aim else ""
    figure("WRITING the debts", seconds(written), f"{ratio} the bare INSERT {near}".rstrip())
    written += found.keep
    figure("with what happened", seconds(written), f"{times(written, found.floor)} of it")
    figure("floor: the same notices, bare INSERT", seconds(found.floor))
