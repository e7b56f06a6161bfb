"""What a subscription asks for while it rests: kept where no change can ask for it.

The kinds of a paused one stand higher in its number, out of reach of the kinds of any change. So
nothing of it comes to be owed, and who looks for followers need not look whether they rest. A
release before this one left them where they were; there they are read all the same.
"""

from __future__ import annotations

from typing import Final

_OUT_OF_REACH: Final = 32
"""Bits; more than there will ever be kinds, and twice as many fit into a number of a database."""

_KINDS: Final = (1 << _OUT_OF_REACH) - 1


def kept_as(kinds: int, *, paused: bool) -> int:
    """What stands in ``subscriptions.kinds`` for this choice."""
    return kinds << _OUT_OF_REACH if paused else kinds


def chosen_in(kept: int) -> int:
    """The choice, whether it rests or not."""
    return (kept | kept >> _OUT_OF_REACH) & _KINDS
