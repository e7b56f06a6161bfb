"""What is kept: versions of trials, what chats follow, what they are owed, who may send.

Each method is one transaction unless it says otherwise; ``Store.absorbing`` is the transaction of a
change: versions, changes and the notices owed are committed together or not at all. Times are in
UTC with their zone set; a "data day" is the date of the registry's own data timestamp.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol

import msgspec

from bot.domain.address import Address
from bot.domain.notice import Notice, Settlement
from bot.domain.record import Unreadable
from bot.domain.study import StudyKey
from bot.domain.version import Absorbed, StoredStudy, VersionSeen
from bot.domain.watch import Chat, Interest, StoredInterest, Subscription
from bot.ports.keeping import Keeping
from bot.ports.known import Counts, Notes


class StoreError(Exception):
    """The database could not do it; what was in the transaction is not written."""


class StoreUnavailable(StoreError):
    """The database does not answer or cannot be written now. Trying again later may help."""


class LeaseLost(StoreError):
    """Another process holds the lease now: stop, and send nothing more."""


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """A trial that somebody follows, or that matches a followed condition."""

    key: StudyKey
    glimpse: bytes
    """``bot.domain.digest.of_glimpse`` of the stored version."""
    read_day: date


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """The background reading of what exists for a newly followed condition."""

    interest_id: int
    words: str
    token: str | None = None
    data_timestamp: datetime | None = None
    """The data date that ``token`` belongs to."""


class ReadingState(msgspec.Struct, frozen=True, kw_only=True):
    """How far a registry was read. ``done`` is the data timestamp that is read completely."""

    done: datetime | None = None
    finished_at: datetime | None = None
    """When, by our clock, that reading ended."""
    failed_at: datetime | None = None
    failure: str | None = None
    """Since when, and why, readings fail; both None while they succeed."""


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """The right to do something alone. ``fence`` grows with every change of holder."""

    name: str
    holder: str
    fence: int


class Debts(msgspec.Struct, frozen=True, kw_only=True):
    """Counts for the operator."""

    by_state: Mapping[str, int]
    oldest_due: datetime | None = None
    """Since when the oldest debt is owed that could be sent now (its chat is not paused)."""
    possibly_double: int = 0
    """How many were claimed by a process that died, and so may have arrived twice."""


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that was given up, for the operator: no address, no condition."""

    id: int
    platform: str
    key: StudyKey
    data_day: date
    tries: int
    error: str | None


class Absorbing(Protocol):
    """The open transaction of a change."""

    async def previous(self, keys: Sequence[StudyKey]) -> Mapping[StudyKey, StoredStudy]:
        """The newest kept versions, locked until the end of the transaction."""
        ...

    async def versions_on(self, key: StudyKey, data_day: date) -> int:
        """How many occurrences this trial already has on this data day."""
        ...

    async def interests(self, newer_than: int) -> Sequence[StoredInterest]:
        """Followed conditions with a larger id, in the order of ids; 0 gives all."""
        ...

    async def write(self, absorbed: Sequence[Absorbed], data_day: date, now: datetime) -> int:
        """Keep versions and changes, and owe the notices. Returns how many notices were written.

        For each occurrence one notice is owed to each chat with a subscription that it concerns:
        the trial itself with a kind in common; or an interest among its matches, where CHANGED asks
        for a kind in common with the changes, NEW and ENTERED for ``Kind.NEW``, LEFT for
        ``Kind.LEFT``; and NEW only where the subscription's ``since`` is on or before
        ``first_posted`` (before it, while the interest's baseline is not finished). A wide fan-out
        (over a thousand chats) is owed as one debt, which ``Notices.spread`` expands.
        """
        ...

    async def merge(self, old: StudyKey, new: StudyKey) -> None:
        """Whoever follows ``old`` follows ``new`` from now on; ``old`` is kept as history."""
        ...


class Studies(Protocol):
    """Versions of trials."""

    async def get(self, key: StudyKey) -> StoredStudy | None:
        """The newest kept version; an alias of a merged trial leads to the trial it became."""
        ...

    async def history(self, key: StudyKey) -> tuple[VersionSeen, ...]:
        """What was seen of it, oldest first."""
        ...

    async def watched(self, registry: str) -> tuple[Watched, ...]:
        """All that is watched and neither removed nor merged, in the order of their numbers."""
        ...

    async def confirm(self, keys: Sequence[StudyKey]) -> None:
        """These were seen in the registry: forget on how many data days they were missing."""
        ...

    async def missing(self, key: StudyKey, data_day: date) -> int:
        """Note that it was missing on this data day. Returns on how many days running by now."""
        ...

    async def set_aside(self, unreadable: Sequence[Unreadable], data_day: date) -> None:
        """Keep what could not be parsed, once a data day, for the operator to look at."""
        ...


class Readings(Protocol):
    """How far the registry was read."""

    async def state(self, registry: str) -> ReadingState:
        """Where the reading stands."""
        ...

    async def complete(self, registry: str, timestamp: datetime, now: datetime) -> None:
        """The whole of this data date is read: the only place where the cursor moves."""
        ...

    async def fail(self, registry: str, why: str, now: datetime) -> bool:
        """A reading failed. Returns whether the one before had not."""
        ...

    async def baselines(self) -> tuple[Baseline, ...]:
        """Those that are not finished, oldest first."""
        ...

    async def baseline_at(self, interest_id: int, token: str | None, timestamp: datetime) -> None:
        """Where to go on after a crash; a token of None starts again from the first page."""
        ...

    async def baseline_done(self, interest_id: int) -> None:
        """What exists for this condition is stored."""
        ...


class Chats(Protocol):
    """Chats and what they follow."""

    async def chat(self, address: Address) -> Chat:
        """What is kept of this chat; an unknown one is taken in with nothing but its address."""
        ...

    async def find(self, address: Address) -> Chat | None:
        """What is kept of this chat; None where it is unknown, and it stays so."""
        ...

    async def ask_consent(self, chat_id: int, asked: str) -> None:
        """Remember (sealed) what was to be followed when consent was asked for."""
        ...

    async def consent(self, chat_id: int, now: datetime) -> None:
        """Consent was given; what was asked is forgotten."""
        ...

    async def forget_asked(self, address: Address) -> None:
        """Consent was refused: what was asked is forgotten, and an otherwise empty chat with it."""
        ...

    async def follow_study(
        self, chat_id: int, key: StudyKey, *, kinds: int, since: date
    ) -> tuple[Subscription, bool]:
        """Follow a trial that is in the store. Returns the subscription and whether it is new."""
        ...

    async def follow_interest(
        self, chat_id: int, interest: Interest, *, kinds: int, since: date
    ) -> tuple[Subscription, bool]:
        """Follow a condition. A condition that nobody followed before owes itself a baseline."""
        ...

    async def subscriptions(self, chat_id: int) -> tuple[Subscription, ...]:
        """What this chat follows, in the order in which it began to."""
        ...

    async def unfollow(self, chat_id: int, subscription_id: int) -> Subscription | None:
        """Stop. Returns what was followed, or None if this chat has no such subscription."""
        ...

    async def pause(self, chat_id: int, now: datetime) -> None:
        """The chat cannot be reached: its debts wait. The first moment of a pause is kept."""
        ...

    async def resume(self, chat_id: int) -> None:
        """The chat is there again."""
        ...

    async def move(self, chat_id: int, to: Address) -> None:
        """The chat has a new address. Where both are known, what the old one has joins the new."""
        ...


class Notices(Protocol):
    """Debts, from owed to settled."""

    async def claim(
        self,
        lease: Lease,
        platform: str,
        bot: str,
        *,
        busy: Sequence[int],
        limit: int,
        now: datetime,
    ) -> tuple[Notice, ...]:
        """Take up to ``limit`` notices that are due, the oldest first, at most one a chat.

        Chats in ``busy``, paused chats and chats that have to wait are passed over; so is all of a
        bot that has to wait. Raises LeaseLost where ``lease`` is not the present one.
        """
        ...

    async def settle(self, lease: Lease, notice: Notice, settlement: Settlement) -> None:
        """Write how a try ended. Raises LeaseLost as ``claim`` does."""
        ...

    async def hold_bot(self, platform: str, bot: str, until: datetime) -> None:
        """Everything that this bot sends has to wait; kept across restarts."""
        ...

    async def reclaim(self, lease: Lease, platform: str, bot: str) -> int:
        """Make due again what a process that died had claimed. Returns how many it was."""
        ...

    async def spread(self, limit: int, now: datetime) -> int:
        """Expand wide debts by up to ``limit`` notices. Returns how many; 0 when done."""
        ...

    async def next_due(self, platform: str, bot: str) -> datetime | None:
        """When the next notice that waits may be sent, or None where nothing is owed."""
        ...

    async def dead_letters(self) -> tuple[DeadLetter, ...]:
        """What was given up, oldest first."""
        ...

    async def revive(self, now: datetime) -> int:
        """Make all dead letters due again. Returns how many."""
        ...

    async def debts(self, now: datetime) -> Debts:
        """Counts for the operator."""
        ...

    async def expire(self, paused_before: datetime) -> int:
        """Chats paused since before this moment lose their debts (as MOOT). Returns how many."""
        ...


class Leases(Protocol):
    """Who may read or send, on the database's own clock."""

    async def acquire(self, name: str, holder: str, seconds: float) -> Lease | None:
        """Take a free or expired lease, or renew one's own. None while another holds it."""
        ...

    async def release(self, lease: Lease) -> None:
        """Give it back, so that another need not wait for it to expire."""
        ...

    async def book(self, name: str, seconds: float) -> float:
        """Reserve the next turn of so many seconds among all processes that book under this name.

        Returns the seconds until it begins: 0 where nobody was there lately.
        """
        ...


class Wakes(Protocol):
    """News between processes that something is owed, so that nobody has to keep looking."""

    async def listen(self, wake: Callable[[], None], stop: asyncio.Event) -> None:
        """Call ``wake`` whenever any process commits a debt, until ``stop`` is set.

        What is owed stands in the store all the same: a wake that is lost costs a while, no notice.
        """
        ...


class Store(Protocol):
    """All of it, over one database."""

    @property
    def studies(self) -> Studies:
        """Versions of trials."""
        ...

    @property
    def readings(self) -> Readings:
        """How far the registry was read."""
        ...

    @property
    def chats(self) -> Chats:
        """Chats and what they follow."""
        ...

    @property
    def notices(self) -> Notices:
        """Debts."""
        ...

    @property
    def leases(self) -> Leases:
        """Who may read or send."""
        ...

    @property
    def wakes(self) -> Wakes:
        """News that something is owed."""
        ...

    @property
    def notes(self) -> Notes:
        """Small things that outlive a restart."""
        ...

    @property
    def counts(self) -> Counts:
        """Counts for the operator."""
        ...

    @property
    def keeping(self) -> Keeping:
        """Letting go of what is done."""
        ...

    def absorbing(self) -> AbstractAsyncContextManager[Absorbing]:
        """Open the transaction of a change; it commits at the end of the block."""
        ...

    async def check_writable(self) -> None:
        """Raises StoreUnavailable where the database cannot be written."""
        ...

    async def check_schema(self) -> None:
        """Raises StoreError where the tables are not those of this release (any more)."""
        ...

    async def close(self) -> None:
        """Let go of all connections."""
        ...
