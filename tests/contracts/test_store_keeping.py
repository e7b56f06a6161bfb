"""Letting go of what is done, and of nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select, update

from bot.domain import retention
from bot.domain.notice import Event, Match, NoticeState, Settlement
from bot.domain.record import Unreadable
from bot.domain.study import CTGOV
from storage import tables
from storage.store import SqlStore
from tests.studies import (
    ALL,
    DAY,
    HOUR,
    NOW,
    TELEGRAM,
    absorb,
    changed,
    follower,
    interest,
    key,
    lease,
    read,
    study,
    telegram,
)

SECOND = timedelta(seconds=1)
LATER = timedelta(days=400)
"""After this nothing that is done is of any use."""


async def count(store: SqlStore, table: Any, *where: Any) -> int:
    """How many rows."""
    async with store._database.read() as connection:
        counted = select(func.count()).select_from(table).where(*where)
        return await connection.scalar(counted) or 0


async def prune(store: SqlStore, now: datetime, limit: int = 500) -> int:
    """Let go of all that can be, and give how many rows it was."""
    gone = 0
    while batch := await store.keeping.prune(now, limit):
        gone += batch
    return gone


async def send(store: SqlStore, state: NoticeState = NoticeState.SENT) -> None:
    """Settle all that is due."""
    held = await lease(store)
    while claimed := await store.notices.claim(held, *TELEGRAM, busy=[], limit=9, now=NOW + HOUR):
        for one in claimed:
            await store.notices.settle(held, one, Settlement(state=state))
    await store.leases.release(held)


@pytest.mark.parametrize(
    ("state", "kept"),
    [
        (NoticeState.SENT, retention.SENT),
        (NoticeState.PERHAPS, retention.SENT),
        (NoticeState.MOOT, retention.MOOT),
        (NoticeState.DEAD, retention.DEAD),
    ],
)
async def test_settled_notices_go_when_their_time_is_over(
    store: SqlStore, state: NoticeState, kept: timedelta
) -> None:
    """A settled notice is there to the end of its time, and gone after; what is due stays."""
    await absorb(store, read(study(1)), read(study(2)))
    await follower(store, telegram(1), 1, 2)
    await absorb(store, changed(1))
    await send(store, state)
    await absorb(store, changed(2))
    assert await prune(store, NOW + kept - SECOND) == 0
    assert await prune(store, NOW + kept + SECOND) == 1
    assert await prune(store, NOW + LATER) == 0
    assert (await store.notices.debts(NOW)).by_state == {"due": 1}


async def test_told_is_not_told_again_when_the_notice_is_gone(store: SqlStore) -> None:
    """Reading a data day again owes nothing anew, however long ago its notices were let go of."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(1), 1)
    assert await absorb(store, changed(1)) == 1
    await send(store)
    await store.readings.complete(CTGOV, NOW, NOW)
    assert await prune(store, NOW + LATER) == 1
    assert await count(store, tables.occurrences) == 1
    assert await absorb(store, changed(1), now=NOW + LATER) == 0

    await store.readings.complete(CTGOV, NOW + timedelta(days=1), NOW)
    assert await prune(store, NOW + LATER) > 0
    assert await count(store, tables.occurrences) == 0


async def test_chats_that_join_are_not_told_what_one_of_them_was(store: SqlStore) -> None:
    """What one chat had long ago and another still owes is kept, in case the two become one."""
    await absorb(store, read(study(1)))
    old = await follower(store, telegram(1), 1)
    await follower(store, telegram(2), 1)
    await store.chats.pause((await store.chats.chat(telegram(2))).id, NOW)
    assert await absorb(store, changed(1)) == 2
    await send(store)
    assert await prune(store, NOW + LATER) == 0
    await store.chats.move(old, telegram(2))
    await store.chats.resume((await store.chats.chat(telegram(2))).id)
    assert (await store.notices.debts(NOW)).by_state == {"moot": 1}


async def test_occurrence_goes_with_its_matches_after_its_notices(store: SqlStore) -> None:
    """What happened goes last, in batches of the size that was asked for."""
    await absorb(store, read(study(1)))
    chat = await follower(store, telegram(1), 1)
    followed = [
        (await store.chats.follow_interest(chat, interest(f"x {at}"), kinds=ALL, since=DAY))[0]
        for at in range(7)
    ]
    touched = [Match(one.interest_id or 0, Event.CHANGED) for one in followed]
    assert await absorb(store, changed(1, matches=touched)) == 1
    async with store._database.write() as connection:  # as an earlier release kept them
        told = await connection.scalar(select(tables.occurrences.c.id))
        row = {"occurrence_id": told, "event": "changed", "kinds": ALL}
        rows = [{"interest_id": one.interest_id, **row} for one in followed]
        await connection.execute(tables.matches.insert(), rows)
    await send(store)
    await store.readings.complete(CTGOV, NOW + timedelta(days=1), NOW)
    assert await prune(store, NOW + retention.SENT + SECOND) == 1
    assert await prune(store, NOW + retention.OCCURRENCE - SECOND) == 0
    assert await prune(store, NOW + retention.OCCURRENCE + SECOND, limit=3) == 8
    assert await count(store, tables.occurrences) == await count(store, tables.matches) == 0


async def test_no_transaction_is_larger_than_asked_for(store: SqlStore) -> None:
    """A backlog goes a few rows at a time."""
    await absorb(store, read(study(1)))
    for one in range(1, 6):
        await follower(store, telegram(one), 1)
    await absorb(store, changed(1))
    await send(store)
    gone = []
    while batch := await store.keeping.prune(NOW + LATER, 2):
        gone.append(batch)
    assert gone == [2, 2, 1]


async def test_wide_debt_that_is_not_expanded_keeps_all(store: SqlStore) -> None:
    """While some of its chats still get theirs, no notice of a wide debt goes."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(1), 1)
    await absorb(store, changed(1))
    await send(store)
    await store.readings.complete(CTGOV, NOW + timedelta(days=1), NOW)
    async with store._database.write() as connection:
        wide = update(tables.occurrences).values(spread_after=1, spread_upto=9)
        await connection.execute(wide)
    assert await prune(store, NOW + LATER) == 0
    assert await store.notices.spread(10, NOW) == 0
    assert await prune(store, NOW + LATER) == 2


async def test_old_versions_are_kept_of_what_is_watched_only(store: SqlStore) -> None:
    """Of a trial that nobody watches the newest version stays; its history stays whole."""
    for number in (1, 2, 3):
        await absorb(store, read(study(number)))
        again = msgspec.structs.replace(changed(number), matched=number == 3)
        await absorb(store, again)
    await follower(store, telegram(1), 2)
    assert await prune(store, NOW) == 1
    versions = tables.versions.c.study_id
    assert [await count(store, tables.versions, versions == one) for one in (1, 2, 3)] == [1, 2, 2]
    for number in (1, 2, 3):
        newest = await store.studies.get(key(number))
        assert newest is not None
        assert newest.ordinal == 2
        assert len(await store.studies.history(key(number))) == 2


async def test_unreadable_records_go(store: SqlStore) -> None:
    """A record that was set aside is kept for a quarter of a year."""
    odd = Unreadable(key=key(1), reason="odd", source=b"{}")
    await store.studies.set_aside([odd], DAY)
    assert await prune(store, NOW + retention.SET_ASIDE) == 0
    assert await prune(store, NOW + retention.SET_ASIDE + timedelta(days=1)) == 1
