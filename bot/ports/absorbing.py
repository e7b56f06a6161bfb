"""The transaction of a change: versions, changes and what is owed for them, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.filters import RegistrySearch
from bot.domain.study import StudyKey
from bot.domain.version import Absorbed, StoredStudy, VersionSeen
from bot.domain.watch import StoredInterest


class Absorbing(Protocol):
    """The open transaction of a change."""

    async def previous(self, keys: Sequence[StudyKey]) -> Mapping[StudyKey, StoredStudy]:
        """The newest kept versions, locked until the end of the transaction.

        Raises StoredUnreadable for the first of them that cannot be read.
        """
        ...

    async def versions_on(self, key: StudyKey, data_day: date) -> int:
        """How many occurrences this trial already has on this data day."""
        ...

    async def interests(
        self, newer_than: int, limit: int | None = None
    ) -> Sequence[StoredInterest]:
        """Followed conditions with a larger id, in the order of ids; ``limit`` is how many at most.

        There may be a million, so that not all are to be had in memory at once.
        """
        ...

    async def found_by(
        self, keys: Sequence[StudyKey], searches: Collection[RegistrySearch]
    ) -> Mapping[StudyKey, frozenset[RegistrySearch]]:
        """Of these trials those that one of these searches found when it was last asked.

        ``Absorbed.joined`` and ``Absorbed.parted`` move it.
        """
        ...

    async def lately(
        self, keys: Sequence[StudyKey], since: date
    ) -> Mapping[StudyKey, tuple[VersionSeen, ...]]:
        """What was seen of these trials from a data day on, oldest first.

        Only the versions of data days of which somebody was owed something.
        """
        ...

    async def write(
        self,
        absorbed: Sequence[Absorbed],
        data_day: date,
        now: datetime,
        *,
        waits: bool = False,
    ) -> int:
        """Keep versions and changes, and owe the notices. Returns how many notices were written.

        With ``waits``, what happened is not owed before ``Holds.let_go``. A correction never waits:
        it takes back what is owed or held, and is owed to whoever was told.

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
