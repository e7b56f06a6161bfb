"""Letting go of what is done, and of nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

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
    PARSERS,
    SECRET,
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

UNSETTLED = (
    NoticeState.DUE,
    NoticeState.PUT_OFF,
    NoticeState.CLAIMED,
    NoticeState.HELD,
    NoticeState.DEAD,
)


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


class Told(msgspec.Struct, frozen=True):
    """One notice of the model: its state, and how many days ago it was due."""

    state: NoticeState
    age: int


class Happened(msgspec.Struct, frozen=True):
    """One occurrence of the model."""

    age: int
    wide: bool
    told: tuple[Told, ...]


AGES = st.sampled_from([0, 6, 8, 29, 31, 89, 91, 179, 181, 300])
HAPPENED = st.builds(
    Happened,
    age=AGES,
    wide=st.booleans(),
    told=st.lists(st.builds(Told, st.sampled_from(NoticeState), AGES), max_size=4).map(tuple),
)
KEPT_DAYS = {
    NoticeState.SENT: 30,
    NoticeState.PERHAPS: 30,
    NoticeState.MOOT: 7,
    NoticeState.DEAD: 180,
}


def left_of(one: Happened, read_days_ago: int) -> Happened | None:
    """What is left when all is let go of that can be; the law in a few lines."""
    told = [note for note in one.told if note.state is not NoticeState.DEAD or note.age < 180]
    if not one.wide and not any(note.state in UNSETTLED for note in told):
        told = [note for note in told if note.age < KEPT_DAYS[note.state]]
    if not told and not one.wide and one.age > 90 and one.age > read_days_ago:
        return None
    return Happened(one.age, one.wide, tuple(told))


async def check_law(url: str, happened: Sequence[Happened], read_days_ago: int, limit: int) -> None:
    """Write the model down, let go, and compare."""
    store = await SqlStore.open(url, SECRET, parsers=PARSERS)
    try:
        await write_down(store, happened)
        done = NOW - timedelta(days=read_days_ago)
        await store.readings.complete(CTGOV, done, done)
        await prune(store, NOW, limit)
        expected = {
            at: left
            for at, one in enumerate(happened, start=1)
            if (left := left_of(one, read_days_ago)) is not None
        }
        assert await read_back(store) == expected
    finally:
        await store.close()


async def write_down(store: SqlStore, happened: Sequence[Happened]) -> None:
    """The model in the place of all that was there."""
    async with store._database.write() as connection:
        for table in (tables.notices, tables.occurrences, tables.readings, tables.chats):
            await connection.execute(delete(table))
    await absorb(store, read(study(1)))
    async with store._database.write() as connection:
        study_id = await connection.scalar(select(tables.studies.c.id))
        bot = await connection.scalar(select(tables.bots.c.id))
        if bot is None:
            await connection.execute(tables.bots.insert().values(platform="telegram", bot="1"))
            bot = await connection.scalar(select(tables.bots.c.id))
        for at in range(1, 5):
            row = {"id": at, "bot_id": bot, "mark": bytes([at]), "chat": str(at)}
            await connection.execute(tables.chats.insert(), row)
        for at, one in enumerate(happened, start=1):
            moment = NOW - timedelta(days=one.age)
            same = {"study_id": study_id, "data_day": moment.date(), "cause": f"reading-{at}"}
            occurrence = {"id": at, "kinds": 1, "body": b"", "owed_at": moment, **same}
            occurrence |= {"spread_after": 1 if one.wide else None}
            await connection.execute(tables.occurrences.insert(), occurrence)
            for chat, note in enumerate(one.told, start=1):
                due = NOW - timedelta(days=note.age)
                notice = {"chat_id": chat, "bot_id": bot, "occurrence_id": at, **same}
                notice |= {"state": note.state.value, "due_at": due}
                await connection.execute(tables.notices.insert(), notice)


async def read_back(store: SqlStore) -> dict[int, Happened]:
    """The model as it stands in the database."""
    async with store._database.read() as connection:
        rows = (await connection.execute(select(tables.occurrences))).all()
        notes = tables.notices
        told = (await connection.execute(select(notes).order_by(notes.c.chat_id))).all()
    return {
        row.id: Happened(
            (NOW - row.owed_at).days,
            row.spread_after is not None,
            tuple(
                Told(NoticeState(note.state), (NOW - note.due_at).days)
                for note in told
                if note.occurrence_id == row.id
            ),
        )
        for row in rows
    }


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(HAPPENED, max_size=6), st.sampled_from([0, 85, 100, 400]), st.integers(1, 5))
def test_exactly_what_is_done_goes(
    store_url: str, happened: list[Happened], read_days_ago: int, limit: int
) -> None:
    """Whatever was owed and however it ended, the law and the database agree on what is left."""
    asyncio.run(check_law(store_url, happened, read_days_ago, limit))


def test_ages_of_the_law_are_those_of_the_constants() -> None:
    """The law's figures are the promised ones."""
    assert timedelta(days=KEPT_DAYS[NoticeState.SENT]) == retention.SENT
    assert timedelta(days=KEPT_DAYS[NoticeState.MOOT]) == retention.MOOT
    assert timedelta(days=KEPT_DAYS[NoticeState.DEAD]) == retention.DEAD
    assert date(2026, 3, 2) == DAY
