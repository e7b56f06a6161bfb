"""What a chat follows: a trial by its number, or a condition by words."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.domain.filters import NO_FILTER, Filter, RegistrySearch
from bot.domain.settings.chat import DEFAULT, ChatSettings
from bot.domain.study import MeshTerm, StudyKey


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """A condition as it was understood once: any number of chats can share it.

    A study matches when it is filed under one of ``terms`` (itself or as an ancestor), or when one
    of ``phrases`` stands in its conditions, keywords or title; and it fits ``filter``. One with a
    ``search`` matches what the registry finds for that instead.
    """

    words: str
    """As typed by the first who followed it, with white space folded."""
    terms: tuple[MeshTerm, ...] = ()
    phrases: tuple[str, ...] = ()
    """Each a phrase of normal words with single spaces, as ``bot.domain.phrases`` makes them."""
    narrower: tuple[str, ...] = ()
    """Names of MeSH terms below ``terms`` that the registry's search found, for telling people."""
    filter: Filter = NO_FILTER
    search: RegistrySearch | None = None


class StoredInterest(msgspec.Struct, frozen=True, kw_only=True):
    """An interest with its number in the store, and since when anybody follows it."""

    id: int
    interest: Interest
    since: date
    """The data day of the oldest follow: nothing first posted before it is new to anyone."""


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that one chat follows. Exactly one of ``study`` and ``interest_id`` is set."""

    id: int
    chat_id: int
    study: StudyKey | None = None
    interest_id: int | None = None
    interest: Interest | None = None
    kinds: int
    """The kinds of change to be told of, as ``bot.domain.change.mask`` makes it."""
    since: date
    """The data day at which it was made: new means first posted on or after it."""
    title: str | None = None
    """The followed trial's title, where the store has it."""
    paused: bool = False
    """Nothing of it is told until it is taken up again; what happens meanwhile is not owed."""


class Listening(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a chat for each message: what it follows, what it muted, what it chose."""

    subscriptions: tuple[Subscription, ...] = ()
    muted: frozenset[StudyKey] = frozenset()
    settings: ChatSettings = DEFAULT


class Chat(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a chat, besides what it follows."""

    id: int
    consented_at: datetime | None = None
    asked: str | None = None
    """What was to be followed when consent was asked for, as typed."""
    paused_since: datetime | None = None
    settings: ChatSettings = DEFAULT
    searches: tuple[str, ...] = ()
    """What buttons of its last messages ask that is too long for them, the newest first."""
