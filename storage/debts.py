"""Looking at debts: when the next one is due, and counts for the operator.

The conditions on a state are words of SQL rather than bound values, because a partial index serves
only a statement that states its condition.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, TextClause, bindparam, case, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import NoticeState
from bot.domain.study import StudyKey
from bot.ports.notices import DeadLetter, Debts
from storage import tables
from storage.tables import bots, chats, notices, occurrences, studies


def _apart(state: str) -> TextClause:
    """In one of the other states; SQLite uses an index where its condition is said word by word."""
    return text(f"(notices.state = '{state}' AND notices.{tables.NOT_DUE})")


DUE: Final = text("notices.state = 'due'")
NOT_DUE: Final = text(f"notices.{tables.NOT_DUE}")
PUT_OFF: Final = _apart("put_off")
CLAIMED: Final = _apart("claimed")
DEAD: Final = _apart("dead")
HELD: Final = _apart("held")
PERHAPS: Final = _apart("perhaps")
LETTERS: Final = {NoticeState.DEAD: DEAD, NoticeState.PERHAPS: PERHAPS}
"""What is not sent any more and stands in the operator's sight."""
_DOUBLE: Final = text("notices.possibly_double")


async def next_due(connection: AsyncConnection, platform: str, bot: str) -> datetime | None:
    """The earliest moment at which something that is due may be sent; its bot may hold it back."""
    asked = select(bots.c.id, bots.c.wait_until)
    found = (
        await connection.execute(asked.where(bots.c.platform == platform, bots.c.bot == bot))
    ).one_or_none()
    if found is None:
        return None
    free = await connection.scalar(_first_due(found.id, chats.c.wait_until.is_(None)))
    waiting = await connection.scalar(_of_waiting_chats(found.id))
    put_off = await connection.scalar(_PUT_OFF_UNTIL, {"bot_id": found.id})
    moments: list[datetime] = [one for one in (free, waiting, put_off) if one is not None]
    if not moments:
        return None
    return min(moments) if found.wait_until is None else max(min(moments), found.wait_until)


_PUT_OFF_UNTIL: Final = select(func.min(notices.c.due_at)).where(
    PUT_OFF, notices.c.bot_id == bindparam("bot_id")
)


def _first_due(bot_id: int, condition: ColumnElement[bool]) -> Select[Any]:
    """When the first falls due whose chat is not paused, of those that meet ``condition``."""
    return (
        select(notices.c.due_at)
        .join(chats, chats.c.id == notices.c.chat_id)
        .where(
            DUE,
            notices.c.bot_id == bot_id,
            chats.c.paused_since.is_(None),
            condition,
        )
        .order_by(notices.c.id)
        .limit(1)
    )


def _of_waiting_chats(bot_id: int) -> Select[Any]:
    first = (
        select(func.min(notices.c.due_at))
        .where(DUE, notices.c.chat_id == chats.c.id)
        .correlate(chats)
        .scalar_subquery()
    )
    waiting = (
        select(chats.c.wait_until, first.label("first"))
        .where(
            chats.c.bot_id == bot_id,
            chats.c.wait_until.is_not(None),
            chats.c.paused_since.is_(None),
        )
        .subquery()
    )
    later = case(
        (waiting.c.first > waiting.c.wait_until, waiting.c.first), else_=waiting.c.wait_until
    )
    return select(func.min(later)).where(waiting.c.first.is_not(None))


async def dead_letters(connection: AsyncConnection) -> tuple[DeadLetter, ...]:
    """What was given up, and what was perhaps delivered, oldest first."""
    found = [letter for state in LETTERS for letter in await _letters(connection, state)]
    return tuple(sorted(found, key=lambda letter: letter.id))


async def _letters(connection: AsyncConnection, state: NoticeState) -> tuple[DeadLetter, ...]:
    asked = (
        select(
            notices.c.id,
            bots.c.platform,
            studies.c.registry,
            studies.c.number,
            notices.c.data_day,
            notices.c.tries,
            notices.c.error,
        )
        .join(bots, bots.c.id == notices.c.bot_id)
        .join(studies, studies.c.id == notices.c.study_id)
        .where(LETTERS[state])
    )
    return tuple(
        DeadLetter(
            id=row.id,
            state=state,
            platform=row.platform,
            key=StudyKey(row.registry, row.number),
            data_day=row.data_day,
            tries=row.tries,
            error=row.error,
        )
        for row in await connection.execute(asked)
    )


async def counted(connection: AsyncConnection, now: datetime) -> Debts:
    """Counts by state, and since when the oldest is owed that could be sent now."""
    by_state = select(notices.c.state, func.count().label("many")).group_by(notices.c.state)
    wide = select(func.min(occurrences.c.owed_at)).where(occurrences.c.spread_after.is_not(None))
    double = select(func.count()).select_from(notices).where(_DOUBLE)
    counts = {row.state: row.many for row in await connection.execute(by_state)}
    since = [await connection.scalar(wide)]
    for bot_id in (await connection.scalars(select(bots.c.id))).all():
        # Bot by bot, so that each is the first step along an index.
        oldest = _first_due(bot_id, notices.c.due_at <= now)
        since.append(await connection.scalar(oldest))
    return Debts(
        by_state=counts,
        oldest_due=min((moment for moment in since if moment is not None), default=None),
        possibly_double=await connection.scalar(double) or 0,
    )
