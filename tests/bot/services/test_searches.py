"""Registry searches that are followed: what comes in and leaves, and what is refused."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web
from sqlalchemy import func, select
from structlog.testing import capture_logs

from adapters.ctgov.sandbox import SandboxServer
from bot.domain.notice import Event
from bot.services.searches import refused_searches
from storage.codec import unpack_body
from storage.store import SqlStore
from storage.tables import occurrences, search_members, studies
from tests.bot.services.support import (
    YOU,
    Raw,
    Refreshing,
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
from tests.bot.services.talking import ask, follow_words, press
from tests.records import record
from trialbell.wiring import Core

SEARCH = "cond:sarcoma term:trial"


def other(number: int, on: int, **fields: Any) -> Raw:
    """A record that the search does not find."""
    raw = record(number, day(on), condition="Asthma", **fields)
    raw["derivedSection"]["conditionBrowseModule"] = {"meshes": [], "ancestors": []}
    return raw


def store_of(made: Core) -> SqlStore:
    """The real one."""
    assert isinstance(made.store, SqlStore)
    return made.store


async def happened(made: Core) -> dict[str, list[Event]]:
    """What was found of each trial for those who follow, in order."""
    found: dict[str, list[Event]] = {}
    asked = select(studies.c.number, occurrences.c.body).join(
        studies, studies.c.id == occurrences.c.study_id
    )
    async with store_of(made)._database.read() as connection:
        for row in await connection.execute(asked.order_by(occurrences.c.id)):
            events = [match.event for match in unpack_body(row.body).matches]
            if events:
                found.setdefault(row.number, []).extend(events)
    return found


async def members(made: Core) -> int:
    """How many trials are kept as found."""
    async with store_of(made)._database.read() as connection:
        return await connection.scalar(select(func.count()).select_from(search_members)) or 0


def is_search(request: web.Request) -> bool:
    """What a followed search finds of the updated."""
    return request.query.get("fields") == "NCTId"


def after_the_pages() -> Any:
    """An outage that begins once the updated records were served."""
    served = False

    def fault(request: web.Request) -> web.Response | None:
        nonlocal served
        if served:
            return web.Response(status=500)
        served = "filter.advanced" in request.query and not is_search(request)
        return None

    return fault


async def test_enters_leaves_and_changes_as_the_registry_says(store_url: str) -> None:
    """What the registry's own search finds decides, whatever the record's words are."""
    days = (
        [old(1), other(2, 0), old(4)],
        [
            record(1, day(1), enrollment=7),
            record(2, day(1)),
            record(3, day(1), first_posted=day(1)),
            other(5, 1, first_posted=day(1)),
        ],
        [other(1, 2, enrollment=7), record(2, day(2), enrollment=9)],
    )
    async with house(store_url, *days) as (server, made):
        await read(made)
        await follow_words(made, SEARCH)
        assert (await members(made), await told(made)) == (2, [])
        await next_day(server, made)
        first = {
            nct(1): [Event.CHANGED],
            nct(2): [Event.ENTERED],
            nct(3): [Event.NEW],
        }
        assert await happened(made) == first
        assert sorted(numbers(await told(made))) == sorted(first)
        assert await members(made) == 4
        await next_day(server, made)
        assert await happened(made) == {
            nct(1): [Event.CHANGED, Event.LEFT],
            nct(2): [Event.ENTERED, Event.CHANGED],
            nct(3): [Event.NEW],
        }
        assert sorted(numbers(await told(made))) == [nct(1), nct(2)]
        assert await members(made) == 3


async def test_filter_narrows_what_the_registry_finds(store_url: str) -> None:
    """A trial that is found, but stops recruiting, leaves who follows what recruits."""
    days = [record(1, day(0))], [record(1, day(1), status="COMPLETED")]
    async with house(store_url, *days) as (server, made):
        await follow_words(made, SEARCH)
        shown = await ask(made, "follow", f"recruiting {SEARCH}")
        await press(made, shown.buttons[0].action or "")
        await made.baselines.run(asyncio.Event())
        await read(made)
        await next_day(server, made)
        assert await happened(made) == {nct(1): [Event.CHANGED, Event.LEFT]}
        assert numbers(await told(made)) == [nct(1)]


async def test_reading_that_breaks_off_moves_nothing_twice(store_url: str) -> None:
    """Membership moves with the record: what was taken in before a crash is not told again."""
    days = [old(1)], [other(1, 1), record(2, day(1), first_posted=day(1))]
    async with SandboxServer(Refreshing(*enumerate(days))) as server:
        async with core(server, store_url) as made:
            await follow_words(made, SEARCH)
            await read(made)
            server.sandbox.step()
            server.fault = after_the_pages()
            assert await made.reader.look() is None
            assert await members(made) == 1
            assert await told(made) == []
        server.fault = None
        async with core(server, store_url) as made:
            await read(made)
            assert await happened(made) == {nct(1): [Event.LEFT], nct(2): [Event.NEW]}
            assert sorted(numbers(await told(made))) == [nct(1), nct(2)]
            assert await members(made) == 1


async def test_one_request_a_search_whoever_follows_it(store_url: str) -> None:
    """Ten chats that follow a search, with filters of their own, cost the registry one question."""
    asked: list[str] = []

    def note(request: web.Request) -> None:
        if is_search(request):
            asked.append(request.query["query.cond"])

    async with house(store_url, [old(1)], [old(1)]) as (server, made):
        for words in (SEARCH, f"recruiting {SEARCH}", f"women {SEARCH}", "cond:gout"):
            shown = await ask(made, "follow", words)
            await press(made, shown.buttons[0].action or "")
        server.fault = note
        await read(made)
    assert sorted(asked) == ["gout", "sarcoma"]


async def test_refused_search_keeps_the_reading_from_nothing(store_url: str) -> None:
    """It is marked and logged once, what it found stays, and it goes on once it is understood."""
    days = [old(1), old(2)], [record(1, day(1))], [other(2, 2)], [other(1, 3)]
    async with house(store_url, *days) as (server, made):
        await follow_words(made, SEARCH)
        await read(made)
        server.fault = failing(is_search, status=400)
        with capture_logs() as logs:
            await next_day(server, made)
            await next_day(server, made)
        refusals = [line["event"] for line in logs if "search" in line["event"]]
        assert refusals == ["followed search refused"]
        assert len(refused_searches(await made.store.notes.all())) == 1
        assert await happened(made) == {nct(2): [Event.CHANGED]}
        server.fault = None
        await next_day(server, made)
        assert not refused_searches(await made.store.notes.all())
        assert (await happened(made))[nct(1)] == [Event.LEFT]


async def test_outage_during_a_search_is_an_outage_of_the_reading(store_url: str) -> None:
    """Nothing is concluded from a search that was not answered."""
    async with house(store_url, [old(1)], [other(1, 1)]) as (server, made):
        await follow_words(made, SEARCH)
        await read(made)
        server.sandbox.step()
        server.fault = failing(is_search)
        assert await made.reader.look() is None
        assert (await happened(made), await members(made)) == ({}, 1)


async def test_with_the_last_follower_goes_what_a_search_found(store_url: str) -> None:
    """Nothing of it is kept, and it is not asked for any more."""
    async with house(store_url, [old(1), old(2)], []) as (_, made):
        await follow_words(made, SEARCH)
        assert await members(made) == 2
        chat = await made.store.chats.find(YOU)
        assert chat is not None
        (one,) = await made.store.chats.subscriptions(chat.id)
        await made.store.chats.unfollow(chat.id, one.id)
        assert (await members(made), await made.store.readings.searches()) == (0, ())
