"""Who may read or send, on the database's own clock."""

from __future__ import annotations

from typing import Protocol

import msgspec


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """The right to do something alone. ``fence`` grows with every change of holder."""

    name: str
    holder: str
    fence: int
    seconds: float
    """For how long it was asked for."""


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
