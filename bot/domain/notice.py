"""Something a chat is owed: from a change found until it is told or can never be."""

from __future__ import annotations

import enum
import hashlib
from datetime import date, datetime

import msgspec

from bot.domain.address import Address
from bot.domain.change import Change
from bot.domain.filters import Miss
from bot.domain.settings.chat import DEFAULT, ChatSettings
from bot.domain.study import StudyKey
from bot.domain.traits import Spot


class Event(enum.StrEnum):
    """What an occurrence is to somebody who follows a condition."""

    NEW = "new"
    """First posted, and it matches."""
    ENTERED = "entered"
    """It was known and did not match; now it does."""
    LEFT = "left"
    """It matched; now it does not."""
    CHANGED = "changed"
    """It matched before and after, and something in it changed."""


class Match(msgspec.Struct, frozen=True, omit_defaults=True):
    """One interest that an occurrence touches, and how."""

    interest_id: int
    event: Event
    part: Miss | None = None
    """Of what entered or left: the part of the filter that did not fit before, or no longer does.
    None where it is the topic that the trial came to, or left."""


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """A change that was found on an earlier data day and has gone back: a fault of the source."""

    day: date
    change: Change
    """As it was found then: ``old`` is the value that stands again."""


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to one trial on one data day, before it is known who hears of it.

    It is written in the transaction of the version that caused it. ``cause`` is ``reading``, or
    ``reading-2`` and so on where one data day held several versions, so that no debt is mistaken
    for one already paid; ``removed`` or ``merged``; ``correction``, numbered alike; or, where a
    change that many records had at once was held, ``hold-N`` or ``late-N`` (``bot.domain.mass``).
    """

    key: StudyKey
    data_day: date
    cause: str
    changes: tuple[Change, ...] = ()
    matches: tuple[Match, ...] = ()
    first_posted: date | None = None
    """Set where the trial is new: who followed later than this is not told of it as new."""
    corrected: tuple[Corrected, ...] = ()
    """Of a correction: what whoever was told is to hear of again."""
    restless: tuple[Change, ...] = ()
    """Those of ``changes`` that go to and fro, and are told for the last time."""
    spots: tuple[tuple[str, Spot], ...] = ()
    """Where the places are that the changes name, by their items: which of them are near somebody
    is known when it is told, and by then a place that was removed stands in no kept version."""


class NoticeState(enum.StrEnum):
    """Where a notice stands. The last four are settled."""

    DUE = "due"
    PUT_OFF = "put_off"
    """Owed, and told later because the chat chose so: a digest's hour, or the end of the night."""
    CLAIMED = "claimed"
    HELD = "held"
    """Owed by a restored database, and perhaps paid since its backup: the operator decides."""
    SENT = "sent"
    PERHAPS = "perhaps"
    """Sent, and the answer was lost each time: perhaps it arrived. In sight of the operator, like
    what was given up; ``trialbell deliver --perhaps`` sends it again."""
    DEAD = "dead"
    """Given up in sight of the operator; ``trialbell deliver --dead`` sends it again."""
    MOOT = "moot"
    """Nothing was left to say: the chat had stopped following before it was its turn."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One debt to one chat, with what is needed to tell it."""

    id: int
    chat_id: int
    address: Address
    occurrence: Occurrence
    tries: int = 0
    """How often it was handed to the platform before."""
    beside: tuple[Notice, ...] = ()
    """Others of the same chat that are told in the same message, and settled with it."""
    lost_answers: int = 0
    """How often the platform's answer to it was lost before."""
    probe: bool = False
    """Whether its chat is paused, and this is the try whether it is there again."""
    owed_at: datetime
    """Since when it is owed, in UTC: when its occurrence was found."""
    settings: ChatSettings = DEFAULT
    """What its chat chose."""
    others: int = 0
    """How many others of its chat are due besides, and belong to no group: on a claim counted up to
    ``OTHERS_COUNTED``; once a group is gathered, all that are left."""
    told_with: int | None = None
    """The group that it was told with before, or is gathered in: the id of the first that led it.
    Its own id where it is to be told alone."""
    unsure: bool = False
    """Whether it may have arrived before, so that it has to be told again exactly as it was."""
    in_feed: bool = False
    """Whether its chat is no person's own, who was asked for consent: there a trial's messages hang
    together."""

    @property
    def together(self) -> tuple[Notice, ...]:
        """All that is told in the one message, in the order in which it came to be owed."""
        return tuple(sorted((self, *self.beside), key=lambda one: one.id))

    @property
    def nonce(self) -> str:
        """25 characters that are the same for every try, so that Discord drops a resend.

        The length is Discord's limit for a nonce. It is a hash, so that it says nothing about who
        follows what. All that is told in one message is in it: of another group, though the same
        notice leads it, nothing may be dropped.
        """
        parts = [
            self.address.platform,
            self.address.bot,
            self.address.chat,
            self.address.thread or "",
        ]
        for one in self.together:
            occurrence = one.occurrence
            parts += [occurrence.key.registry, occurrence.key.number]
            parts += [occurrence.data_day.isoformat(), occurrence.cause]
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()[:25]


OTHERS_COUNTED = 10
"""Up to how many others of a chat a claim counts: enough to know whether they are a few or many."""


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """How one try to send ended, as ``bot.domain.settling`` decided it.

    ``DUE`` with ``due_at`` means again then, and the whole chat waits until then so that order is
    kept. ``PUT_OFF`` with ``due_at`` means not before then, and so for all that the chat is owed,
    unless ``alone``. Every other state is final.
    """

    state: NoticeState
    due_at: datetime | None = None
    error: str | None = None
    """Why, in words without address, condition or token."""
    message_id: str | None = None
    thread: str | None = None
    """The thread of the trial's own that it stands in, where there is one."""
    counts_as_try: bool = True
    """False where nothing was wrong with the notice: the chat or the token has to wait."""
    answer_lost: bool = False
    """Whether it may have arrived without our hearing of it."""
    alone: bool = False
    """Of what is put off: nothing else of the chat is. Of a group that is due again: each of it is
    told by itself."""
