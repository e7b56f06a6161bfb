"""Telling the operator once when something is wrong, and once when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.domain import replies
from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import PerhapsDelivered, Sent
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
        self._wrong: dict[str, datetime] = {}
        """What is wrong now, as it was logged, and since when."""
        self._told: set[str] = set()
        """What the operator was told and not yet told that it is over."""

    async def look(self, messenger: Messenger | None, chat: str | None) -> None:
        """Look once. Without a chat the transitions are only logged.

        What the messenger could not deliver, or was not there to deliver, is told at the next look
        if it still holds.
        """
        now = self._clock.now()
        for what, (is_wrong, message) in (await self._findings(now)).items():
            if is_wrong != (what in self._wrong):
                log.warning("operator to be told", what=message.title)
                if is_wrong:
                    self._wrong[what] = now
                else:
                    del self._wrong[what]
            if is_wrong == (what in self._told) or (chat is not None and messenger is None):
                continue
            if (
                messenger is None
                or chat is None
                or await self._tell(messenger, chat, what, message)
            ):
                self._told ^= {what}

    async def _tell(self, messenger: Messenger, chat: str, what: str, message: Message) -> bool:
        """Whether it arrived, as far as can be known."""
        address = Address(messenger.platform, messenger.bot, chat)
        since = self._wrong.get(what, self._clock.now())
        nonce = f"{what}-{int(since.timestamp())}"
        outcome = await messenger.send(address, message, nonce[:25])
        if isinstance(outcome, Sent | PerhapsDelivered):
            return True
        log.warning("operator not told yet", outcome=type(outcome).__name__)
        return False

    async def _findings(self, now: datetime) -> dict[str, tuple[bool, Message]]:
        """Of each thing that can be wrong whether it is, and what is to be said of it."""
        state = await self._store.readings.state(self._registry)
        debts = await self._store.notices.debts(now)
        out = state.failed_at is not None and now - state.failed_at > READING_OUT
        overdue = debts.oldest_due is not None and now - debts.oldest_due > OVERDUE
        waiting = debts.by_state.get("due", 0)
        return {
            "registry": (out, _about_registry(state)),
            "debts": (overdue, _about_debts(debts.oldest_due if overdue else None, waiting)),
        }


def _about_registry(state: ReadingState) -> Message:
    if state.failed_at is None:
        return replies.registry_back(state.done.date() if state.done else None)
    return replies.registry_out_since(state.failed_at, state.failure or "")


def _about_debts(since: datetime | None, count: int) -> Message:
    return replies.debts_paid() if since is None else replies.debts_overdue(since, count)
