"""Reading in the background what exists for a newly followed condition, without a message."""

from __future__ import annotations

import asyncio

import structlog

from bot.ports.registry import DataMoved, Registry
from bot.ports.store import Baseline, Store
from bot.services.absorb import Absorber

log = structlog.get_logger()


class Baselines:
    """Works off the baselines that are owed, a page at a time, and goes on where it stopped."""

    def __init__(self, registry: Registry, store: Store, absorber: Absorber) -> None:
        self._registry = registry
        self._store = store
        self._absorber = absorber

    async def run(self, stop: asyncio.Event) -> int:
        """Read until none is owed or ``stop`` is set. Returns how many were finished.

        Raises RegistryError and StoreError; what was read up to there is kept.
        """
        finished = 0
        while not stop.is_set():
            owed = await self._store.readings.baselines()
            if not owed:
                break
            if await self._advance(owed[0]):
                finished += 1
        return finished

    async def _advance(self, baseline: Baseline) -> bool:
        """Read one page. Returns whether it was the last."""
        timestamp = await self._registry.data_timestamp()
        token = baseline.token if baseline.data_timestamp == timestamp else None
        try:
            page = await self._registry.search_page(baseline.words, token)
        except DataMoved:
            await self._store.readings.baseline_at(baseline.interest_id, None, timestamp)
            return False
        await self._absorber.page(page, timestamp.date())
        if page.token is None:
            await self._store.readings.baseline_done(baseline.interest_id)
            log.info("baseline finished", interest=baseline.interest_id)
            return True
        await self._store.readings.baseline_at(baseline.interest_id, page.token, timestamp)
        return False
