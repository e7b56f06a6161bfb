"""The registry's own lists of versions, kept for a while: a person turns pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.study import StudyKey
from bot.domain.version import RegistryVersion
from bot.ports.clock import Clock
from bot.ports.registry import Registry

HOLDS = timedelta(minutes=15)
"""How long a list is taken for the present one; the registry's data move once a day."""

MISSING_HOLDS = timedelta(minutes=1)
"""How long one that could not be had is not asked for again."""

MOST = 256
"""Lists that are kept, a few kilobytes each; the one asked for longest ago goes first."""

Versions = tuple[RegistryVersion, ...] | None


class Histories:
    """Asks for each list at most once in a while."""

    def __init__(self, registry: Registry, clock: Clock) -> None:
        self._registry = registry
        self._clock = clock
        self._kept: dict[StudyKey, tuple[Versions, datetime]] = {}

    async def of(self, key: StudyKey) -> Versions:
        """The registry's list of this trial's versions, oldest first; None where it has none."""
        now = self._clock.now()
        if key in self._kept:
            versions, asked_at = self._kept[key]
            if now - asked_at <= (MISSING_HOLDS if versions is None else HOLDS):
                return versions
        versions = await self._registry.history(key.number)
        self._kept.pop(key, None)
        self._kept[key] = (versions, now)
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        return versions
