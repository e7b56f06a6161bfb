"""Finding one trial for somebody who waits: from the store where that is current, else asked."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from bot.domain.adverse import EventGroup
from bot.domain.study import Study, StudyKey
from bot.ports.registry import NotFound, Registry, RegistryError, RegistryRefused, Unavailable
from bot.ports.store import Store
from bot.services.absorb import Absorber
from bot.services.data_date import DataDate


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A trial and the data day it stands for. ``stale`` where the registry could not be asked."""

    study: Study
    data_day: date
    stale: bool = False


class LookUp:
    """Answers from the store what was read under the present data date; asks for the rest."""

    def __init__(
        self, registry: Registry, store: Store, absorber: Absorber, data_date: DataDate
    ) -> None:
        self._registry = registry
        self._store = store
        self._absorber = absorber
        self._data_date = data_date

    async def find_all(self, keys: Sequence[StudyKey]) -> Mapping[StudyKey, Found]:
        """Those of these trials that there are, as they stand now; in few requests.

        A number that is an alias is found too. Raises RegistryError.
        """
        day = (await self._data_date.now()).date()
        found: dict[StudyKey, Found] = {}
        missing = []
        for key in keys:
            stored = await self._store.studies.get(key)
            if stored is None:
                missing.append(key)
            else:
                found[key] = Found(study=stored.study, data_day=day)
        async for page in self._registry.read(missing):
            await self._absorber.records(page.records, day)
            for record in page.records:
                found[record.study.key] = Found(study=record.study, data_day=day)
        for key in missing:
            if key not in found:
                with contextlib.suppress(NotFound):
                    found[key] = await self.find(key)
        return found

    async def adverse_events(self, key: StudyKey) -> tuple[EventGroup, ...] | None:
        """The groups of the table of adverse events; None where they cannot be had just now."""
        try:
            return await self._registry.adverse_events(key.number)
        except RegistryError:  # the card is shown without them, and says so
            return None

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
        except (Unavailable, RegistryRefused):
            if stored is None:
                raise
            return Found(study=stored.study, data_day=stored.read_day, stale=True)
        await self._absorber.records([record], day)
        return Found(study=record.study, data_day=day)
