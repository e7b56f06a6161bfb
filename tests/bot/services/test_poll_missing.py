"""Trials that do not come back: removed, merged, or just not there for a day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.domain.paths import NCT_ID
from bot.domain.study import CTGOV, StudyKey
from bot.services.data_date import DataDate
from bot.services.poll import Poll
from tests.bot.services.support import (
    Raw,
    alone,
    anything,
    by_number,
    day,
    failing,
    gone,
    house,
    lines,
    mend,
    nct,
    next_day,
    numbers,
    old,
    read,
    told,
    with_alias,
)
from tests.bot.services.talking import follow, following
from tests.records import record


async def test_a_record_that_stays_away_three_data_days_is_told_as_removed_once(
    file: Path,
) -> None:
    """Two days without it say nothing; on the third it is told, and never again."""
    async with house(file, [old(1), old(2)], [gone(1)], *[[]] * 4) as (server, core):
        await follow(core, 1)
        await read(core)
        for missing in (1, 1, 1, 0):
            assert (await next_day(server, core)).missing == missing
        (message,) = await told(core)
        assert "no longer has this record" in lines(message)
        await next_day(server, core)
        assert await told(core) == []


@pytest.mark.parametrize(
    "back",
    [
        pytest.param(old(1), id="as it was"),
        pytest.param(old(1, status="UNKNOWN"), id="changed silently"),
        pytest.param(record(1, day(4), status="UNKNOWN"), id="updated"),
    ],
)
async def test_a_removed_record_that_comes_back_is_told_once(file: Path, back: Raw) -> None:
    """Its followers learn it on that day, with what changed; then it is watched as before."""
    again = old(1, status="TERMINATED")
    days: list[list[Raw]] = [[old(1), old(2)], [gone(1)], [], [], [back], [], [again]]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await read(core)
        for _ in range(3):
            await next_day(server, core)
        assert len(await told(core)) == 1
        await next_day(server, core)
        (message,) = await told(core)
        assert "The record is back in the registry." in lines(message)
        assert ("now unknown" in lines(message)) is (back != old(1))
        await next_day(server, core)
        assert await told(core) == []
        await next_day(server, core)
        (message,) = await told(core)
        assert "back in the registry" not in lines(message)
        history = await core.store.studies.history(StudyKey(CTGOV, nct(1)))
        assert history[2].changes[0].path == NCT_ID


async def test_a_removed_record_that_stays_away_costs_no_request_of_its_own(file: Path) -> None:
    """It goes along in the batch of what is watched, and is neither asked for alone nor told."""
    async with house(file, [old(1), old(2)], [gone(1)], *[[]] * 5) as (server, core):
        await follow(core, 1)
        await follow(core, 2)
        await read(core)
        for _ in range(3):
            await next_day(server, core)
        await told(core)
        before = server.requests.copy()
        for _ in range(2):
            assert (await next_day(server, core)).missing == 0
        server.requests.subtract(before)
        assert not [path for path in +server.requests if nct(1) in path]
        assert await told(core) == []


async def test_the_log_does_not_say_which_trial_is_gone(file: Path) -> None:
    """On a small instance a watched number is what somebody follows: only counts are logged."""
    days: list[list[Raw]] = [[old(1), old(2)], [gone(1), gone(2), with_alias(old(3), 2)], [], []]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await follow(core, 2)
        await read(core)
        with capture_logs() as logs:
            for _ in days[1:]:
                await next_day(server, core)
        assert len(await told(core)) == 2
    assert [line["missing"] for line in logs if line["event"] == "registry read"] == [1, 1, 1]
    assert "NCT" not in str(logs)


async def test_reading_a_data_day_again_does_not_count_as_another_day(file: Path) -> None:
    """Data that are processed three times on one day leave a missing trial at one day."""
    nothing: list[Raw] = []
    steps = (0, [old(1), old(2)]), (1, [gone(1)]), (1, nothing), (1, nothing)
    async with house(file, *steps) as (server, core):
        await follow(core, 1)
        await read(core)
        for _ in range(3):
            assert (await next_day(server, core)).missing == 1
        assert await told(core) == []


async def test_a_record_that_comes_back_starts_the_count_anew(file: Path) -> None:
    """Two days away, one day there, two days away: nobody is told anything."""
    days: list[list[Raw]] = [[old(1), old(2)], [gone(1)], [], [old(1)], [gone(1)], []]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await read(core)
        for _ in days[1:]:
            await next_day(server, core)
        assert await told(core) == []


async def test_a_record_that_is_only_missing_from_its_batch_is_there(file: Path) -> None:
    """A batch that leaves a trial out proves nothing as long as it can be asked for alone."""

    def leave_out(request: web.Request) -> web.Response | None:
        return web.json_response({"studies": []}) if by_number(request) else None

    async with house(file, [old(1)], *[[]] * 4) as (server, core):
        await follow(core, 1)
        await read(core)
        server.fault = leave_out
        for _ in range(4):
            assert (await next_day(server, core)).missing == 1
        assert await told(core) == []
        assert len(await core.store.studies.watched(core.registry.name)) == 1


async def test_a_registry_that_is_out_proves_nothing_about_a_missing_trial(file: Path) -> None:
    """Where a missing trial cannot be asked for alone, that day does not count, and others do."""
    days = [old(1), old(2)], [gone(1), old(2, status="UNKNOWN")], *[[]] * 4
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await follow(core, 2)
        await read(core)
        server.fault = failing(alone)
        for _ in range(3):
            assert (await next_day(server, core)).fresh
        assert numbers(await told(core)) == [nct(2)]
        mend(server, core)
        for _ in range(2):
            await next_day(server, core)
        assert await told(core) == []


async def test_a_registry_that_is_out_altogether_tells_nobody_anything(file: Path) -> None:
    """Days of failing readings are no removal, and are noted once."""
    async with house(file, [old(1)], *[[]] * 4) as (server, core):
        await follow(core, 1)
        await read(core)
        server.fault = failing(anything, 503)
        for _ in range(4):
            server.sandbox.step()
            assert await core.reader.look() is None
        assert await told(core) == []
        state = await core.store.readings.state(core.registry.name)
        assert state.failure is not None


async def test_an_alias_is_told_as_merged_and_the_follow_moves(file: Path) -> None:
    """Who followed the old number is told once and follows the new one from then on."""
    new = with_alias(old(2), 1)
    changed = with_alias(record(2, day(2), enrollment=9), 1)
    days: list[list[Raw]] = [[old(1)], [gone(1), new], [changed], []]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        (message,) = await told(core)
        assert f"merged into {nct(2)}" in lines(message)
        assert nct(2) in await following(core)
        await next_day(server, core)
        assert numbers(await told(core)) == [nct(2)]
        await next_day(server, core)
        assert await told(core) == []


async def test_what_is_owed_for_a_trial_is_still_told_after_its_merge(file: Path) -> None:
    """A change that was not sent yet when the trial was merged is not lost with its number."""
    days = [old(1)], [old(1, status="UNKNOWN")], [gone(1), with_alias(old(2), 1)]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        await next_day(server, core)
        first, second = await told(core)
    assert "now unknown" in lines(first)
    assert f"merged into {nct(2)}" in lines(second)


async def test_a_merge_into_a_record_that_cannot_be_read_waits(file: Path) -> None:
    """Nobody is led to a trial of which nothing could be kept; it is told when it can be."""
    broken: Any = with_alias(old(2), 1)
    broken["protocolSection"]["designModule"]["phases"] = "not a list"
    days = [old(1)], [gone(1), broken], [gone(1), with_alias(old(2), 1)]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        assert await told(core) == []
        assert nct(1) in await following(core)
        await next_day(server, core)
        (message,) = await told(core)
        assert f"merged into {nct(2)}" in lines(message)


async def test_a_record_that_cannot_be_read_does_not_stop_the_others(file: Path) -> None:
    """It is set aside, is no removal, and the reading ends with all the others told."""
    broken: Any = old(1, status="UNKNOWN")
    broken["protocolSection"]["statusModule"]["overallStatus"] = {"not": "text"}
    days = [old(1), old(2)], [broken, old(2, status="UNKNOWN")], *[[]] * 3
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await follow(core, 2)
        await read(core)
        reading = await next_day(server, core)
        assert (reading.intake.set_aside, reading.missing) == (1, 0)
        assert numbers(await told(core)) == [nct(2)]
        for _ in range(3):
            await next_day(server, core)
        assert await told(core) == []


async def test_the_small_projection_of_the_whole_registry_finds_the_same(file: Path) -> None:
    """Where so much is watched that all is asked for at once, nothing is missed or made up."""
    days = (
        [old(1), old(2), old(3), old(4)],
        [old(1, status="UNKNOWN"), gone(2), gone(3), with_alias(old(5), 3)],
        *[[]] * 2,
    )
    async with house(file, *days) as (server, core):
        for number in (1, 2, 3, 4):
            await follow(core, number)
        data_date = DataDate(core.registry, core.clock)
        poll = Poll(core.registry, core.store, core.absorber, data_date, core.clock, whole_pages=0)
        await poll.run()
        said = []
        while server.sandbox.step():
            assert (await poll.run()).fresh
            said += await told(core)
        assert numbers(said) == [nct(1), nct(3), nct(2)]
        assert f"merged into {nct(5)}" in lines(said[1])
        assert "no longer has this record" in lines(said[2])
