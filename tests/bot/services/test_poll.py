"""Readings of a registry on a real socket: each change once, and nothing that is none."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from tests.bot.services.support import (
    LONG_AGO,
    Raw,
    by_number,
    day,
    failing,
    house,
    later,
    lines,
    nct,
    next_day,
    numbers,
    old,
    read,
    sql,
    told,
    unfiled,
    with_criteria,
)
from tests.bot.services.talking import ask, follow, follow_words
from tests.records import record


async def test_a_data_date_that_was_read_is_not_read_again(file: Path) -> None:
    """As long as the registry's data stand still, a look costs one small request."""
    async with house(file, [record(1, day(0))]) as (server, core):
        assert (await read(core)).fresh
        before = server.requests.copy()
        assert not (await read(core)).fresh
    server.requests.subtract(before)
    assert +server.requests == {"/api/v2/version": 1}


async def test_first_sight_is_never_a_change(file: Path) -> None:
    """What a first reading finds is kept and tells nobody anything, followed or not."""
    async with house(file, [record(1, day(0)), old(2)]) as (_, core):
        await follow(core, 2)
        await follow_words(core, "sarcoma")
        reading = await read(core)
        assert (reading.intake.notices, await told(core)) == (0, [])


async def test_an_update_is_told_with_what_it_was(file: Path) -> None:
    """What the registry marks as updated is read by its date and told to who follows."""
    days = [record(1, day(0))], [record(1, day(1), enrollment=250)]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        (message,) = await told(core)
    assert "100" in lines(message)
    assert "250" in lines(message)


async def test_an_update_that_the_registry_serves_late_is_read_all_the_same(file: Path) -> None:
    """A record that is dated some days before the last data day is within the overlap."""
    days: list[list[Raw]] = [
        [old(1)],
        [],
        [record(1, day(-2), condition="Sarcoma, Ewing", enrollment=9)],
    ]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        reading = await next_day(server, core)
        assert reading.glimpsed == 0
        assert numbers(await told(core)) == [nct(1)]


async def test_a_status_that_changes_silently_is_found_on_its_day(file: Path) -> None:
    """A status that becomes unknown while the update's date stands still is told that day."""
    days = [old(1)], [old(1, status="UNKNOWN")]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        (message,) = await told(core)
    assert "now unknown" in lines(message)


async def test_what_no_projection_shows_is_found_within_five_data_days(file: Path) -> None:
    """Criteria that change without any date are found by the weekly rotation, each once."""
    before = [old(number) for number in range(1, 9)]
    after = [with_criteria(one, "Inclusion Criteria:\n\n* Adults") for one in before]
    async with house(file, before, after, *[[]] * 5) as (server, core):
        for number in range(1, 9):
            await follow(core, number)
        await read(core)
        found = []
        for _ in range(5):
            reading = await next_day(server, core)
            assert reading.read_in_full <= 2
            found += numbers(await told(core))
        assert sorted(found) == [nct(number) for number in range(1, 9)]
        await next_day(server, core)
        assert await told(core) == []


async def test_a_reading_that_fails_in_the_middle_is_done_again_and_tells_each_once(
    file: Path,
) -> None:
    """The cursor stays where it was; the next reading does all of it and doubles nothing."""
    days = (
        [record(1, day(0)), old(2), old(3)],
        [record(1, day(1), enrollment=7), old(2, status="UNKNOWN"), old(3)],
    )
    async with house(file, *days) as (server, core):
        for number in (1, 2, 3):
            await follow(core, number)
        await read(core)
        server.sandbox.step()
        server.fault = failing(by_number)
        assert await core.reader.look() is None
        state = await core.store.readings.state(core.registry.name)
        assert state.done is not None
        assert state.done.date() == day(0)
        assert await told(core) == []
        server.fault = None
        assert (await read(core)).fresh
        assert sorted(numbers(await told(core))) == [nct(1), nct(2)]
        assert not (await read(core)).fresh


async def test_data_that_move_during_the_walk_are_read_from_the_start(file: Path) -> None:
    """What was read before the data moved stands; each change is told once."""
    days = [record(1, day(0))], [record(1, day(1), enrollment=7)], [record(2, day(2))]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await read(core)
        server.sandbox.step()

        def move(request: web.Request) -> None:
            if "filter.advanced" in request.query and server.sandbox.day == day(1):
                server.sandbox.step()

        server.fault = move
        reading = await read(core)
        assert reading.data.date() == day(2)
        assert numbers(await told(core)) == [nct(1)]
        assert not (await read(core)).fresh


async def test_a_new_trial_of_a_followed_condition_is_told(file: Path) -> None:
    """First posted since the follow, and it matches: new. Known late but posted long ago: not."""
    late = record(3, day(1), first_posted=LONG_AGO)
    days = [old(1)], [record(2, day(1), first_posted=day(1)), late]
    async with house(file, *days) as (server, core):
        await follow_words(core, "sarcoma")
        await read(core)
        await next_day(server, core)
        (message,) = await told(core)
    assert numbers([message]) == [nct(2)]
    assert "A new trial was registered" in (message.lede or "")


async def test_entering_and_leaving_a_followed_condition_is_told(file: Path) -> None:
    """A trial that comes to be of a condition, and one that no longer is, are told as such."""
    days = (
        [old(1), unfiled(record(2, day(0)))],
        [unfiled(record(1, day(1))), record(2, day(1))],
    )
    async with house(file, *days) as (server, core):
        await follow_words(core, "sarcoma")
        await read(core)
        await next_day(server, core)
        said = {message.facts[0].value: message.lede for message in await told(core)}
    assert "no longer matches" in (said[nct(1)] or "")
    assert "now matches" in (said[nct(2)] or "")


async def test_what_changed_before_a_condition_was_followed_is_silent(file: Path) -> None:
    """A trial that was looked at long ago and changed since is no news to a new follower."""
    days = [old(1)], [record(1, day(1), enrollment=5)], *[[]] * 8, [record(1, day(10))]
    async with house(file, *days) as (server, core):
        await core.reader.look()
        await ask(core, "trial", nct(1))
        while server.sandbox.day < day(9):
            server.sandbox.step()
        later(core)
        await follow_words(core, "sarcoma")
        await read(core)
        assert await told(core) == []
        await next_day(server, core)
        assert numbers(await told(core)) == [nct(1)]


async def test_two_versions_on_one_data_day_are_two_notices(file: Path) -> None:
    """Data that are processed again on the same day bring a second change of their own."""
    steps = (
        (0, [record(1, day(0))]),
        (1, [record(1, day(1), enrollment=7)]),
        (1, [record(1, day(1), enrollment=8)]),
    )
    async with house(file, *steps) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        await next_day(server, core)
        messages = await told(core)
    assert [numbers([one]) for one in messages] == [[nct(1)], [nct(1)]]
    assert "8" in lines(messages[1])
    causes = sql(file, "SELECT cause FROM occurrences ORDER BY id")
    assert causes == [("reading",), ("reading-2",)]


async def test_a_look_up_between_readings_neither_swallows_nor_doubles_a_change(
    file: Path,
) -> None:
    """What somebody's look-up finds first is told to followers once, and the reading adds none."""
    days = [record(1, day(0))], [record(1, day(1), enrollment=7)]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await read(core)
        server.sandbox.step()
        later(core)
        await ask(core, "trial", nct(1))
        assert numbers(await told(core)) == [nct(1)]
        assert (await read(core)).fresh
        assert await told(core) == []


async def test_a_new_trial_that_is_looked_up_first_is_told_as_new_once(file: Path) -> None:
    """A look-up that sees a new trial before the reading does not take the news away."""
    days = [old(1)], [record(2, day(1), first_posted=day(1))]
    async with house(file, *days) as (server, core):
        await follow_words(core, "sarcoma")
        await read(core)
        server.sandbox.step()
        later(core)
        await ask(core, "trial", nct(2))
        await read(core)
        assert numbers(await told(core)) == [nct(2)]
