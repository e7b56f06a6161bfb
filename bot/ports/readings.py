"""How far the registry was read, and what is read in the background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.domain.filters import RegistrySearch
from bot.domain.watch import StoredInterest


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """The background reading of what exists for a newly followed condition."""

    interest_id: int
    words: str
    search: RegistrySearch | None = None
    """Set where the registry's own words are followed: they are searched for, not ``words``."""
    token: str | None = None
    data_timestamp: datetime | None = None
    """The data date that ``token`` belongs to."""


class FollowedSearch(msgspec.Struct, frozen=True, kw_only=True):
    """A registry search that somebody follows."""

    search: RegistrySearch
    interest_ids: tuple[int, ...]
    """The conditions that have it, whatever narrows them."""
    baseline_done: bool
    """Whether what it finds is stored."""


class ReadingState(msgspec.Struct, frozen=True, kw_only=True):
    """How far a registry was read. ``done`` is the data timestamp that is read completely."""

    done: datetime | None = None
    finished_at: datetime | None = None
    """When, by our clock, that reading ended."""
    failed_at: datetime | None = None
    failure: str | None = None
    """Since when, and why in our own words, readings fail; both None while they succeed."""


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

    async def interests(
        self, newer_than: int, limit: int | None = None
    ) -> Sequence[StoredInterest]:
        """Followed conditions with a larger id, as ``Absorbing.interests`` gives them."""
        ...

    async def interest_ids(self) -> frozenset[int]:
        """The ids of all conditions that somebody follows now; none is ever used again."""
        ...

    async def searches(self) -> tuple[FollowedSearch, ...]:
        """The different registry searches that are followed, oldest first."""
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
