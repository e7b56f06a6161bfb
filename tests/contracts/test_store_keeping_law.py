"""Keeping against its law: exactly what is done and old enough goes, whatever happened."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from bot.domain import retention
from bot.domain.notice import NoticeState
from bot.domain.study import CTGOV
from storage import tables
from storage.store import SqlStore
from tests.studies import (
    DAY,
    NOW,
    PARSERS,
    SECRET,
    absorb,
    read,
    study,
)

UNSETTLED = (
    NoticeState.DUE,
    NoticeState.PUT_OFF,
    NoticeState.CLAIMED,
    NoticeState.HELD,
    NoticeState.DEAD,
)


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
        while await store.keeping.prune(NOW, limit):
            pass
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
