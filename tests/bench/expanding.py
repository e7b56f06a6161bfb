"""The measured process of ``bench fanout``: one changed trial, taken in and told to all.

``python -m tests.bench.expanding`` takes its settings from the environment as the program does, and
prints what it measured as one line of JSON.
"""

from __future__ import annotations

import asyncio
import sys
import time

import msgspec

from adapters.ctgov.parse import read_page
from bot.services.deliver import SPREAD_BATCH
from tests.bench.figures import memory, peak_memory
from tests.bench.material import DAY, become_unknown, material
from trialbell.logs import set_up_logs
from trialbell.settings import Settings
from trialbell.wiring import open_core


class Expanded(msgspec.Struct, kw_only=True):
    """What one change to many chats cost; times in seconds, memory in bytes."""

    owe: float
    spread: float
    longest: float
    """The longest batch, in which a message waits to be settled."""
    cpu: float
    written: int
    start: int
    peak: int


async def measure(settings: Settings) -> Expanded:
    """Take the change in, and expand what is owed as the deliverer does it."""
    changed = become_unknown(material(made=True).trial(0))
    page = read_page(msgspec.json.encode({"studies": [changed]}), with_results=False)
    async with open_core(settings) as core:
        await core.store.check_writable()  # whatever is loaded with the first statement is there
        start, cpu, began = memory(), time.process_time(), time.perf_counter()
        written = (await core.absorber.records(page.records, DAY)).notices
        owe, longest = time.perf_counter() - began, 0.0
        while True:
            since = time.perf_counter()
            batch = await core.store.notices.spread(SPREAD_BATCH, core.clock.now())
            longest = max(longest, time.perf_counter() - since)
            written += batch
            if not batch:
                break
        return Expanded(
            owe=owe,
            spread=time.perf_counter() - began - owe,
            longest=longest,
            cpu=time.process_time() - cpu,
            written=written,
            start=start,
            peak=peak_memory(),
        )


def main() -> None:
    """Measure, and say it."""
    set_up_logs("WARNING")
    measured = asyncio.run(measure(Settings(_env_file=None)))
    sys.stdout.buffer.write(msgspec.json.encode(measured) + b"\n")


if __name__ == "__main__":
    main()
