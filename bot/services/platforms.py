"""Keeping in the store what is wrong with the platforms that this process serves.

Whoever tells the operator may be another process, so what is wrong is noted there; it is written at
a tick, so that nothing here is in the way of sending, nor fails it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from bot.domain.outcome import Outcome
from bot.domain.trouble import START_OUT, SendWatch, Trouble
from bot.ports.clock import Clock
from bot.ports.store import Store

_NOTE = "trouble:"


def troubles(notes: Mapping[str, str]) -> dict[str, Trouble]:
    """What is wrong, by platform, as any process noted it."""
    return {
        key.removeprefix(_NOTE): Trouble(value)
        for key, value in notes.items()
        if key.startswith(_NOTE)
    }


class PlatformWatch:
    """Hears how platforms start and what they answer, and keeps what is wrong."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._failed: dict[str, tuple[Trouble, datetime] | None] = {}
        """Each platform that is served here, and what kept it from starting, since when."""
        self._sends: defaultdict[str, SendWatch] = defaultdict(SendWatch)

    def failed(self, platform: str, trouble: Trouble) -> None:
        """It could not be started, or has to stop."""
        known = self._failed.get(platform)
        if known is None or known[0] is not trouble:
            self._failed[platform] = (trouble, self._clock.now())

    def started(self, platform: str) -> None:
        """It hears and can send."""
        self._failed[platform] = None
        self._sends.pop(platform, None)

    def left(self, platform: str) -> None:
        """It is no longer this process that serves it."""
        self._failed.pop(platform, None)
        self._sends.pop(platform, None)

    def heard(self, platform: str, outcome: Outcome) -> None:
        """A message was tried and answered so."""
        self._sends[platform].note(outcome, self._clock.now())

    async def keep(self) -> None:
        """Write what is wrong now, and what no longer is. Raises StoreError."""
        noted = troubles(await self._store.notes.all())
        for platform in list(self._failed):
            trouble = self._trouble(platform, noted.get(platform))
            if trouble is noted.get(platform):
                continue
            if trouble is None:
                await self._store.notes.drop(_NOTE + platform)
            else:
                await self._store.notes.put(_NOTE + platform, trouble)

    def _trouble(self, platform: str, noted: Trouble | None) -> Trouble | None:
        """What is wrong; what was noted, perhaps by another process, lasts until disproved."""
        now, failed, sends = self._clock.now(), self._failed.get(platform), self._sends[platform]
        if failed is not None:
            trouble, since = failed
            lasts = trouble is not Trouble.START or now - since >= START_OUT
            return trouble if lasts else noted
        failing = sends.failing(now) or (noted is Trouble.SENDS and not sends.taken)
        return Trouble.SENDS if failing else None
