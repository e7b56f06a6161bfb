"""Debts, from owed to settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.address import Address
from bot.domain.notice import Notice, NoticeState, Occurrence, Settlement
from bot.domain.study import StudyKey
from bot.ports.store import DeadLetter, Debts, Lease
from storage import debts
from storage.chats import keep_bot
from storage.codec import AnyRow, unpack_body
from storage.debts import CLAIMED, DEAD, DUE
from storage.engine import Database
from storage.fanout import spread_one
from storage.gate import pass_together
from storage.leases import demand
from storage.tables import bots, chats, notices, occurrences, studies

_WINDOW: Final = 4
"""How many times ``limit`` rows a look at the queue takes: few chats may owe much of its head."""


class SqlNotices:
    """Implements ``bot.ports.store.Notices``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self,
        lease: Lease,
        platform: str,
        bot: str,
        *,
        busy: Sequence[int],
        limit: int,
        now: datetime,
    ) -> tuple[Notice, ...]:
        """Take up to ``limit`` notices that are due, the oldest first, at most one a chat."""
        asked = select(bots.c.id, bots.c.wait_until)
        asked = asked.where(bots.c.platform == platform, bots.c.bot == bot)
        async with self._database.write() as connection:
            await demand(connection, lease)
            row = (await connection.execute(asked)).one_or_none()
            if row is None or (row.wait_until is not None and row.wait_until > now):
                return ()
            heads = await _heads(connection, row.id, busy, limit, now)
            if not heads:
                return ()
            await _take(connection, heads)
            told = (await connection.execute(_TOLD.where(notices.c.id.in_(heads)))).all()
        return tuple(_notice(row) for row in told)

    async def settle(self, lease: Lease, notice: Notice, settlement: Settlement) -> None:
        """Write how a try ended. Raises LeaseLost as ``claim`` does."""
        ended: dict[str, Any] = {
            "state": settlement.state.value,
            "error": settlement.error,
            "message_id": settlement.message_id,
        }
        if settlement.counts_as_try:
            ended["tries"] = notices.c.tries + 1
        again = settlement.due_at if settlement.state is NoticeState.DUE else None
        if again is not None:
            ended["due_at"] = again
        write = (
            update(notices)
            .where(notices.c.id == notice.id, notices.c.state == NoticeState.CLAIMED.value)
            .values(ended)
            .returning(notices.c.chat_id)
        )
        async with self._database.write() as connection:
            await demand(connection, lease)
            # The chat's row as it is now: it may have joined another since the claim.
            chat_id = await connection.scalar(write)
            if again is not None and chat_id is not None:
                await connection.execute(_let_wait(chat_id, again))

    async def hold_bot(self, platform: str, bot: str, until: datetime) -> None:
        """Everything that this bot sends has to wait; of two holds the longer one counts."""
        async with self._database.write() as connection:
            bot_id = await keep_bot(connection, self._database, platform, bot)
            longer = or_(bots.c.wait_until.is_(None), bots.c.wait_until < until)
            hold = update(bots).where(bots.c.id == bot_id, longer).values(wait_until=until)
            await connection.execute(hold)

    async def reclaim(self, lease: Lease, platform: str, bot: str) -> int:
        """Make due again what a process that died had claimed. Returns how many it was."""
        ours = select(bots.c.id).where(bots.c.platform == platform, bots.c.bot == bot)
        again = (
            update(notices)
            .where(CLAIMED, notices.c.bot_id == ours.scalar_subquery())
            .values(state=NoticeState.DUE.value, possibly_double=True)
        )
        async with self._database.write() as connection:
            await demand(connection, lease)
            return (await connection.execute(again)).rowcount

    async def spread(self, limit: int, now: datetime) -> int:
        """Expand wide debts by up to ``limit`` notices. Returns how many; 0 when done.

        Each debt is a transaction of its own, and where one had nothing more to give the next one
        follows, so that 0 always means that all are expanded.
        """
        async with self._database.read() as connection:
            if await connection.scalar(_WIDEST) is None:
                return 0
        written = 0
        while written < limit:
            async with self._database.write() as connection:
                await pass_together(connection)
                one = await connection.scalar(_WIDEST.with_for_update())
                if one is None:
                    return written
                left = limit - written
                written += await spread_one(connection, self._database, one, left, now)
        return written

    async def next_due(self, platform: str, bot: str) -> datetime | None:
        """When the next notice that waits may be sent, or None where nothing is owed."""
        async with self._database.read() as connection:
            return await debts.next_due(connection, platform, bot)

    async def dead_letters(self) -> tuple[DeadLetter, ...]:
        """What was given up, oldest first."""
        async with self._database.read() as connection:
            return await debts.dead_letters(connection)

    async def revive(self, now: datetime) -> int:
        """Make all dead letters due again, with all their tries. Returns how many."""
        alive = {"state": NoticeState.DUE.value, "due_at": now, "tries": 0, "error": None}
        async with self._database.write() as connection:
            return (await connection.execute(update(notices).where(DEAD).values(alive))).rowcount

    async def debts(self, now: datetime) -> Debts:
        """Counts for the operator."""
        async with self._database.read() as connection:
            return await debts.counted(connection, now)

    async def expire(self, paused_before: datetime) -> int:
        """Chats paused since before this moment lose their debts (as MOOT). Returns how many."""
        gone = select(chats.c.id).where(chats.c.paused_since < paused_before)
        lose = update(notices).where(DUE, notices.c.chat_id.in_(gone))
        async with self._database.write() as connection:
            return (await connection.execute(lose.values(state=NoticeState.MOOT.value))).rowcount


_WIDEST: Final = (
    select(occurrences.c.id)
    .where(occurrences.c.spread_after.is_not(None))
    .order_by(occurrences.c.id)
    .limit(1)
)

_TOLD: Final = (
    select(
        notices.c.id,
        notices.c.chat_id,
        notices.c.tries,
        bots.c.platform,
        bots.c.bot,
        chats.c.chat,
        chats.c.thread,
        studies.c.registry,
        studies.c.number,
        occurrences.c.data_day,
        occurrences.c.cause,
        occurrences.c.first_posted,
        occurrences.c.body,
    )
    .join(chats, chats.c.id == notices.c.chat_id)
    .join(bots, bots.c.id == chats.c.bot_id)
    .join(occurrences, occurrences.c.id == notices.c.occurrence_id)
    .join(studies, studies.c.id == occurrences.c.study_id)
    .order_by(notices.c.id)
)


async def _heads(
    connection: AsyncConnection, bot_id: int, busy: Sequence[int], limit: int, now: datetime
) -> list[int]:
    """The oldest due notice of each of up to ``limit`` chats that can be sent to now.

    The queue is walked in the order of ids, along its index, some rows at a time. A chat that was
    met is left out of the next look, so that a chat which owes a hundred thousand costs one row.
    """
    in_flight = select(notices.c.chat_id).where(CLAIMED, notices.c.bot_id == bot_id)
    met = set(busy) | set((await connection.scalars(in_flight)).all())
    heads: list[int] = []
    after, window = 0, limit * _WINDOW
    while len(heads) < limit:
        look = (
            select(notices.c.id, notices.c.chat_id, chats.c.wait_until)
            .join(chats, chats.c.id == notices.c.chat_id)
            .where(
                DUE,
                notices.c.bot_id == bot_id,
                notices.c.id > after,
                notices.c.chat_id.not_in(met),
                notices.c.due_at <= now,
                chats.c.paused_since.is_(None),
                or_(chats.c.wait_until.is_(None), chats.c.wait_until <= now),
            )
            .order_by(notices.c.id)
            .limit(window)
        )
        rows = (await connection.execute(look)).all()
        for row in rows:
            if row.chat_id not in met and len(heads) < limit:
                met.add(row.chat_id)
                heads.append(row.id)
        if len(rows) < window:
            break
        after = rows[-1].id
    return heads


async def _take(connection: AsyncConnection, heads: Sequence[int]) -> None:
    claimed = update(notices).where(notices.c.id.in_(heads))
    await connection.execute(claimed.values(state=NoticeState.CLAIMED.value))


def _let_wait(chat_id: int, until: datetime) -> Any:
    longer = or_(chats.c.wait_until.is_(None), chats.c.wait_until < until)
    return update(chats).where(chats.c.id == chat_id, longer).values(wait_until=until)


def _notice(row: AnyRow) -> Notice:
    changes, matches = unpack_body(row.body)
    return Notice(
        id=row.id,
        chat_id=row.chat_id,
        address=Address(row.platform, row.bot, row.chat, row.thread),
        occurrence=Occurrence(
            key=StudyKey(row.registry, row.number),
            data_day=row.data_day,
            cause=row.cause,
            changes=changes,
            matches=matches,
            first_posted=row.first_posted,
        ),
        tries=row.tries,
    )
