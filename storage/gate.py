"""A lock that following and absorbing share, so that no change falls between them.

A change is told to those who follow at its moment. Were somebody to follow a condition while a
change is being absorbed, the change would be decided without the condition and yet be committed
after the follow: missed by the baseline and by the fan-out. So absorbing passes the gate *together*
(any number at once) and whatever adds, takes or moves what chats follow passes it *alone*. The row
is locked until the end of the transaction. On SQLite, which has one writer, it is locked anyway.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import gates

FOLLOWING: Final = "following"
WRITABLE: Final = "writable"

_ROW = select(gates.c.name).where(gates.c.name == FOLLOWING)


async def pass_together(connection: AsyncConnection) -> None:
    """Absorb, or expand debts: what chats follow stays as it is until the end."""
    await connection.execute(_ROW.with_for_update(read=True))


async def pass_alone(connection: AsyncConnection) -> None:
    """Change what chats follow: nothing is absorbed until the end."""
    await connection.execute(_ROW.with_for_update())


async def touch(connection: AsyncConnection) -> None:
    """Write something of no meaning, to see whether writing works."""
    passed = update(gates).where(gates.c.name == WRITABLE).values(passed=gates.c.passed + 1)
    await connection.execute(passed)
