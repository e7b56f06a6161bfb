"""Finding one trial for somebody who waits: from the store where that is current, else asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from bot.domain.study import Study, StudyKey
from bot.ports.clock import Clock
from bot.ports.registry import Registry, Unavailable
from bot.ports.store import Store
from bot.services.absorb import Absorber

DATE_HOLDS = timedelta(minutes=5)
"""How long an answer on the data date is taken for the present one; the data move once a day."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A trial and the data day it stands for. ``stale`` where the registry could not be asked."""

    study: Study
    data_day: date
    stale: bool = False


class DataDate:
    """The registry's present data timestamp, asked at most once in a while."""

    def __init__(self, registry: Registry, clock: Clock) -> None:
        self._registry = registry
        self._clock = clock
        self._known: datetime | None = None
        self._asked_at: datetime | None = None

    async def now(self) -> datetime:
        """The data timestamp. Raises RegistryError where it is not known and cannot be asked."""
        now = self._clock.now()
        if self._known is None or self._asked_at is None or now - self._asked_at > DATE_HOLDS:
            self._known = await self._registry.data_timestamp()
            self._asked_at = now
        return self._known


class LookUp:
    """Answers from the store what was read under the present data date; asks for the rest."""

    def __init__(
        self, registry: Registry, store: Store, absorber: Absorber, data_date: DataDate
    ) -> None:
        self._registry = registry
        self._store = store
        self._absorber = absorber
        self._data_date = data_date

    async def find(self, key: StudyKey) -> Found:
        """The trial as it stands now.

        Where the registry is out and the store has it, that is given and marked stale; else raises
        RegistryError (NotFound where there is no such trial).
        """
        stored = await self._store.studies.get(key)
        try:
            day = (await self._data_date.now()).date()
            if stored is not None and stored.read_day >= day:
                return Found(study=stored.study, data_day=day)
            record = await self._registry.look_up(key.number)
        except Unavailable:
            if stored is None:
                raise
            return Found(study=stored.study, data_day=stored.read_day, stale=True)
        await self._absorber.records([record], day)
        return Found(study=record.study, data_day=day)
