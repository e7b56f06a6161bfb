"""Databases of earlier releases come under this one, and their programs still find their tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Float, LargeBinary, MetaData, Table, Text, insert, select

from bot.domain.notice import NoticeState, Settlement
from storage.codec import Sources, pack_body, pack_changes, pack_interest
from storage.engine import make_engine
from storage.migrate import migrate
from storage.schema import SCRIPTS
from storage.sealed import Vault
from storage.store import SqlStore
from tests.storage.test_sealing import sealed_of_old
from tests.studies import (
    ALL,
    DAY,
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
    status,
    study,
    telegram,
)

RELEASED = ("0001", "0002", "0003")
WAITING = (
    *("studies", "bots", "chats", "interests", "subscriptions"),
    *("occurrences", "matches"),
)


async def upgrade(url: str, revision: str) -> None:
    """Bring a database to the schema of a release."""

    def run(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    engine = make_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


async def tables_of(url: str) -> dict[str, Table]:
    """The tables as a program of then knows them: by what is there."""
    found, engine = MetaData(), make_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(found.reflect)
    await engine.dispose()
    return {one.name: one for one in found.sorted_tables if one.name != "alembic_version"}


def rows_of_then() -> dict[str, dict[str, Any]]:
    """A row in every table, as it was written then."""
    vault, moment = Vault(SECRET), NOW
    packed = Sources(PARSERS).pack(msgspec.json.encode(study(1)))
    followed = interest("sarcoma")
    same = {"study_id": 1, "data_day": DAY, "cause": "reading"}
    return {
        "seals": {"name": "check", "sealed": sealed_of_old("check", "seal")},
        "leases": {"name": "send", "holder": "old", "fence": 7, "expires": 0.0},
        "notes": {"key": "told", "value": "x"},
        "readings": {"registry": "ctgov", "done": moment, "finished_at": moment},
        "studies": {
            "id": 1,
            "registry": "ctgov",
            "number": key(1).number,
            "title": "Trial 1",
            "ordinal": 1,
            "digest": b"d",
            "glimpse": b"g",
            "version_day": DAY,
            "read_day": DAY,
            "matched": True,
        },
        "versions": {"study_id": 1, "ordinal": 1, "data_day": DAY, "source": packed},
        "sightings": {
            "id": 1,
            "study_id": 1,
            "ordinal": 1,
            "data_day": DAY,
            "changes": pack_changes(()),
        },
        "set_aside": {"id": 1, "mark": b"m", "data_day": DAY, "reason": "odd", "source": b"s"},
        "bots": {"id": 1, "platform": TELEGRAM[0], "bot": TELEGRAM[1]},
        "chats": {
            "id": 1,
            "bot_id": 1,
            "mark": vault.mark("address", msgspec.structs.astuple(telegram(42))),
            "chat": sealed_of_old("42", "chat"),
            "consented_at": moment,
        },
        "interests": {
            "id": 1,
            "mark": vault.mark("interest", ("sarcoma", [])),
            "interest": sealed_of_old(pack_interest(followed), "interest"),
            "since": DAY,
        },
        "subscriptions": {"id": 1, "chat_id": 1, "study_id": 1, "kinds": ALL, "since": DAY},
        "occurrences": {
            "id": 1,
            "kinds": ALL,
            "body": pack_body((status("COMPLETED"),), ()),
            "owed_at": moment,
            **same,
        },
        "matches": {"occurrence_id": 1, "interest_id": 1, "event": "changed", "kinds": ALL},
        "notices": {
            "id": 1,
            "chat_id": 1,
            "bot_id": 1,
            "occurrence_id": 1,
            "state": "due",
            "due_at": moment,
            **same,
        },
    }


async def fill(url: str, tables: dict[str, Table]) -> None:
    """Write a row into every table that then was; gates have theirs."""
    rows, engine = rows_of_then(), make_engine(url)
    async with engine.begin() as connection:
        for name, table in tables.items():
            if name != "gates":
                row = {at: _as_then(value, url) for at, value in rows[name].items()}
                await connection.execute(insert(table), row)
    await engine.dispose()


def _as_then(value: Any, url: str) -> Any:
    naive = isinstance(value, datetime) and url.startswith("sqlite")
    return value.astimezone(UTC).replace(tzinfo=None) if naive else value


async def everything(url: str, tables: dict[str, Table]) -> dict[str, list[Any]]:
    """All that is in these tables, in their columns of then."""
    engine = make_engine(url)
    async with engine.begin() as connection:
        found = {
            name: [tuple(row) for row in await connection.execute(select(table))]
            for name, table in tables.items()
        }
    await engine.dispose()
    return found


@pytest.mark.parametrize("released", RELEASED)
async def test_released_schema_with_data_in_it_comes_to_head(empty_url: str, released: str) -> None:
    """Every row of every table is as it was, and what was owed then is sent now."""
    await upgrade(empty_url, released)
    tables = await tables_of(empty_url)
    await fill(empty_url, tables)
    before = await everything(empty_url, tables)
    assert all(before.values())
    await migrate(empty_url)
    assert await everything(empty_url, tables) == before

    store = await SqlStore.open(empty_url, SECRET, parsers=PARSERS)
    found = await store.chats.find(telegram(42))
    assert found is not None
    assert [one.study for one in await store.chats.subscriptions(found.id)] == [key(1)]
    assert [one.words for one in await store.readings.baselines()] == ["sarcoma"]
    stored = await store.studies.get(key(1))
    assert stored is not None
    assert stored.study == study(1)
    held = await lease(store)
    later = NOW + timedelta(hours=1)
    (owed,) = await store.notices.claim(held, *TELEGRAM, busy=[], limit=9, now=later)
    assert owed.address == telegram(42)
    await store.notices.settle(held, owed, Settlement(state=NoticeState.SENT))
    await store.close()


@pytest.mark.parametrize("released", RELEASED)
async def test_program_of_then_works_on_the_tables_of_now(empty_url: str, released: str) -> None:
    """Whatever it wrote and read and changed and deleted by its own columns it still can: while
    several processes are brought to a new release one by one, the old ones go on."""
    await upgrade(empty_url, released)
    tables = await tables_of(empty_url)
    await migrate(empty_url)
    await fill(empty_url, tables)
    assert all((await everything(empty_url, tables)).values())
    engine = make_engine(empty_url)
    async with engine.begin() as connection:
        for table in tables.values():
            same = {column.name: _again(column.type) for column in table.columns if _plain(column)}
            if same:
                assert (await connection.execute(table.update().values(same))).rowcount == 1 + (
                    table.name == "gates"
                )
        for table in reversed(tables.values()):
            await connection.execute(table.delete())
    await engine.dispose()


async def test_numbers_of_notices_go_on_where_a_table_was_made_anew(empty_url: str) -> None:
    """What was let go of before an upgrade gives its number to nobody after it."""
    await upgrade(empty_url, RELEASED[-1])
    tables = await tables_of(empty_url)
    await fill(empty_url, tables)
    numbers: list[int] = []
    notices, engine = tables["notices"], make_engine(empty_url)
    row = {name: _as_then(value, empty_url) for name, value in rows_of_then()["notices"].items()}
    async with engine.begin() as connection:
        await connection.execute(notices.delete())
        del row["id"]
        await connection.execute(notices.insert().values(row))
        numbers += (await connection.scalars(select(notices.c.id))).all()
        await connection.execute(notices.delete())
    await engine.dispose()
    await migrate(empty_url)
    engine = make_engine(empty_url)
    async with engine.begin() as connection:
        await connection.execute(notices.insert().values(row))
        numbers += (await connection.scalars(select(notices.c.id))).all()
    await engine.dispose()
    assert numbers[1] > numbers[0]


def _plain(column: Any) -> bool:
    """A column that may hold any value of its kind."""
    free = not column.primary_key and not column.foreign_keys and column.nullable
    return free and isinstance(column.type, Text | LargeBinary | Float)


def _again(kind: Any) -> Any:
    if isinstance(kind, Float):
        return 1.5
    return b"x" if isinstance(kind, LargeBinary) else "x"


async def let_go_of_what_waited(url: str, rows: dict[str, dict[str, Any]]) -> int:
    """Keep rows as an earlier release did, upgrade, owe what waits. Returns to how many chats."""
    await upgrade(url, "0010")
    tables, engine = await tables_of(url), make_engine(url)
    rows["occurrences"] |= {"waits": True, "spread_upto": 1}
    async with engine.begin() as connection:
        for name in (name for name in rows if name in WAITING):
            row = {at: _as_then(value, url) for at, value in rows[name].items()}
            await connection.execute(insert(tables[name]), row)
    await engine.dispose()
    await migrate(url)
    store = await SqlStore.open(url, SECRET, parsers=PARSERS)
    try:
        return await store.holds.let_go([1], DAY, NOW)
    finally:
        await store.close()


async def test_what_waits_is_still_fanned_out(empty_url: str) -> None:
    """Conditions that an occurrence touched, each in a row of its own then, are told of it now."""
    rows = rows_of_then()
    rows["subscriptions"] |= {"study_id": None, "interest_id": 1}
    assert await let_go_of_what_waited(empty_url, rows) == 1


async def test_what_waits_and_touched_no_condition_is_still_owed(empty_url: str) -> None:
    """Nothing was noted of it then; who follows the trial is told now."""
    rows = rows_of_then()
    del rows["matches"]
    assert await let_go_of_what_waited(empty_url, rows) == 1


async def test_what_an_earlier_release_let_rest_or_took_up_again_does(empty_url: str) -> None:
    """It left the kinds where they were: they are put where they belong when a process starts."""
    await migrate(empty_url)
    store = await SqlStore.open(empty_url, SECRET, parsers=PARSERS)
    await absorb(store, read(study(1)))
    chats = [await follower(store, telegram(number), 1) for number in (1, 2, 3)]
    (taken_up,) = await store.chats.subscriptions(chats[0])
    await store.chats.adjust(chats[0], taken_up.id, paused=True)
    subscriptions, engine = (await tables_of(empty_url))["subscriptions"], make_engine(empty_url)
    async with engine.begin() as connection:
        for chat_id, paused in ((chats[0], False), (chats[1], True)):
            this = subscriptions.update().where(subscriptions.c.chat_id == chat_id)
            await connection.execute(this.values(paused=paused))
    await engine.dispose()
    await migrate(empty_url)
    await absorb(store, changed(1))
    held = await lease(store)
    owed = await store.notices.claim(held, *TELEGRAM, busy=[], limit=9, now=NOW)
    assert [one.chat_id for one in owed] == [chats[0], chats[2]]
    rests = [(await store.chats.subscriptions(one))[0] for one in chats]
    assert [(one.kinds, one.paused) for one in rests] == [(ALL, False), (ALL, True), (ALL, False)]
    await store.close()
