"""Debts, from owed to settled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Update, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import Notice, NoticeState, Settlement
from bot.ports.leases import Lease
from bot.ports.notices import DeadLetter, Debts
from storage import claimed, claiming, debts, putting_off, sent, together
from storage.debts import CLAIMED, DUE, LETTERS, PUT_OFF
from storage.engine import Database
from storage.fanout import spread_one
from storage.gate import pass_together
from storage.grouping import Grouping
from storage.leases import demand
from storage.posting import remember_post
from storage.tables import bots, chats, notices, occurrences
from storage.wakes import announce


class SqlNotices:
    """Implements ``bot.ports.notices.Notices``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._grouping = Grouping(database, sent.settle)

    async def claim(
        self,
        lease: Lease,
        platform: str,
        bot: str,
        *,
        busy: Sequence[int],
        limit: int,
        now: datetime,
        nonces_last: timedelta = timedelta(0),
        probe_before: datetime | None = None,
    ) -> tuple[Notice, ...]:
        """Take up to ``limit`` notices that are due, the oldest first, at most one a chat."""
        async with self._database.write() as connection:
            bot_id = await claiming.ready_bot(connection, lease, platform, bot, now)
            if bot_id is None:
                return ()
            await putting_off.wake(connection, bot_id, now)
            heads = await claiming.heads(connection, bot_id, busy, limit, now, probe_before)
            return await claiming.take(connection, heads, now, nonces_last) if heads else ()

    async def claim_along(
        self,
        lease: Lease,
        leader: Notice,
        *,
        limit: int,
        now: datetime,
        nonces_last: timedelta = timedelta(0),
    ) -> Notice:
        """Claim beside a claimed notice what is told in the same message."""
        async with self._database.write() as connection:
            await demand(connection, lease)
            return await together.gather(connection, leader, limit, now, nonces_last)

    async def settle(
        self,
        lease: Lease,
        notice: Notice,
        settlement: Settlement,
        moot: Collection[int] = (),
    ) -> None:
        """Write how a try ended, of all that was told together in one transaction.

        What ends at the same time is committed together: a bot sends to many chats at once.
        """
        work = partial(_settle, self._database, lease, notice, settlement, moot)
        await self._grouping.write(work, sent.plainly(lease, notice, settlement))

    async def told(self, chat_id: int, notice_id: int) -> tuple[Notice, ...]:
        """What one message told this chat; empty where it is no message to it, or forgotten."""
        async with self._database.read() as connection:
            return await claimed.told(connection, chat_id, notice_id)

    async def reclaim(self, lease: Lease, platform: str, bot: str) -> int:
        """Make due again what a process that died had claimed. Returns how many it was."""
        ours = select(bots.c.id).where(bots.c.platform == platform, bots.c.bot == bot)
        again = (
            update(notices)
            .where(CLAIMED, notices.c.bot_id == ours.scalar_subquery())
            .values(state=NoticeState.DUE.value, unsure_since=_UNSURE_SINCE)
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
        """What was given up, and what was perhaps delivered, oldest first."""
        async with self._database.read() as connection:
            return await debts.dead_letters(connection)

    async def revive(self, now: datetime, state: NoticeState = NoticeState.DEAD) -> int:
        """Make all letters in this state due again, with all their tries. Returns how many."""
        alive = {"state": NoticeState.DUE.value, "due_at": now, "tries": 0, "error": None}
        alive["lost_answers"] = 0
        revived = update(notices).where(LETTERS[state]).values(alive)
        async with self._database.write() as connection:
            await announce(connection)
            return (await connection.execute(revived)).rowcount

    async def debts(self, now: datetime) -> Debts:
        """Counts for the operator."""
        async with self._database.read() as connection:
            return await debts.counted(connection, now)

    async def expire(self, paused_before: datetime) -> int:
        """Chats paused since before this moment lose their debts (as MOOT). Returns how many."""
        gone = select(chats.c.id).where(
            chats.c.paused_since < paused_before, chats.c.probed_at.is_not(None)
        )
        lose = update(notices).where(or_(DUE, PUT_OFF), notices.c.chat_id.in_(gone))
        async with self._database.write() as connection:
            return (await connection.execute(lose.values(state=NoticeState.MOOT.value))).rowcount


_UNSURE_SINCE: Final = func.coalesce(notices.c.unsure_since, notices.c.claimed_at, notices.c.due_at)
"""From when on what a dead process had claimed may have arrived. An earlier release did not note
when it claimed."""

_WIDEST: Final = (
    select(occurrences.c.id)
    .where(occurrences.c.spread_after.is_not(None))
    .order_by(occurrences.c.id)
    .limit(1)
)


async def _settle(
    database: Database,
    lease: Lease,
    notice: Notice,
    settlement: Settlement,
    moot: Collection[int],
    connection: AsyncConnection,
) -> None:
    several = len(notice.together) > 1
    if several:  # all or nothing: what is left of a group would be told again as another message
        await demand(connection, lease)
    told = [one.id for one in notice.together if one.id not in moot]
    untold = [one.id for one in notice.together if one.id in moot]
    chat_id = None
    for ids, ended in ((told, settlement), (untold, _untold(settlement))):
        if ids:
            settled = await claiming.settle(connection, lease, ids, ended, demanded=several)
            chat_id = settled if chat_id is None else chat_id
    sent = chat_id is not None and settlement.state is NoticeState.SENT
    if sent and notice.in_feed and len(told) == 1:
        await remember_post(connection, database, told[0], settlement)
    if chat_id is None:  # the lease is lost, or the notice went with a chat that joined
        await demand(connection, lease)
    elif settlement.due_at is not None and settlement.state is NoticeState.DUE:
        await connection.execute(_let_wait(chat_id, settlement.due_at))
    elif settlement.due_at is not None and settlement.state is NoticeState.PUT_OFF:
        until, alone = settlement.due_at, settlement.alone
        await putting_off.put_off(connection, chat_id, until, alone=alone)


def _untold(settlement: Settlement) -> Settlement:
    """How it ended for those of a group of which there is nothing to say: once the others are done
    with, so are they."""
    if settlement.state in claiming.WAITING:
        return settlement
    return Settlement(state=NoticeState.MOOT, counts_as_try=False)


def _let_wait(chat_id: int, until: datetime) -> Update:
    longer = or_(chats.c.wait_until.is_(None), chats.c.wait_until < until)
    return update(chats).where(chats.c.id == chat_id, longer).values(wait_until=until)
