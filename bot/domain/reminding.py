"""The weekly line that says what is still watched, though nothing changed."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta, tzinfo

import msgspec
from msgspec.structs import replace

from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.settings.chat import ChatSettings, Rhythm
from bot.domain.timing import tell_at
from bot.domain.words import say

WEEK = timedelta(days=7)

UNPLANNED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for the moment of a chat that chose, until it is known when its hour comes."""


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """One chat whose moment has come."""

    chat_id: int
    address: Address
    settings: ChatSettings
    at: datetime
    """The moment that had come, in UTC."""
    trials: int
    conditions: int
    """How many of each it follows, without what rests."""
    told: bool
    """Whether it was told something in the week before, or will be."""
    waits: bool
    """Whether something is due to it at this moment, which may come to nothing."""

    @property
    def nonce(self) -> str:
        """The same for every try, so that Discord drops a second one; at most 25 characters."""
        parts = (*msgspec.structs.astuple(self.address), self.at.isoformat())
        text = "\x1f".join(part or "" for part in parts)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()[:25]

    @property
    def is_due(self) -> bool:
        """Whether the line is to be said."""
        nothing_followed = not self.trials and not self.conditions
        return not (self.at == UNPLANNED or self.told or nothing_followed)


def next_reminder(settings: ChatSettings, zone: tzinfo, now: datetime) -> datetime:
    """The first moment after ``now``: the hour of digests on their weekday, never in the night."""
    weekly = replace(settings, rhythm=Rhythm.WEEKLY)
    return tell_at(weekly, zone, owed_at=now, now=now, urgent=False)


def still_watching(reminder: Reminder, data_day: date | None) -> Message:
    """The line; to a discreet chat without a word of what it follows."""
    if reminder.settings.discreet:
        return Message(title=say("watching.title"))
    key = f"watching.{_count(reminder.trials)}.{_count(reminder.conditions)}"
    return Message(
        title=say(key, trials=reminder.trials, conditions=reminder.conditions),
        footer=say("footer", day=data_day) if data_day else None,
    )


def _count(count: int) -> str:
    return "many" if count > 1 else "one" if count else "none"
