"""`trialbell deliver`: send what is due now, then end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from bot.domain.notice import NoticeState
from bot.domain.words import say
from bot.ports.leases import Lease
from bot.ports.platform import StartFailed
from bot.services.deliver import TokenNoLongerGood
from bot.services.tenure import Tenure
from trialbell.clock import SystemClock
from trialbell.mend import Mendable, sentence
from trialbell.run import holder_of_its_own, lease_name
from trialbell.settings import Settings
from trialbell.wiring import PLATFORMS, Core, open_core, open_store, tokens

KINDS = {NoticeState.DEAD: "deliver.dead", NoticeState.PERHAPS: "deliver.perhaps"}
"""What is not sent any more, as it is listed."""


async def deliver_now(settings: Settings, tell: Callable[[str], None]) -> bool:
    """Send on every platform that is on, and tell how it went. Returns whether one of them failed.

    Raises StoreError, and Mendable where no platform is on.
    """
    given = tokens(settings)
    if not given:
        names = " or ".join(f"TRIALBELL_{name.upper()}_TOKEN" for name in PLATFORMS)
        raise Mendable(say("deliver.nothing_on", names=names))
    failed = False
    async with open_core(settings) as core:
        for name, token in given.items():
            errand = Errand(core, name, token)
            try:
                words = await errand.run()
            except StartFailed as error:
                words = sentence(error)
            except TokenNoLongerGood as error:
                words = say("deliver.token", why=error)
            tell(say("deliver.platform", platform=name, words=words))
            failed = failed or not errand.done
    return failed


class Errand:
    """Sending once on one platform; ``done`` where it went to its end, by us or by another."""

    def __init__(self, core: Core, name: str, token: str) -> None:
        self.done = False
        self._core = core
        self._platform = PLATFORMS[name](core, token)
        self._lease = lease_name(name, token)
        self._holder = holder_of_its_own()
        self._sent = 0
        self._once = asyncio.Event()

    async def run(self) -> str:
        """Send what is due, and say how it went. Raises StartFailed and TokenNoLongerGood."""
        leases, seconds = self._core.store.leases, self._core.settings.lease_seconds
        if await leases.acquire(self._lease, self._holder, seconds) is None:
            self.done = True
            return say("deliver.elsewhere")
        tenure = Tenure(
            leases, self._core.clock, name=self._lease, holder=self._holder, seconds=seconds
        )
        await tenure.run(self._work, self._once)
        if not self.done:
            return say("deliver.broken_off")
        return say("deliver.done", count=self._sent)

    async def _work(self, lease: Lease) -> None:
        self._once.set()  # whoever takes the lease from us sends the rest: no second turn
        await self._platform.start()
        try:
            deliverer = self._core.deliverer(self._platform.messenger)
            self._sent = await deliverer.run_until_paid(lease)
        finally:
            await self._platform.stop()
        self.done = True


async def revive(settings: Settings, states: Collection[str]) -> tuple[str, ...]:
    """Make due again what is in these states, and list it; without a state only list it all.

    The states are ``dead`` and ``perhaps``.
    """
    async with open_store(settings) as store:
        letters = await store.notices.dead_letters()
        for state in states:
            await store.notices.revive(SystemClock().now(), NoticeState(state))
    return tuple(
        say(
            "deliver.letter",
            id=letter.id,
            kind=say(KINDS[letter.state]),
            platform=letter.platform,
            trial=letter.key,
            day=letter.data_day,
            tries=letter.tries,
            error=letter.error,
        )
        for letter in letters
        if not states or letter.state in states
    ) or (say("deliver.no_letters"),)
