"""Reading in the background what exists for a newly followed condition, without a message."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping

import structlog

from bot.domain.searched import Baselined
from bot.ports.clock import Clock
from bot.ports.readings import Baseline
from bot.ports.registry import BadQuery, DataMoved, Registry, RegistryError
from bot.ports.store import Store
from bot.ports.telemetry import UNMEASURED, Step, Telemetry
from bot.services.absorb import Absorber
from bot.services.measure import timed

RESTARTS = 3
"""How often one run begins a baseline again whose place was lost: the data move once a day."""

_REFUSED = "baseline:refused:"

log = structlog.get_logger()


def refused(notes: Mapping[str, str]) -> frozenset[int]:
    """The conditions whose baseline the registry refused, as any process noted it: their ids."""
    return frozenset(int(key.removeprefix(_REFUSED)) for key in notes if key.startswith(_REFUSED))


class Baselines:
    """Works off the baselines that are owed, a page at a time, and goes on where it stopped."""

    def __init__(
        self,
        registry: Registry,
        store: Store,
        absorber: Absorber,
        clock: Clock,
        telemetry: Telemetry = UNMEASURED,
    ) -> None:
        self._registry = registry
        self._store = store
        self._absorber = absorber
        self._clock = clock
        self._telemetry = telemetry

    async def run(self, stop: asyncio.Event) -> int:
        """Read until none is owed or ``stop`` is set. Returns how many were finished.

        One whose question the registry does not understand is given up, and noted for the operator:
        asked again, it would be refused again. What is new is matched all the same. Any other that
        the registry cannot answer does not keep the others from their turn; at the end its
        RegistryError is raised. Raises StoreError too; what was read up to there is kept.
        """
        finished = 0
        failed: dict[int, RegistryError] = {}
        restarts: Counter[int] = Counter()
        while not stop.is_set():
            owed = await self._store.readings.baselines()
            turn = next((one for one in owed if one.interest_id not in failed), None)
            if turn is None:
                break
            try:
                with timed(self._telemetry, self._clock, Step.BASELINE):
                    finished += await self._advance(turn)
            except DataMoved as error:
                restarts[turn.interest_id] += 1
                if restarts[turn.interest_id] > RESTARTS:
                    failed[turn.interest_id] = error
            except BadQuery as error:
                if not await self._give_up(turn):
                    failed[turn.interest_id] = error
            except RegistryError as error:
                failed[turn.interest_id] = error
        if failed:
            raise next(iter(failed.values()))
        return finished

    async def _give_up(self, baseline: Baseline) -> bool:
        """Owe it no longer. Returns whether it is; not while readings fail.

        Where nothing can be asked at all, it is not this question that is wrong.
        """
        state = await self._store.readings.state(self._registry.name)
        if state.done is None or state.failed_at is not None:
            return False
        followed = await self._store.readings.interest_ids()
        for gone in refused(await self._store.notes.all()) - followed:
            await self._store.notes.drop(f"{_REFUSED}{gone}")
        await self._store.notes.put(f"{_REFUSED}{baseline.interest_id}", "1")
        await self._store.readings.baseline_done(baseline.interest_id)
        log.warning("baseline given up", interest=baseline.interest_id, why="BadQuery")
        return True

    async def _advance(self, baseline: Baseline) -> bool:
        """Read one page. Returns whether it was the last.

        Raises DataMoved where the place in the search is lost: the next page is the first.
        """
        timestamp = await self._registry.data_timestamp()
        token = baseline.token if baseline.data_timestamp == timestamp else None
        try:
            page = await self._registry.search_page(baseline.words, token, baseline.search)
        except DataMoved:
            await self._store.readings.baseline_at(baseline.interest_id, None, timestamp)
            raise
        found = Baselined(baseline.search) if baseline.search else None
        await self._absorber.page(page, timestamp.date(), found)
        if page.token is None:
            await self._store.readings.baseline_done(baseline.interest_id)
            log.info("baseline finished", interest=baseline.interest_id)
            return True
        await self._store.readings.baseline_at(baseline.interest_id, page.token, timestamp)
        return False
