"""What an operator's ``trialbell restore`` asks of the database: to hold, to send, to drop."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select, update

from bot.domain.notice import NoticeState
from storage.debts import CLAIMED, DUE, HELD, PUT_OFF
from storage.engine import Database
from storage.held import hold_from_here, is_caught_up, release_from_here
from storage.notices import SqlNotices
from storage.tables import leases, notices
from storage.wakes import announce

_SPREAD: Final = 500


class SqlHolding:
    """Debts that may have been paid since the backup that the database was restored from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def hold(self, now: datetime) -> int:
        """Hold all that is owed, and what the first reading will find; free all leases.

        Nobody may work on the database meanwhile. Returns how many notices are held.
        """
        await self._spread(now)
        owed = or_(DUE, PUT_OFF, CLAIMED)
        waiting = update(notices).where(owed).values(state=NoticeState.HELD.value)
        async with self._database.write() as connection:
            await connection.execute(waiting)
            await connection.execute(update(leases).values(holder=None, expires=0))
            await hold_from_here(connection, self._database)
        return await self.held()

    async def held(self) -> int:
        """How many notices are held."""
        async with self._database.read() as connection:
            counted = select(func.count()).select_from(notices).where(HELD)
            return await connection.scalar(counted) or 0

    async def send(self, now: datetime) -> int:
        """What is held is owed again, and marked as possibly double; nothing is held from now on.

        Returns how many notices it was.
        """
        await self._spread(now)
        owed = update(notices).where(HELD)
        owed = owed.values(state=NoticeState.DUE.value, due_at=now, possibly_double=True)
        async with self._database.write() as connection:
            await release_from_here(connection)
            await announce(connection)
            return (await connection.execute(owed)).rowcount

    async def drop(self, now: datetime) -> tuple[int, bool]:
        """What is held is dropped (as MOOT).

        Returns how many notices it was, and whether that was all: False where the first reading is
        not complete yet, so that what it finds is held still.
        """
        await self._spread(now)
        dropped = update(notices).where(HELD).values(state=NoticeState.MOOT.value)
        async with self._database.write() as connection:
            complete = await is_caught_up(connection)
            if complete:
                await release_from_here(connection)
            return (await connection.execute(dropped)).rowcount, complete

    async def _spread(self, now: datetime) -> None:
        """Have a notice for each chat that a wide debt is owed to: only those have a state."""
        owed = SqlNotices(self._database)
        while await owed.spread(_SPREAD, now):
            pass
