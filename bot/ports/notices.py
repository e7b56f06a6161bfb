"""Debts, from owed to settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from bot.domain.notice import Notice, Settlement
from bot.domain.study import StudyKey
from bot.ports.leases import Lease


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
