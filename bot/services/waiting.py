"""Keeping what a platform asked to wait for when an answer was sent: notices settle their own."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.domain.address import Address
from bot.domain.outcome import Scope, TryLater
from bot.ports.clock import Clock
from bot.ports.store import Store
from bot.ports.store_errors import StoreError

log = structlog.get_logger()


class StoredWaiting:
    """Implements ``bot.ports.platform.Waiting`` over the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def asked(self, address: Address, outcome: TryLater) -> None:
        """Keep what the platform asked for, so that notices and a restart keep to it too."""
        if not outcome.after:
            return
        until, waits = self._clock.now() + timedelta(seconds=outcome.after), self._store.waits
        try:
            if outcome.scope is Scope.TOKEN:
                await waits.let_bot_wait(address.platform, address.bot, until)
            else:
                await waits.let_chat_wait(address, until)
        except StoreError as error:
            log.warning("wait not kept", platform=address.platform, why=str(error))

    async def until(self, platform: str, bot: str) -> datetime | None:
        """Until when all of the bot has to wait; what cannot be read is learned from a refusal."""
        try:
            return await self._store.waits.bot_waits_until(platform, bot)
        except StoreError as error:
            log.warning("wait not read", platform=platform, why=str(error))
            return None
