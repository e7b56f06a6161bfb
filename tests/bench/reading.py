"""The measured process of ``bench day``: one reading as ``trialbell poll`` does it, then floors.

``python -m tests.bench.reading`` takes its settings from the environment as the program does, and
prints what it measured as one line of JSON.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable

import httpx
import msgspec
from sqlalchemy import delete, text

import bot.services.absorb
import storage.absorbing
import storage.holds
from adapters.ctgov import wire
from adapters.ctgov.http import Answer, HttpxWay
from adapters.ctgov.pace import Pace
from bot.domain.matching.index import Index
from bot.services.absorb import Absorber
from bot.services.deliver import SPREAD_BATCH
from bot.services.poll import Poll, Reading
from storage.absorbing import SqlAbsorbing
from storage.engine import open_database
from storage.tables import notices
from tests.bench.figures import peak_memory
from tests.bench.stopwatch import Stopwatch, instead
from trialbell.logs import set_up_logs
from trialbell.settings import Settings
from trialbell.wiring import Core, open_core

READ, DECIDE, MATCH, BACK, WRITE, OWE, GLIMPSE, PACE, ANSWER = (
    *("ask and parse", "compare and decide", "match", "read back", "write", "owe"),
    *("projection of the watched", "pace", "answer"),
)
SPREAD = "expand wide debts"

SECTIONS = (
    (Poll, "_run", READ),
    (Poll, "_glimpse", GLIMPSE),
    (Absorber, "records", WRITE),
    (bot.services.absorb, "decide", DECIDE),
    (Index, "match", MATCH),
    (SqlAbsorbing, "previous", BACK),
    (storage.absorbing, "owe", OWE),
    (storage.holds, "owe", OWE),
    (Pace, "turn", PACE),
)
"""What is timed, and as what; what is called within is its caller's."""


Get = Callable[[HttpxWay, str, float], Awaitable[Answer]]


class Measured(msgspec.Struct, kw_only=True):
    """What one reading cost; times in seconds, sizes in bytes."""

    seconds: dict[str, float]
    answer_cpu: float
    """Of the time of the answers, what this process itself worked: taking the bytes in."""
    cpu: float
    peak: int
    requests: int
    received: int
    records: int
    versions: int
    occurrences: int
    notices: int
    spread: int
    glimpsed: int
    read_in_full: int
    interests: int
    floor_decode: float
    floor_typed: float
    floor_insert: float


class Line:
    """Watches the way to the registry: what was asked, and how long the answers took."""

    def __init__(self, watch: Stopwatch) -> None:
        self.urls: list[str] = []
        self.received = 0
        self.cpu = 0.0
        self._watch = watch

    def around(self, get: Get) -> Get:
        """The same way of asking, watched."""

        async def watched(way: HttpxWay, url: str, seconds: float) -> Answer:
            began = time.process_time()
            with self._watch.section(ANSWER):
                answer = await get(way, url, seconds)
            self.cpu += time.process_time() - began
            self.urls.append(url)
            self.received += len(answer.body)
            return answer

        return watched


async def measure(settings: Settings) -> Measured:
    """Read the day, expand what is wide, and run the floors."""
    watch = Stopwatch()
    line = Line(watch)
    async with open_core(settings) as core:
        began = time.process_time()
        with watch.watching(*SECTIONS), instead(HttpxWay, "get", line.around(HttpxWay.get)):
            reading = await core.reader.look()
        cpu = time.process_time() - began
        assert reading is not None, "the registry could not be read"
        with watch.section(SPREAD):
            spread = await _spread(core)
        peak = peak_memory()
        interests = await _interests(core)
    decode, typed = await _decode_alone(line.urls)
    return Measured(
        **_of(reading),
        seconds=dict(watch.seconds),
        answer_cpu=line.cpu,
        cpu=cpu,
        peak=peak,
        requests=len(line.urls),
        received=line.received,
        spread=spread,
        interests=interests,
        floor_decode=decode,
        floor_typed=typed,
        floor_insert=await _insert_alone(settings),
    )


def _of(reading: Reading) -> dict[str, int]:
    intake = reading.intake
    assert reading.fresh
    assert intake.set_aside == 0
    return {
        "records": intake.records,
        "versions": intake.versions,
        "occurrences": intake.occurrences,
        "notices": intake.notices,
        "glimpsed": reading.glimpsed,
        "read_in_full": reading.read_in_full,
    }


async def _interests(core: Core) -> int:
    return len(await core.store.readings.interests(0))


async def _spread(core: Core) -> int:
    total = 0
    while written := await core.store.notices.spread(SPREAD_BATCH, core.clock.now()):
        total += written
    return total


async def _decode_alone(urls: list[str]) -> tuple[float, float]:
    """The same answers decoded by msgspec: into plain values, and into what the parser reads."""
    plain = typed = 0.0
    decoder, study = msgspec.json.Decoder(wire.Answer), msgspec.json.Decoder(wire.Study)
    async with httpx.AsyncClient(timeout=60) as client:
        for url in urls:
            body = (await client.get(url)).content
            began = time.perf_counter()
            msgspec.json.decode(body)
            plain += time.perf_counter() - began
            if b'"studies"' not in body:
                continue
            began = time.perf_counter()
            for raw in decoder.decode(body).studies:
                study.decode(raw)
            typed += time.perf_counter() - began
    return plain, typed


async def _insert_alone(settings: Settings) -> float:
    """The same notices inserted again by one statement, into the same table and indexes."""
    assert settings.secret_key is not None
    secret = settings.secret_key.get_secret_value().encode()
    database = open_database(settings.database_url, secret)
    try:
        async with database.write() as connection:
            await connection.execute(text("CREATE TABLE kept AS SELECT * FROM notices"))
            await connection.execute(delete(notices))
        began = time.perf_counter()
        async with database.write() as connection:
            names = ", ".join(notices.c.keys())
            again = f"INSERT INTO notices ({names}) SELECT {names} FROM kept"
            await connection.execute(text(again))
        return time.perf_counter() - began
    finally:
        await database.close()


def main() -> None:
    """Measure, and say it."""
    set_up_logs("WARNING")
    measured = asyncio.run(measure(Settings(_env_file=None)))
    sys.stdout.buffer.write(msgspec.json.encode(measured) + b"\n")


if __name__ == "__main__":
    main()
