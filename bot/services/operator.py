"""Telling the operator once when something is wrong, and once when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.domain import replies
from bot.domain.address import Address
from bot.domain.message import Message
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.store import ReadingState, Store

OVERDUE = timedelta(hours=1)
"""A debt that could have been sent this long ago is the operator's to hear of."""

READING_OUT = timedelta(hours=3)
"""Readings that fail this long are told: shorter outages of the registry are common."""

log = structlog.get_logger()


class OperatorWatch:
    """Looks at readings and debts, and tells the transitions."""

    def __init__(self, store: Store, registry: str, clock: Clock) -> None:
        self._store = store
        self._registry = registry
        self._clock = clock
        self._registry_out = False
        self._overdue = False

    async def look(self, messenger: Messenger | None, chat: str | None) -> None:
        """Look once. Without a messenger or a chat the transitions are only logged."""
        for message in await self._news():
            log.warning("operator told", what=message.title)
            if messenger is not None and chat is not None:
                address = Address(messenger.platform, messenger.bot, chat)
                nonce = f"operator-{int(self._clock.now().timestamp())}"
                await messenger.send(address, message, nonce[:25])

    async def _news(self) -> list[Message]:
        now = self._clock.now()
        news = []
        state = await self._store.readings.state(self._registry)
        out = state.failed_at is not None and now - state.failed_at > READING_OUT
        if out != self._registry_out:
            self._registry_out = out
            news.append(_about_registry(state))
        debts = await self._store.notices.debts(now)
        overdue = debts.oldest_due is not None and now - debts.oldest_due > OVERDUE
        if overdue != self._overdue:
            self._overdue = overdue
            waiting = debts.by_state.get("due", 0)
            news.append(_about_debts(debts.oldest_due if overdue else None, waiting))
        return news


def _about_registry(state: ReadingState) -> Message:
    if state.failed_at is None:
        return replies.registry_back(state.done.date() if state.done else None)
    return replies.registry_out_since(state.failed_at, state.failure or "")


def _about_debts(since: datetime | None, count: int) -> Message:
    return replies.debts_paid() if since is None else replies.debts_overdue(since, count)
