"""`trialbell health`: is the one that runs here alive, and does it keep up?"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from bot.domain.study import CTGOV
from trialbell.run import alive_file
from trialbell.settings import Settings
from trialbell.wiring import open_store

ALIVE_WITHIN = 60.0
"""Seconds: several times the pace at which a running loop shows that it is alive."""

READING_OUT = timedelta(hours=24)
"""Readings that fail longer make it unwell; the registry itself is out for hours now and then."""


async def health(settings: Settings) -> tuple[str, ...]:
    """What is wrong, as sentences; empty where all is well. Raises StoreError, KeyUnusable."""
    problems = []
    path = alive_file(settings)
    age = time.time() - path.stat().st_mtime if path.exists() else None
    if age is None or age > ALIVE_WITHIN:
        problems.append("The loop does not run, or cannot write to the database.")
    async with open_store(settings) as store:
        await store.check_writable()
        state = await store.readings.state(CTGOV)
    if state.failed_at is not None and datetime.now(UTC) - state.failed_at > READING_OUT:
        problems.append(f"The registry cannot be read since {state.failed_at:%Y-%m-%d %H:%M} UTC.")
    return tuple(problems)
