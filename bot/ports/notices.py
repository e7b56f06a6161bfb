"""Debts, from owed to settled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

import msgspec

from bot.domain.notice import Notice, NoticeState, Settlement
from bot.domain.study import StudyKey
from bot.ports.leases import Lease


class Debts(msgspec.Struct, frozen=True, kw_only=True):
    """Counts for the operator."""

    by_state: Mapping[str, int]
    oldest_due: datetime | None = None
    """Since when the oldest debt is owed that could be sent now (its chat is not paused)."""
    possibly_double: int = 0
    """How many were sent again though they may have arrived: an answer was lost, or a process died
    before it came, and the platform no longer knew the nonce by then."""


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that is not sent any more, for the operator: no address, no condition.

    ``state`` is DEAD where it was given up, PERHAPS where its answer was lost each time.
    """

    id: int
    state: NoticeState = NoticeState.DEAD
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
        nonces_last: timedelta = timedelta(0),
        probe_before: datetime | None = None,
    ) -> tuple[Notice, ...]:
        """Take up to ``limit`` notices that are due, the oldest first, at most one a chat.

        Chats in ``busy`` and chats that have to wait are passed over; so is all of a bot that has
        to wait. Of a paused chat one is taken, as a probe, if the last try was at ``probe_before``
        or earlier; without it paused chats are passed over. What may have arrived before, longer
        ago than ``nonces_last``, is counted as possibly double. Raises LeaseLost where ``lease`` is
        not the present one.
        """
        ...

    async def claim_along(
        self,
        lease: Lease,
        leader: Notice,
        *,
        limit: int,
        now: datetime,
        nonces_last: timedelta = timedelta(0),
    ) -> Notice:
        """Claim what is told in the same message as a claimed notice. Returns it with these beside.

        They are up to ``limit`` others of its chat that are due and surely did not arrive yet, the
        oldest first: of what was held for long only others of that kind, and none that is newer
        than what can only be told as it was told before. All are marked as a group, and ``others``
        says how many are left. A notice that belongs to a group already, because a
        process died or an answer was lost, gets exactly those that were told with it. Raises
        LeaseLost as ``claim`` does.
        """
        ...

    async def settle(
        self,
        lease: Lease,
        notice: Notice,
        settlement: Settlement,
        moot: Collection[int] = (),
    ) -> None:
        """Write how a try ended, for all that was told together in one transaction.

        Of ``moot`` (ids) there was nothing to say: they end as MOOT when the others end. A group
        that is due again and surely did not arrive is none any more. Raises LeaseLost as ``claim``
        does.
        """
        ...

    async def told(self, chat_id: int, notice_id: int) -> tuple[Notice, ...]:
        """What one message told this chat, by the notice that led it; empty where there is none."""
        ...

    async def reclaim(self, lease: Lease, platform: str, bot: str) -> int:
        """Make due again what a process that died had claimed. Returns how many it was.

        From the claim on it may have arrived; what that means is told when it is claimed again.
        """
        ...

    async def spread(self, limit: int, now: datetime) -> int:
        """Expand wide debts by up to ``limit`` notices. Returns how many; 0 when done."""
        ...

    async def next_due(self, platform: str, bot: str) -> datetime | None:
        """When the next notice that waits may be sent, or None where nothing is owed."""
        ...

    async def dead_letters(self) -> tuple[DeadLetter, ...]:
        """What was given up, and what was perhaps delivered, oldest first."""
        ...

    async def revive(self, now: datetime, state: NoticeState = NoticeState.DEAD) -> int:
        """Make all letters in this state (DEAD, PERHAPS) due again. Returns how many."""
        ...

    async def debts(self, now: datetime) -> Debts:
        """Counts for the operator."""
        ...

    async def expire(self, paused_before: datetime) -> int:
        """Chats paused since before this moment lose their debts (as MOOT). Returns how many.

        Not those that are said to be there again and were not tried since.
        """
        ...
