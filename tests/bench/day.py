"""One data day: 3,000 records, against 10,000 watched trials and 100,000 chats that follow.

2,700 of the watched trials are updated and 300 trials are first posted; 100 more change without a
word (they become UNKNOWN). Each chat follows one to three trials, three in ten also one or two of
2,000 conditions. The registry is the sandbox in another process; what it takes to answer, and the
pace, are measured and taken off. The database is filled before and not measured.

The aim: under 15 seconds on two cores, and 300 MB. The floors are msgspec decoding the same pages,
and the database inserting the same notices by one statement.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import tempfile
import time
from pathlib import Path

import msgspec

from tests.bench import reading
from tests.bench.children import child, first_line, registry
from tests.bench.figures import aim, figure, megabytes, seconds, times, title
from tests.bench.filling import SECRET, Following, fill
from tests.bench.material import (
    DAY,
    Material,
    become_unknown,
    conditions,
    first_posted,
    material,
    renewed,
)
from tests.bench.reading import Measured
from tests.postgres import Postgres

WATCHED = 10_000
UPDATED = 2_700
POSTED = 300
SILENT = 100
CHATS = 100_000

AIM_SECONDS = 15.0
AIM_BYTES = 300 * 2**20


def main(arguments: list[str]) -> None:
    """Run it as the command line says."""
    parser = argparse.ArgumentParser(prog="./run bench day", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL, not SQLite")
    parser.add_argument("--made", action="store_true", help="made records even beside real ones")
    given = parser.parse_args(arguments)
    of = material(made=given.made)
    with tempfile.TemporaryDirectory(prefix="bench") as folder, contextlib.ExitStack() as stack:
        began = time.perf_counter()
        url = f"sqlite:///{folder}/bench.db"
        if given.postgres:
            url = _postgres(stack)
        following = Following(chats=CHATS, conditions=conditions(of))
        asyncio.run(fill(url, of, WATCHED, following))
        size = _write_day(Path(folder) / "registry", of)
        took = time.perf_counter() - began
        name = "PostgreSQL" if given.postgres else "SQLite"
        title(f"One data day of {UPDATED + POSTED} records on {name} ({of.origin})")
        figure("a record as it is served, on average", f"{size / 1000:.1f} kB")
        figure("set-up, not measured", seconds(took))
        with registry(Path(folder) / "registry") as address:
            _print(_measure(url, address))


def _postgres(stack: contextlib.ExitStack) -> str:
    server = Postgres()
    stack.callback(server.stop)
    server.durable()
    return server.new_database("bench")


def _write_day(folder: Path, of: Material) -> float:
    """All records as they stand on the day. Returns the mean size of those updated or new."""
    folder.mkdir()
    sizes = []
    with (folder / f"{DAY}.jsonl").open("wb") as file:
        for number in range(WATCHED + POSTED):
            trial = of.trial(number)
            today = number < UPDATED or number >= WATCHED
            if number < UPDATED:
                trial = renewed(trial, number)
            elif number < UPDATED + SILENT:
                trial = become_unknown(trial)
            elif number >= WATCHED:
                trial = first_posted(trial)
            line = msgspec.json.encode(trial)
            if today:
                sizes.append(len(line))
            file.write(line + b"\n")
    return sum(sizes) / len(sizes)


def _measure(url: str, address: str) -> Measured:
    settings = {
        "TRIALBELL_DATABASE_URL": url,
        "TRIALBELL_REGISTRY_URL": address,
        "TRIALBELL_REGISTRY_RATE": "50",
        "TRIALBELL_SECRET_KEY": SECRET,
    }
    with child("-m", "tests.bench.reading", settings=settings) as process:
        return msgspec.json.decode(first_line(process), type=Measured)


def _print(measured: Measured) -> None:
    took = measured.seconds
    waited = took[reading.ANSWER] - measured.answer_cpu
    spread = took.pop(reading.SPREAD)
    ours = sum(took.values()) - waited - took[reading.PACE]
    parse = took[reading.READ] + measured.answer_cpu
    figure("requests made", f"{measured.requests}", f"{measured.received / 1e6:.0f} MB received")
    figure(
        "records taken in",
        f"{measured.records}",
        f"{measured.read_in_full} of them read again in full, {measured.versions} new versions",
    )
    figure("trials glimpsed", f"{measured.glimpsed}")
    figure("conditions followed", f"{measured.interests}")
    figure(
        "notices owed",
        f"{measured.notices + measured.spread}",
        f"for {measured.occurrences} occurrences, {measured.spread} of the notices by wide debts",
    )
    floor = times(parse, measured.floor_decode)
    figure("ask, take in and parse", seconds(parse), f"{floor} the decoding alone")
    for name in (reading.GLIMPSE, reading.BACK, reading.MATCH, reading.DECIDE, reading.WRITE):
        figure(name, seconds(took.get(name, 0.0)))
    floor = times(took.get(reading.OWE, 0.0) + spread, measured.floor_insert)
    figure(reading.OWE, seconds(took.get(reading.OWE, 0.0)))
    figure(reading.SPREAD, seconds(spread), f"owe and expand: {floor} the bare INSERT")
    figure("floor: the same pages decoded by msgspec", seconds(measured.floor_decode))
    figure("floor: the same pages into our own types", seconds(measured.floor_typed))
    figure("floor: the same notices, bare INSERT", seconds(measured.floor_insert))
    figure("the registry's answers, taken off", seconds(waited))
    figure("the pace, taken off", seconds(took[reading.PACE]))
    reached = ours < AIM_SECONDS
    figure("TOTAL without them", seconds(ours), aim(reached, f"under {AIM_SECONDS:.0f} s"))
    figure("processor time", seconds(measured.cpu))
    reached = measured.peak < AIM_BYTES
    figure("most memory held", megabytes(measured.peak), aim(reached, megabytes(AIM_BYTES)))
