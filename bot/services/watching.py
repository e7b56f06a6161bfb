"""Saying once a week that nothing changed, to those who asked for it."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from bot.domain.outcome import ChatMoved, Outcome, Scope, TokenRefused, TopicGone, TryLater
from bot.domain.reminding import UNPLANNED, Reminder, next_reminder, still_watching
from bot.domain.settling import leading_elsewhere
from bot.ports.clock import Clock, Zones
from bot.ports.leases import Lease
from bot.ports.messenger import NO_LONGER_MINE, MaySend, Messenger, always
from bot.ports.store import Store

AT_ONCE = 5
"""Chats that are told side by side: debts go before, and have most of the pace."""

BATCH = 100

AGAIN = timedelta(minutes=15)
"""After what a platform did not take, or while something else is due to the chat."""


class StillWatching:
    """Says the weekly line for one bot, under that bot's lease.

    The next moment is written once the line was said: after a crash in between it is said again,
    which Discord drops by its nonce.
    """

    def __init__(
        self, store: Store, messenger: Messenger, registry: str, clock: Clock, zones: Zones
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._registry = registry
        self._clock = clock
        self._zones = zones

    async def look(self, lease: Lease, may_send: MaySend = always) -> int:
        """Say it to all whose moment has come. Returns to how many.

        What has to wait is left for the next look. Raises LeaseLost and StoreError.
        """
        bot, said = self._messenger, 0
        state = await self._store.readings.state(self._registry)
        day = state.done.date() if state.done else None
        while may_send():
            now = self._clock.now()
            due = await self._store.reminders.due(bot.platform, bot.bot, now, BATCH)
            for at in range(0, len(due), AT_ONCE):
                some = due[at : at + AT_ONCE]
                answers = await asyncio.gather(
                    *(self._remind(lease, one, day, may_send) for one in some)
                )
                said += answers.count(True)
                if None in answers:
                    return said
            if len(due) < BATCH:
                return said
        return said

    async def _remind(
        self, lease: Lease, one: Reminder, day: date | None, may_send: MaySend
    ) -> bool | None:
        """Whether the line was said; None where nothing more can be sent now."""
        now = self._clock.now()
        following = next_reminder(one.settings, self._zones(one.settings.time_zone), now)
        if one.waits and one.at != UNPLANNED:
            await self._store.reminders.plan(lease, one.chat_id, now + AGAIN)
            return False
        if not one.is_due:
            await self._store.reminders.plan(lease, one.chat_id, following)
            return False
        answer = await self._messenger.send(
            one.address, still_watching(one, day), one.nonce, may_send
        )
        outcome = leading_elsewhere(answer, one.address)
        if _nothing_goes(outcome):
            return None
        match outcome:
            case ChatMoved(to):
                await self._store.chats.move(one.chat_id, to)
            case TopicGone():
                # What is owed finds out by itself; the line goes where the chat is by next week.
                await self._store.reminders.plan(lease, one.chat_id, following)
            case TryLater():
                after = AGAIN if outcome.after is None else timedelta(seconds=outcome.after)
                await self._store.reminders.plan(lease, one.chat_id, now + after)
            case _:
                await self._store.reminders.plan(lease, one.chat_id, following)
                return True
        return False


def _nothing_goes(outcome: Outcome) -> bool:
    """Whether the bot as a whole cannot send: its sender finds out what follows from that."""
    if outcome is NO_LONGER_MINE or isinstance(outcome, TokenRefused):
        return True
    return isinstance(outcome, TryLater) and outcome.scope is Scope.TOKEN
