"""Versions of trials, and which of them are watched."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

import msgspec

from bot.domain.record import Unreadable
from bot.domain.study import StudyKey
from bot.domain.version import StoredStudy, VersionSeen


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """A trial that somebody follows, or that matches a followed condition."""

    key: StudyKey
    glimpse: bytes
    """``bot.domain.digest.of_glimpse`` of the stored version."""
    read_day: date
    removed: bool = False
    """Whether it was told as removed: it is asked for to see whether it is back."""


class Named(msgspec.Struct, frozen=True):
    """A kept trial by its number and title."""

    key: StudyKey
    title: str


class Studies(Protocol):
    """Versions of trials."""

    async def get(self, key: StudyKey) -> StoredStudy | None:
        """The newest kept version; an alias of a merged trial leads to the trial it became."""
        ...

    async def several(self, keys: Collection[StudyKey]) -> dict[StudyKey, StoredStudy]:
        """As ``get``, for all of these in one look: by the keys, without those never read."""
        ...

    async def history(self, key: StudyKey) -> tuple[VersionSeen, ...]:
        """What was seen of it, oldest first."""
        ...

    async def worded(
        self, words: Sequence[str], *, after: int = 0, limit: int = 50
    ) -> tuple[Named, ...]:
        """Kept trials that have a word beginning with each of these, without the first ``after``.

        Words are those of ``bot.domain.phrases.normal_words``. The newest version comes first, but
        before it all trials that have the words in their title.
        """
        ...

    async def watched(self, registry: str) -> tuple[Watched, ...]:
        """All that is watched and not merged, in the order of their numbers."""
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
