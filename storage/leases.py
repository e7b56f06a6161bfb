"""Who may read or send, on the database's own clock: the machines' clocks need not agree."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Float, and_, bindparam, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from bot.ports.leases import Lease
from bot.ports.store_errors import LeaseLost
from storage.engine import Database
from storage.tables import leases


class epoch_now(FunctionElement[float]):  # noqa: N801 - a function in SQL, named like one
    """The database's clock in seconds since 1970, at the moment itself (not the transaction's)."""

    type = Float(53)
    inherit_cache = True


@compiles(epoch_now, "postgresql")
def _on_postgresql(_element: Any, _compiler: Any, **_options: Any) -> str:
    return "extract(epoch from clock_timestamp())::double precision"


@compiles(epoch_now, "sqlite")
def _on_sqlite(_element: Any, _compiler: Any, **_options: Any) -> str:
    # unixepoch('subsec') needs SQLite 3.42; 2440587.5 is the Julian day of 1970-01-01.
    return "((julianday('now') - 2440587.5) * 86400.0)"


class SqlLeases:
    """Implements ``bot.ports.leases.Leases``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def acquire(self, name: str, holder: str, seconds: float) -> Lease | None:
        """Take a free or expired lease, or renew one's own. None while another holds it."""
        mine = leases.c.holder == holder
        free = or_(mine, leases.c.holder.is_(None), leases.c.expires <= epoch_now())
        take = (
            update(leases)
            .where(leases.c.name == name, free)
            .values(
                holder=holder,
                fence=case((mine, leases.c.fence), else_=leases.c.fence + 1),
                expires=epoch_now() + seconds,
            )
            .returning(leases.c.fence)
        )
        first = self._database.insert(leases).on_conflict_do_nothing().returning(leases.c.fence)
        async with self._database.write() as connection:
            fence = await connection.scalar(take)
            if fence is None:
                fence = await connection.scalar(
                    first.values(name=name, holder=holder, fence=1, expires=epoch_now() + seconds)
                )
        if fence is None:
            return None
        return Lease(name=name, holder=holder, fence=fence, seconds=seconds)

    async def release(self, lease: Lease) -> None:
        """Give it back, so that another need not wait for it to expire."""
        held = and_(
            leases.c.name == lease.name,
            leases.c.holder == lease.holder,
            leases.c.fence == lease.fence,
        )
        give = update(leases).where(held).values(holder=None, expires=0)
        async with self._database.write() as connection:
            await connection.execute(give)

    async def book(self, name: str, seconds: float) -> float:
        """Reserve the next turn among all processes; ``expires`` is when the last one ends."""
        now = epoch_now()
        begins = case((leases.c.expires > now, leases.c.expires), else_=now)
        take = (
            update(leases)
            .where(leases.c.name == name)
            .values(expires=begins + seconds)
            .returning(leases.c.expires - seconds - epoch_now())
        )
        first = self._database.insert(leases).on_conflict_do_nothing()
        async with self._database.write() as connection:
            wait = await connection.scalar(take)
            if wait is None:
                row = {"name": name, "holder": None, "fence": 0, "expires": 0.0}
                await connection.execute(first.values(row))
                wait = await connection.scalar(take)
        return max(0.0, float(wait or 0.0))


PRESENT: Final = and_(
    leases.c.name == bindparam("lease_name"),
    leases.c.holder == bindparam("lease_holder"),
    leases.c.fence == bindparam("lease_fence"),
    leases.c.expires > epoch_now(),
)
"""Whether a lease, given by ``values_of``, is held and not expired."""

_DEMAND: Final = select(leases.c.fence).where(PRESENT).with_for_update(read=True)


def values_of(lease: Lease) -> dict[str, Any]:
    """The lease that ``PRESENT`` asks for."""
    return {"lease_name": lease.name, "lease_holder": lease.holder, "lease_fence": lease.fence}


async def demand(connection: AsyncConnection, lease: Lease) -> None:
    """Hold on to the lease until the transaction ends. Raises LeaseLost where it is not held.

    The row is locked against its next holder, so that nothing is written under a lease that was
    lost between the look and the commit.
    """
    if await connection.scalar(_DEMAND, values_of(lease)) is None:
        raise lost(lease)


def lost(lease: Lease) -> LeaseLost:
    """What is raised where a lease is not the present one."""
    return LeaseLost(f"another process may hold the lease {lease.name} now")
