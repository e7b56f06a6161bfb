"""Telling the operator each morning, in a line, how it went."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.message import Message
from bot.domain.replies import operator as replies
from bot.ports.clock import Clock
from bot.ports.known import DayCounts, Pending
from bot.ports.messenger import Messenger
from bot.ports.store import Store
from bot.services.operator import tell_operator

_NOTE = "daily"


class Daily:
    """Tells once a day, from an hour on (UTC); a day is told late rather than not at all."""

    def __init__(self, store: Store, registry: str, clock: Clock, hour: int | None) -> None:
        self._store = store
        self._registry = registry
        self._clock = clock
        self._hour = hour

    async def look(self, messenger: Messenger | None, chat: str | None) -> None:
        """Tell if it is time and was not told today, by whichever process. Raises StoreError."""
        now = self._clock.now()
        if self._hour is None or messenger is None or chat is None or now.hour < self._hour:
            return
        today = now.date().isoformat()
        noted = (await self._store.notes.all()).get(_NOTE)
        if noted == today:
            return
        begins_late = noted is None and now.hour > self._hour
        if begins_late or await tell_operator(
            messenger, chat, await self._line(), f"daily-{today}"
        ):
            await self._store.notes.put(_NOTE, today)

    async def _line(self) -> Message:
        state = await self._store.readings.state(self._registry)
        pending = await self._store.counts.pending()
        day = state.done.date() if state.done else None
        told = await self._store.counts.day(day) if day else DayCounts()
        return replies.daily(
            day,
            changes=told.changes,
            sent=told.sent,
            possibly_double=told.possibly_double,
            perhaps=told.perhaps,
            dead=_count(pending, "dead"),
            pending=_count(pending, "due", "put_off", "claimed", "paused"),
            held=_count(pending, "held"),
        )


def _count(pending: Iterable[Pending], *states: str) -> int:
    return sum(one.count for one in pending if one.state in states)
