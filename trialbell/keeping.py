"""Letting go, by the hour, of what is done; and a word while a restore waits for a decision."""

from __future__ import annotations

import structlog

from bot.ports.clock import Clock
from bot.ports.store import Store

PRUNE_SECONDS = 3600.0

BATCH = 500
"""Rows of a kind in one transaction."""

log = structlog.get_logger()


async def prune(store: Store, clock: Clock) -> int:
    """Let go of all that is done for long enough. Returns how many rows. Raises StoreError."""
    gone = 0
    while batch := await store.keeping.prune(clock.now(), BATCH):
        gone += batch
    if gone:
        log.info("let go of what is done", rows=gone)
    held = await store.keeping.held()
    if held:
        log.warning("held since a restore: decide with trialbell restore", notices=held)
    return gone
