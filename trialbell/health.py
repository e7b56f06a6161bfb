"""`trialbell health`: is the one that runs here alive, and does it keep up?"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from bot.domain.study import CTGOV
from bot.domain.words import say
from storage.store import SqlStore
from trialbell.secret import load_secret
from trialbell.settings import Settings, alive_file

ALIVE_WITHIN = 60.0
"""Seconds: several times the pace at which a running loop shows that it is alive."""

READING_OUT = timedelta(hours=24)
"""Readings that fail longer make it unwell; the registry itself is out for hours now and then."""


async def health(settings: Settings) -> tuple[str, ...]:
    """What is wrong, as sentences; empty where all is well. Raises StoreError, KeyUnusable.

    It is asked every minute, so it does without what only the running one needs: platforms,
    parsers, migrations.
    """
    path = alive_file(settings)
    age = time.time() - path.stat().st_mtime if path.exists() else None
    if age is None or age > ALIVE_WITHIN:
        return (say("health.loop"),)
    store = await SqlStore.open(settings.database_url, load_secret(settings), parsers={})
    try:
        state = await store.readings.state(CTGOV)
    finally:
        await store.close()
    if state.failed_at is not None and datetime.now(UTC) - state.failed_at > READING_OUT:
        since = f"{state.failed_at:%Y-%m-%d %H:%M} UTC"
        return (say("health.registry", since=since, why=state.failure),)
    return ()
