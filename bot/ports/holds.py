"""What so many records had at once that the operator is asked first; and what waits for a reading.

An occurrence that a reading finds is owed when the reading is complete: only then is it known in
what share of the records the same thing happened (``bot.domain.mass``).
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Protocol

import msgspec

from bot.domain.mass import Mass, Waiting, Way

PATIENCE_DAYS: Final = 3
"""Data days after which a hold that nobody answered goes out in a digest."""


class Answer(enum.StrEnum):
    """What becomes of a hold."""

    RELEASED = "released"
    """Each change is told as it would have been."""
    LATE = "late"
    """Nobody answered: all of it is told in one message a chat."""
    DROPPED = "dropped"
    """Nobody is told. The trials' histories keep it."""


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """A way in which many records changed at once, as the operator is shown it."""

    id: int
    data_day: date
    way: Way
    count: int
    """How many trials' changes are held; what went back since is not among them."""
    read: int
    """How many records the reading had."""
    usual: int
    """How many changes in this way the updates that sponsors posted in it would explain."""
    examples: tuple[str, ...]
    """The numbers of some of the trials."""


class Holds(Protocol):
    """Occurrences from being found to being owed, held or let go."""

    async def waiting(self, after: int, limit: int) -> tuple[Waiting, ...]:
        """What waits for the end of a reading and has a larger id, in the order of ids."""
        ...

    async def hold(self, data_day: date, masses: Sequence[Mass], read: int) -> int:
        """Remember that these ways of this data day are held. Returns how many are new."""
        ...

    async def let_go(self, ids: Sequence[int], data_day: date, now: datetime) -> int:
        """Owe what waits under these ids, but for what this data day's holds keep back.

        Returns how many notices were written. Several transactions may do it, each whole; what does
        not wait any more is passed over, so that a pass that was broken off can be done again.
        """
        ...

    async def held(self) -> tuple[Hold, ...]:
        """The holds that nobody answered yet, oldest first."""
        ...

    async def answer(self, hold_id: int, answer: Answer) -> bool:
        """Decide on a hold; ``carry_out`` does it. Returns whether it was there to be decided."""
        ...

    async def carry_out(self, limit: int, now: datetime) -> int:
        """Do what was decided for up to ``limit`` occurrences. Returns how many; 0 when done."""
        ...

    async def day_read(self, data_day: date) -> int:
        """A data day is read: holds that waited for ``PATIENCE_DAYS`` become late.

        Returns how many. The same data day counts once.
        """
        ...
