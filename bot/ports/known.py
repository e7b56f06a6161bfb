"""What the store knows for the operator: how much is owed, how a data day went, what was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

import msgspec


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """How much one platform owes in one state.

    ``state`` is ``due``, ``claimed``, ``dead``, ``perhaps`` or ``held`` (since a restore, until the
    operator decides), ``put_off`` (the chat chose to hear later), or ``paused``: due, to chats that
    cannot be reached. ``oldest`` is since when the oldest of these has been due.
    """

    platform: str
    state: str
    count: int
    oldest: datetime


class DayCounts(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one data day: occurrences, and the messages about them."""

    changes: int = 0
    sent: int = 0
    perhaps: int = 0
    """Their answer was lost each time: they may have arrived."""
    possibly_double: int = 0
    """Of both kinds those that were sent again though they may have arrived before."""


class Counts(Protocol):
    """Counts; each costs as much as there is to be counted, and no more."""

    async def pending(self) -> tuple[Pending, ...]:
        """What is not settled, held, or given up. Settled notices are not looked at."""
        ...

    async def spreading(self) -> int:
        """How many wide debts are not expanded yet."""
        ...

    async def set_aside(self, data_day: date) -> int:
        """How many records of this data day could not be read."""
        ...

    async def day(self, data_day: date) -> DayCounts:
        """How a data day went. Looks at every notice: for once a day."""
        ...


class Notes(Protocol):
    """Small things that have to outlive a restart and be the same for every process.

    Keys and values are words of ours: never an address, a condition or a token.
    """

    async def all(self) -> Mapping[str, str]:
        """All that is noted, by key."""
        ...

    async def put(self, key: str, value: str) -> None:
        """Note it, in place of what was noted under this key."""
        ...

    async def count(self, key: str) -> None:
        """Note one more than the number that was noted under this key."""
        ...

    async def drop(self, key: str) -> None:
        """Forget it, if it was noted."""
        ...
