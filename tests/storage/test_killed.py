"""A process that is killed in the middle of its work."""

from __future__ import annotations

import os
import signal

from storage.store import SqlStore
from tests.forked import Forked
from tests.studies import HOUR, NOW, TELEGRAM, absorb, follower, key, lease, read, study, telegram

COMMITS = 25


async def test_what_was_committed_outlives_a_kill(store: SqlStore, store_url: str) -> None:
    """After kill -9 every change that was reported as written is there, each with its debt."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(1), 1)
    process = await Forked.start("tests.storage.writing", (store_url,), dict(os.environ))
    reported = [(await process.output.readline()).decode().strip() for _ in range(COMMITS)]
    process.signal(signal.SIGKILL)
    await process.ended()
    reported += (await process.output.read()).decode().split()

    versions = (await store.studies.history(key(1)))[1:]
    owed = (await store.notices.debts(NOW + HOUR)).by_state["due"]
    assert len(versions) == owed
    assert len(reported) <= owed <= len(reported) + 1
    held = await lease(store)
    claimed = await store.notices.claim(held, *TELEGRAM, busy=[], limit=1, now=NOW + HOUR)
    assert [one.occurrence.cause for one in claimed] == reported[:1]
    await store.check_writable()
