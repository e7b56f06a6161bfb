"""What a subscription asks for while it rests: kept where no change can ask for it.

The kinds of a paused one stand higher in its number, out of reach of the kinds of any change. So
nothing of it comes to be owed, and who looks for followers need not look whether they rest.

An earlier release leaves them where they are, whether it lets a subscription rest or takes it up
again. They are read in both places, and each start of a process puts them where they belong: so
does the last one that is brought to this release.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Integer, and_, case, exists, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.gate import pass_alone
from storage.tables import subscriptions

_OUT_OF_REACH: Final = 32
"""Bits; more than there will ever be kinds, and twice as many fit into a number of a database."""

_KINDS: Final = (1 << _OUT_OF_REACH) - 1


def kept_as(kinds: int, *, paused: bool) -> int:
    """What stands in ``subscriptions.kinds`` for this choice."""
    return kinds << _OUT_OF_REACH if paused else kinds


def chosen_in(kept: int) -> int:
    """The choice, whether it rests or not."""
    return (kept | kept >> _OUT_OF_REACH) & _KINDS


async def put_right(connection: AsyncConnection) -> None:
    """Keep what each subscription asks for where it belongs, whoever let it rest or not."""
    kinds, paused = subscriptions.c.kinds, subscriptions.c.paused
    within_reach, beyond = kinds.bitwise_and(_KINDS) != 0, kinds > _KINDS
    misplaced = or_(and_(paused, within_reach), and_(~paused, beyond))
    if not await connection.scalar(select(exists().where(misplaced))):
        return
    await pass_alone(connection)
    bits = literal(_OUT_OF_REACH, Integer)
    chosen = kinds.bitwise_or(kinds.bitwise_rshift(bits)).bitwise_and(_KINDS)
    placed = case((paused, chosen.bitwise_lshift(bits)), else_=chosen)
    await connection.execute(update(subscriptions).where(misplaced).values(kinds=placed))
