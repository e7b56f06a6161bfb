"""Taking in records: each change once, whatever else stands in the batch and whenever it comes."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from adapters.ctgov import parse
from bot.domain.record import Page, Record
from bot.domain.study import CTGOV, StudyKey
from bot.ports.store_errors import StoreError, StoreUnavailable
from bot.services.absorb import Absorber
from tests.bot.services.support import (
    YOU,
    Raw,
    core,
    day,
    house,
    later,
    let_go,
    nct,
    numbers,
    old,
    read,
    sql,
    told,
)
from tests.bot.services.talking import ask, begin, follow, follow_words
from tests.fakes.clock import HeldClock
from tests.fakes.store import ShakyStore
from tests.records import record


def page(*raw: Raw) -> Page:
    """The page on which these records would be read."""
    return parse.read_page(msgspec.json.encode({"studies": raw}), with_results=False)


def one(raw: Raw) -> Record:
    """A record as it would be read alone."""
    return page(raw).records[0]


async def test_a_late_answer_of_an_older_data_day_says_nothing(file: Path) -> None:
    """What was asked for before the data moved and comes after them is no change back."""
    before, after = record(1, day(0)), record(1, day(1), enrollment=7)
    async with house(file, [before]) as (_, made):
        await follow(made, 1)
        await made.absorber.records([one(after)], day(1))
        await made.absorber.records([one(before)], day(0))
        await made.absorber.records([one(after)], day(1))
        assert numbers(await told(made)) == [nct(1)]
        stored = await made.store.studies.get(StudyKey(CTGOV, nct(1)))
        assert stored is not None
        assert (stored.ordinal, stored.read_day) == (2, day(1))


async def test_a_record_that_a_walk_meets_twice_is_taken_in_once(file: Path) -> None:
    """Its last state counts, and it is one change."""
    before = record(1, day(0))
    async with house(file, [before]) as (_, made):
        await follow(made, 1)
        twice = page(record(1, day(1), enrollment=7), record(1, day(1), enrollment=8))
        await made.absorber.page(twice, day(1))
        await let_go(made, day(1))
        (message,) = await told(made)
        assert "8" in str(message.sections)
        assert (
            await made.absorber.page(page(record(1, day(1), enrollment=8)), day(1))
        ).versions == 0


async def test_a_kept_version_that_cannot_be_read_holds_up_nobody_else(file: Path) -> None:
    """The one trial is set aside with the reason; all others of its batch are told."""
    before = [record(number, day(0)) for number in range(1, 6)]
    after = [record(number, day(1), enrollment=7) for number in range(1, 6)]
    async with house(file, before) as (_, made):
        for number in range(1, 6):
            await follow(made, number)
        sql(file, "UPDATE versions SET source = x'00' WHERE study_id = 3")
        intake = await made.absorber.page(page(*after), day(1))
        assert (intake.versions, intake.set_aside) == (4, 1)
        ((reason,),) = sql(file, "SELECT reason FROM set_aside")
        assert "cannot be read" in reason
        assert await let_go(made, day(1)) == 4
        owed = sql(file, "SELECT count(*) FROM notices WHERE state = 'due'")
        assert owed == [(4,)]


async def test_a_fault_that_is_about_no_record_ends_the_reading_where_it_was(file: Path) -> None:
    """A followed condition that cannot be opened sets no record aside, and the cursor stands."""
    days = [record(1, day(0))], [record(1, day(1), enrollment=7)]
    async with house(file, *days) as (server, made):
        await read(made)
        await follow_words(made, "asthma")
        (kept,) = sql(file, "SELECT hex(interest) FROM interests")
        sql(file, "UPDATE interests SET interest = x'00'")
        server.sandbox.step()
        async with core(server, file) as restarted:
            with pytest.raises(StoreError):
                await restarted.absorber.page(page(*days[1]), day(1))
            with contextlib.suppress(StoreError):
                await restarted.reader.look()
            state = await restarted.store.readings.state(restarted.registry.name)
            assert state.done is not None
            assert state.done.date() == day(0)
            assert sql(file, "SELECT count(*) FROM set_aside") == [(0,)]
            sql(file, f"UPDATE interests SET interest = x'{kept[0]}'")
            assert (await read(restarted)).intake.versions == 1


async def test_a_refusal_of_the_database_is_not_taken_for_odd_records(file: Path) -> None:
    """What names no record is about none, whatever its words."""
    async with house(file, [old(1)]) as (_, made):
        refusing: Any = ShakyStore(made.store)
        refusing.before["absorbing"].append(StoreError("the database could not do it"))
        with pytest.raises(StoreError):
            await Absorber(refusing, HeldClock()).page(page(old(1), old(2)), day(0))
        assert sql(file, "SELECT count(*) FROM set_aside") == [(0,)]


async def test_a_record_that_breaks_the_comparison_is_set_aside(file: Path) -> None:
    """The rest goes on, and the same record is told once it can be compared."""
    before = [record(1, day(0)), record(2, day(0))]
    async with house(file, before) as (_, made):
        await follow(made, 1)
        await follow(made, 2)
        whole = page(record(1, day(1), enrollment=7), record(2, day(1), enrollment=7))
        broken = msgspec.structs.replace(whole.records[0].study, sites=(None,))
        odd = Record(study=broken, source=b"{}")
        intake = await made.absorber.page(Page(records=(odd, whole.records[1])), day(1))
        assert (await let_go(made, day(1)), intake.set_aside) == (1, 1)
        assert numbers(await told(made)) == [nct(2)]
        await made.absorber.page(whole, day(1))
        assert await let_go(made, day(1)) == 1
        assert numbers(await told(made)) == [nct(1)]


async def test_an_outage_of_the_database_is_not_taken_for_odd_records(file: Path) -> None:
    """Nothing is set aside while the database is out; the reading fails and is done again."""
    async with house(file, [old(1)]) as (_, made):
        out: Any = ShakyStore(made.store)
        out.before["absorbing"].append(StoreUnavailable("locked"))
        with pytest.raises(StoreUnavailable):
            await Absorber(out, HeldClock()).page(page(old(1)), day(0))
        assert sql(file, "SELECT count(*) FROM set_aside") == [(0,)]


async def test_what_a_rolled_back_transaction_learned_is_still_right(file: Path) -> None:
    """A followed condition that was learned in a transaction that failed is matched afterwards."""
    async with house(file, [old(1)]) as (_, made):
        await follow_words(made, "asthma")
        with contextlib.suppress(ZeroDivisionError):
            async with made.store.absorbing() as transaction:
                assert len(await made.absorber.learn(transaction)) == 1
                raise ZeroDivisionError
        new = record(2, day(1), condition="Asthma", first_posted=day(1))
        await made.absorber.records([one(new)], day(1))
        assert numbers(await told(made)) == [nct(2)]


async def test_learning_what_is_followed_waits_for_no_transaction(file: Path) -> None:
    """A process that has just begun learns beside another's writing, and holds it up neither."""
    async with house(file, [old(1)]) as (_, made):
        await follow_words(made, "asthma")
        async with made.store.absorbing():
            assert len(await Absorber(made.store, HeldClock()).catch_up()) == 1


async def test_what_nobody_follows_any_more_is_let_go_of_at_the_next_reading(file: Path) -> None:
    """The conditions in memory are those that are followed, and no others."""
    async with house(file, [old(1)], [old(1)]) as (server, made):
        await follow_words(made, "asthma")
        await follow_words(made, "sarcoma")
        await read(made)
        chat = await made.store.chats.chat(YOU)
        first, second = await made.store.chats.subscriptions(chat.id)
        await made.store.chats.unfollow(chat.id, first.id)
        server.sandbox.step()
        later(made)
        await read(made)
        assert (await made.absorber.catch_up()).ids == {second.interest_id}


async def test_everything_at_once_tells_each_change_once(file: Path) -> None:
    """A reading, a baseline and look-ups over one store, side by side: one notice a change."""
    trials = range(1, 31)
    days = (
        [record(number, day(0)) for number in trials],
        [record(number, day(1), enrollment=7) for number in trials],
    )
    async with house(file, *days) as (server, made):
        await made.reader.look()
        for number in trials:
            await follow(made, number)
        server.sandbox.step()
        await begin(made, "sarcoma")
        async with core(server, file) as second, asyncio.TaskGroup() as group:
            group.create_task(made.reader.look())
            group.create_task(second.reader.look())
            group.create_task(second.baselines.run(asyncio.Event()))
            for number in trials:
                group.create_task(ask((made, second)[number % 2], "trial", nct(number)))
        assert sorted(numbers(await told(made))) == [nct(number) for number in trials]
