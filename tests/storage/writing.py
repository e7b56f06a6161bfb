"""A process that absorbs changes until it is killed: a line is printed after each commit."""

from __future__ import annotations

import asyncio
import itertools
import sys

from storage.store import SqlStore
from tests.studies import PARSERS, SECRET, absorb, changed


async def write(url: str) -> None:
    """Absorb a change in trial 1 again and again."""
    store = await SqlStore.open(url, SECRET, parsers=PARSERS)
    for at in itertools.count(2):
        await absorb(store, changed(1, cause=f"reading-{at}"))
        sys.stdout.write(f"reading-{at}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1]))
