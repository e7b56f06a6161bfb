"""Telling people who leave from an outage, by the chats that lately seemed gone."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from bot.domain.outcome import ChatGone, Outcome

GONE_WINDOW = 50
GONE_SHARE = 0.3
GONE_LEAST = 8
"""At least 8 chats of the last 50 that were tried, and 30 % of them, newly "gone" is an outage or a
fault of the platform, not people leaving: nobody is paused. Leaving is one in some hundreds a day.
"""

GONE_FOR = timedelta(hours=1)
"""How long a chat counts as newly gone: whoever still seems gone after that is."""

GONE_KNOWN = 1000
"""Gone chats that are remembered; so many in an hour are an outage beyond doubt."""


class Tried(msgspec.Struct, frozen=True):
    """A chat that was tried, and how it ended."""

    chat: int
    gone: bool
    since: datetime
    """From when on each try ended so."""
    at: datetime
    """The last try."""


class GoneWatch(msgspec.Struct, frozen=True):
    """The chats that were tried in the last hour, each once, the latest at the end.

    A chat that seems gone is tried again while an outage is thought to be; it counts from its first
    try on, for ``GONE_FOR``. So a belief in an outage ends by itself, however few chats there are.
    """

    tried: tuple[Tried, ...] = ()

    def note(self, chat: int, outcome: Outcome, now: datetime) -> GoneWatch:
        """The watch after one more try, ``now``, to send to this chat."""
        gone = isinstance(outcome, ChatGone)
        recent = [one for one in self.tried if one.at > now - GONE_FOR]
        since = next((one.since for one in recent if one.chat == chat and one.gone), now)
        others = [one for one in recent if one.chat != chat]
        last = len(others) + 1 - GONE_WINDOW
        kept = [one for place, one in enumerate(others) if one.gone or place >= last]
        kept.append(Tried(chat, gone, since if gone else now, now))
        return GoneWatch(tuple(kept[-GONE_KNOWN:]))

    def newly_gone(self, now: datetime) -> frozenset[int]:
        """Of the last chats that were tried those that seem gone for less than ``GONE_FOR``."""
        return frozenset(one.chat for one in self._counted(now) if one.gone)

    def outage(self, now: datetime) -> bool:
        """Whether those that are newly gone are too many to be people leaving."""
        counted = self._counted(now)
        gone = sum(one.gone for one in counted)
        return gone >= GONE_LEAST and gone >= GONE_SHARE * len(counted)

    def _counted(self, now: datetime) -> tuple[Tried, ...]:
        began, fresh = now - GONE_FOR, self.tried
        return tuple(
            one for one in fresh if one.at > began and not (one.gone and one.since <= began)
        )[-GONE_WINDOW:]
