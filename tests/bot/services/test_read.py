"""Keeping up with the registry: failures are noted once, and so is their end."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.ports.store_errors import StoreError, StoreUnavailable
from bot.services.absorb import Absorber
from bot.services.data_date import DataDate
from bot.services.poll import Poll
from bot.services.read import Reader
from tests.bot.services.support import anything, failing, house, later, mend, old, read
from tests.fakes.store import ShakyStore
from trialbell.wiring import Core


def shaken(core: Core) -> tuple[ShakyStore, Reader]:
    """A reader over a store that can be made to fail, and that store."""
    shaky: Any = ShakyStore(core.store)
    registry, clock = core.registry, core.clock
    absorber, data_date = Absorber(shaky, clock), DataDate(registry, clock)
    poll = Poll(registry, shaky, absorber, data_date, clock)
    return shaky, Reader(poll, shaky, registry.name, clock, core.wake)


async def test_a_failure_is_noted_once_with_its_beginning(file: Path) -> None:
    """However long an outage is, its first moment is kept and one line is logged."""
    async with house(file, [old(1)]) as (server, core):
        began = core.clock.now()
        server.fault = failing(anything)
        with capture_logs() as logs:
            for _ in range(3):
                assert await core.reader.look() is None
                later(core, 900)
        assert [line["event"] for line in logs].count("registry cannot be read") == 1
        state = await core.store.readings.state(core.registry.name)
        assert (state.failed_at, state.done) == (began, None)


async def test_words_of_the_registry_are_not_repeated(file: Path) -> None:
    """A question that is refused may stand in the refusal: what is kept and logged is ours."""
    async with house(file, [old(1)]) as (server, core):
        server.fault = lambda _: web.Response(status=400, text="no such thing as sarcoma")
        with capture_logs() as logs:
            assert await core.reader.look() is None
        kept = (await core.store.readings.state(core.registry.name)).failure
    assert kept == "the registry did not understand the question"
    assert "sarcoma" not in str(logs)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (StoreUnavailable("locked (secret)"), "the database does not answer"),
        (StoreError("broken (secret)"), "the database could not do it"),
        (ZeroDivisionError("secret"), "the program made a mistake"),
    ],
)
async def test_a_reading_that_fails_for_another_reason_is_noted_too(
    file: Path, error: Exception, why: str
) -> None:
    """It is raised, and whoever looks at the readings sees since when they fail, in our words."""
    async with house(file, [old(1)]) as (_, core):
        shaky, reader = shaken(core)
        shaky.before["complete"].append(error)
        with capture_logs() as logs, pytest.raises(type(error)):
            await reader.look()
        state = await core.store.readings.state(core.registry.name)
        assert (state.failed_at, state.done) == (core.clock.now(), None)
        assert (state.failure or "").startswith(why)
        assert "secret" not in str(logs)
        await reader.look()
        assert (await core.store.readings.state(core.registry.name)).failure is None


async def test_a_note_that_cannot_be_kept_is_logged(file: Path) -> None:
    """Where the database is out it cannot hold that it is: the log does."""
    async with house(file, [old(1)]) as (_, core):
        shaky, reader = shaken(core)
        shaky.before["complete"].append(StoreUnavailable("locked"))
        shaky.before["fail"].append(StoreUnavailable("still locked"))
        with capture_logs() as logs, pytest.raises(StoreUnavailable, match=r"^locked$"):
            await reader.look()
    events = [line["event"] for line in logs]
    assert events == ["failed reading not noted", "registry cannot be read"]


async def test_a_row_of_failures_is_logged_once_and_its_end(file: Path) -> None:
    """A database that is out for an hour is no line a look, also where it cannot note it."""
    async with house(file, [old(1)]) as (_, core):
        shaky, reader = shaken(core)
        shaky.before["complete"].extend([StoreUnavailable("locked")] * 3)
        shaky.before["fail"].extend([StoreUnavailable("still locked")] * 3)
        with capture_logs() as logs:
            for _ in range(3):
                with pytest.raises(StoreUnavailable):
                    await reader.look()
            await reader.look()
    events = [line["event"] for line in logs]
    assert events[:2] == ["failed reading not noted", "registry cannot be read"]
    assert events[2:] == ["registry can be read again", "registry read"]


async def test_a_reading_that_does_not_end_is_noted_and_broken_off(file: Path) -> None:
    """After three hours it is seen, with its beginning; after twelve the next one can begin."""
    async with house(file, [old(1)]) as (_, core):
        shaky, reader = shaken(core)
        shaky.gates["state"] = asyncio.Event()
        began = core.clock.now()
        hanging = asyncio.ensure_future(reader.look())
        await shaky.until_called("state", 1)
        await reader.watch()
        assert (await core.store.readings.state(core.registry.name)).failed_at is None
        later(core, 3 * 3600)
        await reader.watch()
        state = await core.store.readings.state(core.registry.name)
        assert (state.failed_at, state.failure) == (began, "the reading does not come to an end")
        later(core, 9 * 3600)
        await reader.watch()
        assert await hanging is None
        shaky.gates["state"].set()
        assert await reader.look() is not None
        assert (await core.store.readings.state(core.registry.name)).failure is None


async def test_a_slow_reading_that_ends_is_no_failure_any_more(file: Path) -> None:
    """What took long and succeeded leaves nothing wrong behind."""
    async with house(file, [old(1)]) as (_, core):
        shaky, reader = shaken(core)
        shaky.gates["state"] = asyncio.Event()
        slow = asyncio.ensure_future(reader.look())
        await shaky.until_called("state", 1)
        later(core, 3 * 3600)
        await reader.watch()
        shaky.gates["state"].set()
        with capture_logs() as logs:
            assert await slow is not None
            await reader.watch()
        assert "registry can be read again" in [line["event"] for line in logs]
        assert (await core.store.readings.state(core.registry.name)).failure is None


async def test_a_recovery_is_noted_even_where_nothing_new_is_there(file: Path) -> None:
    """After an outage in which the data did not move, nothing is wrong any more."""
    async with house(file, [old(1)]) as (server, core):
        await read(core)
        server.fault = failing(anything)
        await core.reader.look()
        mend(server, core)
        with capture_logs() as logs:
            assert not (await read(core)).fresh
            assert not (await read(core)).fresh
        assert [line["event"] for line in logs].count("registry can be read again") == 1
        assert (await core.store.readings.state(core.registry.name)).failure is None


async def test_who_sends_is_woken_by_a_reading(file: Path) -> None:
    """Debts that a reading found are sent without waiting for the next look."""
    async with house(file, [old(1)]) as (_, core):
        woken = []
        core.wakes.append(type("Wake", (), {"set": lambda _: woken.append(1)})())
        await read(core)
        await read(core)
    assert woken == [1]
