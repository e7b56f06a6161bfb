"""Starting platforms, and keeping in the store what is wrong with those that this process serves.

Whoever tells the operator may be another process, so what is wrong is noted there; it is written at
a tick, so that nothing here is in the way of sending, nor fails it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Mapping
from datetime import datetime, timedelta

import structlog

from bot.domain.outcome import Outcome, Sent
from bot.domain.trouble import START_OUT, SendWatch, Trouble
from bot.ports.clock import Clock
from bot.ports.messenger import MaySend, always
from bot.ports.platform import Deaf, Platform, StartFailed
from bot.ports.store import Store

START_AGAIN_SECONDS = (5.0, 10.0, 30.0, 60.0, 300.0)
"""Waits before a platform that could not be started is started again; the last one repeats."""

REFUSED_AGAIN_SECONDS = 300.0
"""The wait after a refused token: python-telegram-bot says so at any 404, an outage's too."""

HEARS = timedelta(minutes=1)
"""A platform that was started is heard if it did not refuse to be for so long."""

_NOTE = "trouble:"

log = structlog.get_logger()


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
        self._refused: set[str] = set()
        """Platforms that refused the token of a message, and have taken none since."""
        self._hears: dict[str, datetime | None] = {}
        """When each platform was started that has yet to show whether it is heard; None: it is not.
        """

    def failed(self, platform: str, trouble: Trouble, why: str = "") -> None:
        """It could not be started. Logged once, until something else is wrong with it."""
        known = self._failed.get(platform)
        if known is None or known[0] is not trouble:
            self._failed[platform] = (trouble, self._clock.now())
            log.error("platform not started", platform=platform, why=why or trouble)

    def refused(self, platform: str, why: str = "") -> None:
        """It refused the token of a message, and has to stop."""
        self._refused.add(platform)
        if self._failed.get(platform) is None:
            self._failed[platform] = (Trouble.TOKEN, self._clock.now())
            log.error("platform stopped", platform=platform, why=why)

    def deaf(self, platform: str, deaf: Deaf) -> None:
        """It will not be heard again before it is started anew."""
        self._hears[platform] = None
        known = self._failed.get(platform)
        self._failed[platform] = (Trouble.DEAF if deaf.sends else Trouble.TOKEN, self._clock.now())
        if known is None:
            log.error("platform not heard", platform=platform, why=deaf.why)

    def started(self, platform: str) -> None:
        """It can send; if it refused a message, one that it takes has to show it.

        If it refused to be heard, a while has to show that it no longer does.
        """
        self._sends.pop(platform, None)
        was_deaf = self._is_deaf(platform)
        self._hears[platform] = self._clock.now()
        if platform not in self._refused and not was_deaf:
            self._works(platform)

    def left(self, platform: str) -> None:
        """It is no longer this process that serves it."""
        self._failed.pop(platform, None)
        self._sends.pop(platform, None)
        self._refused.discard(platform)
        self._hears.pop(platform, None)

    def heard(self, platform: str, outcome: Outcome) -> None:
        """A message was tried and answered so."""
        self._sends[platform].note(outcome, self._clock.now())
        if platform in self._refused and isinstance(outcome, Sent):
            self._refused.discard(platform)
            if not self._is_deaf(platform):
                self._works(platform)

    def _is_deaf(self, platform: str) -> bool:
        return platform in self._hears and self._hears[platform] is None

    def _works(self, platform: str) -> None:
        self._failed[platform] = None
        log.info("platform started", platform=platform)

    async def keep(self) -> None:
        """Write what is wrong now, and what no longer is. Raises StoreError."""
        noted = troubles(await self._store.notes.all())
        proved = self._prove()
        for platform in list(self._failed):
            known = noted.get(platform)
            trouble = self._trouble(platform, known)
            if trouble is None and known is Trouble.DEAF and platform not in proved:
                continue  # another process is; that this one hears its own share disproves nothing
            if trouble is known:
                continue
            if trouble is None:
                await self._store.notes.drop(_NOTE + platform)
            else:
                await self._store.notes.put(_NOTE + platform, trouble)

    def _prove(self) -> set[str]:
        """The platforms that are surely heard, since a start not long ago."""
        now = self._clock.now()
        proved = {one for one, since in self._hears.items() if since and now - since >= HEARS}
        for platform in proved:
            del self._hears[platform]
            if self._failed.get(platform) is not None and platform not in self._refused:
                self._works(platform)
        return proved

    def _trouble(self, platform: str, noted: Trouble | None) -> Trouble | None:
        """What is wrong; what was noted, perhaps by another process, lasts until disproved."""
        now, failed, sends = self._clock.now(), self._failed.get(platform), self._sends[platform]
        if failed is not None:
            trouble, since = failed
            lasts = trouble is not Trouble.START or now - since >= START_OUT
            return trouble if lasts else noted
        failing = sends.failing(now) or (noted is Trouble.SENDS and not sends.taken)
        return Trouble.SENDS if failing else None


async def start(
    name: str,
    platform: Platform,
    watch: PlatformWatch,
    clock: Clock,
    stop: asyncio.Event,
    may_send: MaySend = always,
) -> bool:
    """Start a platform, again and again while it is out or refuses the token.

    Returns whether it runs; False where ``stop`` was set before it did.
    """
    waits = iter(START_AGAIN_SECONDS)
    wait = next(waits)
    while not stop.is_set():
        try:
            await platform.start(may_send)
        except StartFailed as error:
            if error.token_refused:
                watch.failed(name, Trouble.TOKEN, str(error))
                await clock.wait_for(stop, REFUSED_AGAIN_SECONDS)
            else:
                watch.failed(name, Trouble.START, str(error))
                await clock.wait_for(stop, wait)
                wait = next(waits, wait)
        else:
            watch.started(name)
            return True
    return False


async def while_heard(
    name: str, platform: Platform, watch: PlatformWatch, work: Coroutine[None, None, None]
) -> None:
    """Do the work, which is what is done on a started platform, until it ends.

    Where the platform will not be heard again this is told. The work goes on if it still takes
    messages; otherwise it is broken off, so that the platform can be started anew.
    """
    working, hearing = asyncio.ensure_future(work), asyncio.ensure_future(platform.deaf())
    try:
        await asyncio.wait((working, hearing), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            deaf = hearing.result()
            watch.deaf(name, deaf)
            if not deaf.sends:
                return
        await working
    finally:
        for task in (working, hearing):
            task.cancel()
        await asyncio.gather(working, hearing, return_exceptions=True)
