"""Suggesting while somebody types: every letter of what people look for, over a full store.

The floor is one read of a kept trial from the same database. The aim: each letter in under 300 ms,
the first of a word that nobody typed before too, of the 3 seconds that Discord waits. The places
are read at the first need, once in the life of a process. All is timed by the processor's clock,
so that a busy machine changes little.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.ctgov.parse import parse
from adapters.gazetteer.gazetteer import OfflineGazetteer
from bot.domain.address import Address
from bot.domain.commands.options import Suggests
from bot.domain.study import CTGOV, StudyKey
from bot.domain.suggesting import Typing
from bot.services.suggesting import Suggesting
from storage.migrate import migrate
from storage.store import SqlStore
from tests.bench.figures import aim, figure, seconds, times, title
from tests.bench.filling import BOT, PLATFORM, SECRET, fill_trials
from tests.bench.material import material, nct_id
from trialbell.clock import SystemClock

AIM = 0.3
TRIALS = 5_000
HERE = Address(PLATFORM, BOT, "1")

TYPED = {
    Suggests.CONDITIONS: ("breast cancer", "sarcoma", "diabetes", "cystic fibrosis", "xylophone"),
    Suggests.TRIALS: (nct_id(4321), "pembrolizumab", "pain in children"),
    Suggests.PLACES: ("san francisco", "paris, texas", "münchen"),
    Suggests.COUNTRIES: ("united states",),
}


def main(arguments: list[str]) -> None:
    """Run it."""
    parser = argparse.ArgumentParser(prog="./run bench suggest", description=__doc__)
    parser.add_argument("--trials", type=int, default=TRIALS, help="how many are kept")
    trials = parser.parse_args(arguments).trials
    with TemporaryDirectory() as folder:
        asyncio.run(_measure(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}", trials))


async def _measure(url: str, trials: int) -> None:
    await migrate(url)
    await fill_trials(url, material(made=False), trials)
    store = await SqlStore.open(url, SECRET.encode(), parsers={CTGOV: parse})
    try:
        floor = await _floor(store, trials)
        title(f"{trials} trials kept; one read of a trial takes {seconds(floor)}")
        clock = SystemClock()
        for suggests in TYPED:
            for again in ("new", "again"):
                if again == "new":
                    suggesting = Suggesting(store, OfflineGazetteer(), clock)
                spent = sorted([one async for one in _typed(suggesting, suggests)])
                _print(f"{suggests}, typed {again}", spent, floor)
    finally:
        await store.close()


async def _floor(store: SqlStore, trials: int) -> float:
    began = time.process_time()
    for number in range(100):
        await store.studies.get(StudyKey(CTGOV, nct_id(number * 37 % trials)))
    return (time.process_time() - began) / 100


async def _typed(suggesting: Suggesting, suggests: Suggests) -> AsyncIterator[float]:
    for text in TYPED[suggests]:
        for end in range(1, len(text) + 1):
            typing = Typing(
                suggests=suggests, text=text[:end], address=HERE, private=True, person=text
            )
            began = time.process_time()
            await suggesting.suggest(typing)
            yield time.process_time() - began


def _print(what: str, spent: list[float], floor: float) -> None:
    middle, worst = spent[len(spent) // 2], spent[-1]
    figure(f"{what}: a letter, median", seconds(middle), times(middle, floor))
    reached = aim(worst <= AIM, f"under {seconds(AIM)}")
    figure(f"{what}: a letter, the longest", seconds(worst), reached)
