"""Leaving chats alone that are gone, and nobody for an outage."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from structlog.typing import FilteringBoundLogger

from bot.domain.gone import GoneWatch
from bot.domain.notice import Notice
from bot.domain.outcome import ChatGone, Outcome
from bot.domain.settling import Verdict
from bot.ports.chats import Chats
from bot.ports.clock import Clock

Write = Callable[[], Awaitable[object]]


class Pausing:
    """What the answers to one deliverer's sends mean for the chats."""

    def __init__(self, chats: Chats, clock: Clock, log: FilteringBoundLogger) -> None:
        self._chats = chats
        self._clock = clock
        self._log = log
        self._gone = GoneWatch()
        self._paused: frozenset[int] = frozenset()
        """Newly gone chats that were paused, to be resumed if all of it proves an outage."""

    def note(self, notice: Notice, outcome: Outcome) -> bool:
        """Take in one more answer. Returns whether this chat is gone in an outage only."""
        if notice.probe and isinstance(outcome, ChatGone):
            return False  # that it is gone is no news
        now = self._clock.now()
        self._gone = self._gone.note(notice.chat_id, outcome, now)
        return self._gone.outage(now) and notice.chat_id in self._gone.newly_gone(now)

    def decided(self, notice: Notice, verdict: Verdict) -> None:
        """Take in what follows for the chat, before any of it is written."""
        newly_gone = self._gone.newly_gone(self._clock.now())
        if verdict.pause_chat:
            self._paused |= {notice.chat_id}
        self._paused &= newly_gone

    def writes(self, notice: Notice, verdict: Verdict) -> Iterator[Write]:
        """What is to be written, one after the other; the next follows from how it stands then."""
        if verdict.pause_chat:
            in_doubt = notice.chat_id in self._paused
            yield partial(self._chats.pause, notice.chat_id, self._clock.now())
            if not notice.probe:
                self._log.info("chat paused", why=verdict.settlement.error)
            if in_doubt and notice.chat_id not in self._paused:
                # While it was written, so many others seemed gone that all of it was undone.
                yield partial(self._chats.resume, notice.chat_id)
        if notice.probe and verdict.chat_is_there:
            yield partial(self._chats.resume, notice.chat_id)
            self._log.info("chat back")
        if not self._gone.outage(self._clock.now()):
            return
        # So many chats gone at once is an outage: nobody stays paused for it.
        undone, self._paused = self._paused, frozenset()
        if undone:
            self._log.warning("many chats seem gone at once")
        for chat_id in sorted(undone):
            yield partial(self._chats.resume, chat_id)
