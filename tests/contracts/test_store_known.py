"""Contract of what the store knows for the operator: counts and notes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from bot.domain.notice import NoticeState, Settlement
from bot.domain.record import Unreadable
from bot.ports.known import DayCounts, Pending
from bot.ports.store_errors import StoreError
from storage.engine import make_engine
from storage.migrate import migrate
from storage.schema import SCRIPTS
from storage.store import SqlStore
from tests.studies import (
    DAY,
    DISCORD,
    NOW,
    PARSERS,
    SECRET,
    TELEGRAM,
    absorb,
    changed,
    discord,
    follower,
    lease,
    read,
    study,
    telegram,
)


async def test_nothing_is_pending_where_nothing_is_owed(store: SqlStore) -> None:
    """An empty store counts nothing, and a data day that nobody read has no figures."""
    assert await store.counts.pending() == ()
    assert await store.counts.spreading() == 0
    assert await store.counts.day(DAY) == DayCounts()


async def test_records_that_were_set_aside_are_counted_by_data_day(store: SqlStore) -> None:
    """Each counts once a data day, known by its number or not."""
    odd = [
        Unreadable(key=study(1).key, reason="odd", source=b"{}"),
        Unreadable(key=None, reason="odd", source=b"[]"),
    ]
    await store.studies.set_aside(odd, DAY)
    await store.studies.set_aside(odd, DAY)
    await store.studies.set_aside(odd[:1], DAY + timedelta(days=1))
    days = [DAY + timedelta(days=number) for number in range(3)]
    assert [await store.counts.set_aside(day) for day in days] == [2, 1, 0]


async def test_what_is_pending_is_told_apart_by_platform_and_state(store: SqlStore) -> None:
    """Due, claimed, given up and waiting for a paused chat are four things; settled is none."""
    await absorb(store, read(study(1)), day=DAY - timedelta(days=1))
    for chat in range(1, 6):
        await follower(store, telegram(chat), 1)
    away = await follower(store, telegram(6), 1)
    await follower(store, discord(7), 1)
    await store.chats.pause(away, NOW)
    assert await absorb(store, changed(1)) == 7
    held = await lease(store)
    taken = await store.notices.claim(held, *TELEGRAM, busy=(), limit=3, now=NOW)
    sent, dead, _claimed = taken
    await store.notices.settle(held, sent, Settlement(state=NoticeState.SENT))
    await store.notices.settle(held, dead, Settlement(state=NoticeState.DEAD, error="refused"))
    owed = await store.counts.pending()
    assert [(one.platform, one.state, one.count) for one in owed] == [
        (DISCORD[0], "due", 1),
        (TELEGRAM[0], "claimed", 1),
        (TELEGRAM[0], "dead", 1),
        (TELEGRAM[0], "due", 2),
        (TELEGRAM[0], "paused", 1),
    ]
    assert all(isinstance(one, Pending) and one.oldest <= NOW for one in owed)


async def test_what_a_restore_holds_is_pending_as_held(store: SqlStore) -> None:
    """Debts that wait for the operator's word are counted by platform, apart from what is due."""
    await absorb(store, read(study(1)), day=DAY - timedelta(days=1))
    for chat in range(1, 4):
        await follower(store, telegram(chat), 1)
    await absorb(store, changed(1))
    await store.holding.hold(NOW)
    owed = await store.counts.pending()
    assert [(one.platform, one.state, one.count) for one in owed] == [(TELEGRAM[0], "held", 3)]


async def test_a_data_day_is_counted_by_what_arrived(store: SqlStore) -> None:
    """A day's line has what arrived apart from what perhaps did, and what may have come twice."""
    await absorb(store, read(study(1)), day=DAY - timedelta(days=1))
    for chat in range(1, 4):
        await follower(store, telegram(chat), 1)
    await absorb(store, changed(1))
    held = await lease(store)
    await store.notices.claim(held, *TELEGRAM, busy=(), limit=1, now=NOW)
    assert await store.notices.reclaim(held, *TELEGRAM) == 1
    for notice in await store.notices.claim(held, *TELEGRAM, busy=(), limit=2, now=NOW):
        await store.notices.settle(held, notice, Settlement(state=NoticeState.PERHAPS))
    assert await store.counts.day(DAY) == DayCounts(changes=1, sent=0, perhaps=2, possibly_double=1)
    assert await store.counts.day(DAY - timedelta(days=1)) == DayCounts()


async def test_notes_outlive_the_process_that_wrote_them(store: SqlStore, store_url: str) -> None:
    """A note is one a key, the last one counts, and another process reads it."""
    await store.notes.put("one", "first")
    await store.notes.put("one", "second")
    await store.notes.put("two", "other")
    await store.notes.drop("two")
    await store.notes.drop("never noted")
    again = await SqlStore.open(store_url, SECRET, parsers=PARSERS)
    assert await again.notes.all() == {"one": "second"}
    await again.close()


async def test_a_database_of_the_first_release_is_brought_up_with_what_is_in_it(
    empty_url: str,
) -> None:
    """The tables of the first migration take the second one without losing a row."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    engine = make_engine(empty_url)
    async with engine.begin() as connection:

        def to_first(sync: object) -> None:
            config.attributes["connection"] = sync
            command.upgrade(config, "0001")

        await connection.run_sync(to_first)
        await connection.execute(text("INSERT INTO readings (registry) VALUES ('ctgov')"))
    await engine.dispose()
    with pytest.raises(StoreError, match="trialbell migrate"):
        await SqlStore.open(empty_url, SECRET, parsers=PARSERS)
    await migrate(empty_url)
    store = await SqlStore.open(empty_url, SECRET, parsers=PARSERS)
    await store.notes.put("it", "works")
    await store.close()
    engine = make_engine(empty_url)
    async with engine.begin() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM readings")) == 1
    await engine.dispose()


async def test_a_schema_of_another_release_is_noticed_while_running(
    store: SqlStore, empty_url: str
) -> None:
    """A process whose database was migrated by a newer one finds out, and says so."""
    await store.check_schema()
    await migrate(empty_url)
    running = await SqlStore.open(empty_url, SECRET, parsers=PARSERS)
    engine = make_engine(empty_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    with pytest.raises(StoreError, match="another release"):
        await running.check_schema()
    await running.close()
