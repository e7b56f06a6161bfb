"""Reading what exists for a condition: silent, page by page, from where it stopped."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from adapters.ctgov.sandbox import SandboxServer
from bot.ports.registry import DataMoved, RegistryError
from tests.bot.services.support import (
    OTHER,
    YOU,
    Refreshing,
    anything,
    core,
    day,
    failing,
    house,
    nct,
    next_day,
    numbers,
    old,
    read,
    told,
)
from tests.bot.services.talking import ask, begin, press
from tests.fakes.messenger import RecordingMessenger
from tests.records import record

MANY = [old(number) for number in range(1, 1002)]
"""A page of a thousand, and one more."""


def never() -> asyncio.Event:
    """A stop that does not come."""
    return asyncio.Event()


async def test_what_exists_is_watched_from_then_on_without_a_message(file: Path) -> None:
    """A baseline tells nothing, and what it found is told when it changes silently."""
    days = [old(1), old(2)], [old(2, status="UNKNOWN")]
    async with house(file, *days) as (server, made):
        await begin(made, "sarcoma")
        assert await made.baselines.run(never()) == 1
        assert await made.store.readings.baselines() == ()
        await read(made)
        assert await told(made) == []
        await next_day(server, made)
        assert numbers(await told(made)) == [nct(2)]


async def test_a_registry_search_is_read_by_its_own_fields_once_for_all_filters(file: Path) -> None:
    """Never by its words as a condition; what only a filter tells apart is not read again."""
    asked: list[dict[str, str]] = []

    def note(request: web.Request) -> None:
        asked.append({key: one for key, one in request.query.items() if "query" in key})

    async with house(file, [old(1), old(2)]) as (server, made):
        await begin(made, 'cond:sarcoma OR "gout" term:trial')
        server.fault = note
        assert await made.baselines.run(never()) == 1
        assert {"query.cond": 'sarcoma OR "gout"', "query.term": "trial"} in asked
        server.fault = None
        shown = await ask(made, "follow", 'recruiting cond:sarcoma OR "gout" term:trial')
        await press(made, shown.buttons[0].action or "")
        assert await made.baselines.run(never()) == 0


async def test_a_baseline_goes_on_where_a_crash_stopped_it(file: Path) -> None:
    """Pages that were read before the crash are not asked for again."""
    pages: list[str | None] = []

    def second_page_fails(request: web.Request) -> web.Response | None:
        if "sort" not in request.query or request.query["sort"].startswith("@"):
            return None
        pages.append(request.query.get("pageToken"))
        return web.Response(status=500) if pages[-1] and len(pages) < 4 else None

    async with SandboxServer(Refreshing((0, MANY))) as server:
        async with core(server, file) as made:
            await begin(made, "sarcoma")
            server.fault = second_page_fails
            with pytest.raises(RegistryError):
                await made.baselines.run(never())
            (baseline,) = await made.store.readings.baselines()
            assert baseline.token is not None
        first = len(pages)
        async with core(server, file) as made:
            while await made.store.readings.baselines():
                await made.baselines.run(never())
            assert all(pages[first:])
            assert len(await made.store.studies.watched(made.registry.name)) == 1001


async def test_a_baseline_begins_again_when_the_data_move(file: Path) -> None:
    """A place in the data of yesterday means nothing today; all of it is read once more."""
    async with house(file, MANY, [old(1002)]) as (server, made):
        await begin(made, "sarcoma")
        stamp = datetime(2026, 3, 2, 9, 0, 6, tzinfo=UTC)
        (owed,) = await made.store.readings.baselines()
        page = await made.registry.search_page("sarcoma", None)
        assert page.token is not None
        await made.store.readings.baseline_at(owed.interest_id, page.token, stamp)
        server.sandbox.step()
        assert await made.baselines.run(never()) == 1
        assert len(await made.store.studies.watched(made.registry.name)) == 1002


async def test_a_place_that_is_never_known_again_is_given_up_for_now(file: Path) -> None:
    """A registry that refuses every second page is not asked without end."""

    def refuse(request: web.Request) -> web.Response | None:
        return web.Response(status=400) if "pageToken" in request.query else None

    async with house(file, MANY) as (server, made):
        await begin(made, "sarcoma")
        server.requests.clear()
        server.fault = refuse
        with pytest.raises(DataMoved):
            await made.baselines.run(never())
        assert server.requests["/api/v2/studies"] < 12
        server.fault = None
        assert await made.baselines.run(never()) == 1


async def test_a_baseline_that_cannot_be_read_lets_the_others_have_their_turn(file: Path) -> None:
    """The one stays owed, the other is finished, and the failure is not hidden."""
    other: Any = old(2, condition="Asthma")
    async with house(file, [old(1), other]) as (server, made):
        await begin(made, "sarcoma")
        await begin(made, "asthma", OTHER)
        server.fault = failing(lambda request: "sarcoma" in request.query.get("query.cond", ""))
        with pytest.raises(RegistryError):
            await made.baselines.run(never())
        (left,) = await made.store.readings.baselines()
        assert left.words == "sarcoma"


def no_such_words(request: web.Request) -> web.Response | None:
    """The registry refuses a question about sarcoma, and repeats it."""
    if "sarcoma" in request.query.get("query.cond", ""):
        return web.Response(status=400, text="cannot parse: sarcoma")
    return None


async def test_a_question_that_is_refused_is_given_up_and_counted(file: Path) -> None:
    """It is not asked again and again; the operator learns how many, and nobody which."""
    messenger = RecordingMessenger()
    days = [old(1)], [old(1), record(2, day(1), first_posted=day(1))]
    async with house(file, *days) as (server, made):
        await read(made)
        await begin(made, "sarcoma")
        server.fault = no_such_words
        with capture_logs() as logs:
            assert await made.baselines.run(never()) == 0
            asked = server.requests.total()
            assert await made.baselines.run(never()) == 0
        assert server.requests.total() == asked
        assert await made.store.readings.baselines() == ()
        for _ in range(2):
            await made.watch.look(messenger, "7")
        (told_once,) = [message for _, message in messenger.sent]
        assert "1 followed" in (told_once.lede or "")
        assert "sarcoma" not in f"{logs}{messenger.sent}".casefold()
        await next_day(server, made)
        assert numbers(await told(made)) == [nct(2)]
        chat = await made.store.chats.chat(YOU)
        (followed,) = await made.store.chats.subscriptions(chat.id)
        await made.store.chats.unfollow(chat.id, followed.id)
        await made.watch.look(messenger, "7")
        assert len(messenger.sent) == 2


async def test_a_registry_that_refuses_everything_gives_up_no_baseline(file: Path) -> None:
    """Where readings are refused as well, it is not the question that is wrong."""
    async with house(file, [old(1)]) as (server, made):
        await read(made)
        await begin(made, "sarcoma")
        server.fault = failing(anything, 400)
        assert await made.reader.look() is None
        with pytest.raises(RegistryError):
            await made.baselines.run(never())
        assert len(await made.store.readings.baselines()) == 1


async def test_a_stop_ends_a_baseline_between_two_pages(file: Path) -> None:
    """Told to stop before it began, it asks the registry nothing."""
    async with house(file, [old(1)]) as (server, made):
        await begin(made, "sarcoma")
        before = server.requests.total()
        stop = asyncio.Event()
        stop.set()
        assert await made.baselines.run(stop) == 0
        assert server.requests.total() == before


async def test_a_new_trial_that_a_baseline_finds_after_the_follow_is_told(file: Path) -> None:
    """News that reach us through a baseline that takes until the next data day are not lost."""
    new = record(2, day(1), first_posted=day(1))
    async with house(file, [old(1)], [new]) as (server, made):
        await read(made)
        await begin(made, "sarcoma")
        server.sandbox.step()
        await made.baselines.run(never())
        await read(made)
        assert numbers(await told(made)) == [nct(2)]
