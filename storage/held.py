"""After a restore: what may have been told since the backup is held until the operator decides.

Held are the debts that waited when the backup was made, and those that the first complete reading
after the restore finds: it finds again what the lost database had found since. Which occurrences
those are stands in two notes, so that it holds for wide debts too, which are expanded later.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ScalarSelect,
    and_,
    case,
    cast,
    delete,
    false,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.tables import notes, occurrences

AFTER: Final = "restore: held after"
"""Occurrences with a larger id were found since the restore. The value is a number in digits."""

UPTO: Final = "restore: held up to"
"""The last occurrence of the first complete reading, once there was one."""


def _noted(key: str) -> ScalarSelect[str]:
    return select(notes.c.value).where(notes.c.key == key).scalar_subquery()


# The casts stand outside of the look-ups: inside, PostgreSQL might try them on other notes.
_IN_CATCHING_UP: Final = and_(
    _noted(AFTER).is_not(None),
    occurrences.c.id > cast(_noted(AFTER), BigInteger),
    or_(_noted(UPTO).is_(None), occurrences.c.id <= cast(_noted(UPTO), BigInteger)),
)


def first_state(put_off: ColumnElement[bool]) -> ColumnElement[str]:
    """How a notice of an occurrence begins; ``put_off`` says that its chat hears later by choice.

    The states are words of SQL, as the plan of a statement is kept with them.
    """
    return case(
        (_IN_CATCHING_UP, literal_column("'held'")),
        (put_off, literal_column("'put_off'")),
        else_=literal_column("'due'"),
    )


FIRST_STATE: Final = first_state(false())
"""The same where no chat is asked."""


async def hold_from_here(connection: AsyncConnection, database: Database) -> None:
    """Hold what is found from now on, until ``caught_up``; and what was found and is not owed yet.

    All that is owed already has its notices, which are held by themselves: to begin with an earlier
    occurrence holds no others.
    """
    await release_from_here(connection)
    first = await connection.scalar(select(func.min(occurrences.c.id)).where(occurrences.c.waits))
    await _note(connection, database, AFTER, None if first is None else first - 1)


async def caught_up(connection: AsyncConnection, database: Database) -> None:
    """A reading is complete: what is found from now on is news."""
    known = frozenset((await connection.scalars(select(notes.c.key))).all())
    if AFTER in known and UPTO not in known:
        await _note(connection, database, UPTO)


async def is_caught_up(connection: AsyncConnection) -> bool:
    """Whether what is found now is told."""
    known = frozenset((await connection.scalars(select(notes.c.key))).all())
    return AFTER not in known or UPTO in known


async def release_from_here(connection: AsyncConnection) -> None:
    """Hold nothing that is found from now on."""
    await connection.execute(delete(notes).where(notes.c.key.in_((AFTER, UPTO))))


async def _note(
    connection: AsyncConnection, database: Database, key: str, last: int | None = None
) -> None:
    """Note an occurrence's id, by default that of the newest."""
    newest = await connection.scalar(select(func.max(occurrences.c.id))) or 0
    value = str(newest if last is None else last)
    await connection.execute(database.insert(notes).values(key=key, value=value))
