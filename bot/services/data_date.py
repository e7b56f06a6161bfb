"""Which data the registry serves now, without asking at every turn."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.ports.clock import Clock
from bot.ports.registry import Registry

DATE_HOLDS = timedelta(minutes=5)
"""How long an answer on the data date is taken for the present one; the data move once a day."""


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
            return await self.ask(urgent=True)
        return self._known

    async def ask(self, *, urgent: bool = False) -> datetime:
        """The data timestamp as the registry gives it at this moment. Raises RegistryError."""
        self._known = await self._registry.data_timestamp(urgent=urgent)
        self._asked_at = self._clock.now()
        return self._known
