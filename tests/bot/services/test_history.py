"""The command for a trial's history, over a real registry and a real database."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.domain.message import Message
from bot.domain.study import CTGOV, StudyKey
from tests.bot.services.support import (
    Raw,
    anything,
    day,
    failing,
    house,
    later,
    nct,
    next_day,
    read,
)
from tests.bot.services.talking import ask, press
from tests.records import record

LIST = f"/api/int/studies/{nct(1)}/history"


def version(number: int, submitted: date, status: str, *sections: str) -> dict[str, Any]:
    """A version as the registry lists it, counted from 0."""
    return {
        "version": number,
        "date": str(submitted),
        "status": status,
        "moduleLabels": list(sections),
    }


def listing(*versions: dict[str, Any]) -> bytes:
    """The registry's list."""
    return json.dumps({"changes": versions}).encode()


def long(count: int) -> bytes:
    """A list of so many versions, a month apart, all before the first data day."""
    first = day(0) - timedelta(days=30 * count)
    return listing(
        *[
            version(number, first + timedelta(days=30 * number), "RECRUITING", "Eligibility")
            for number in range(count)
        ]
    )


def days() -> tuple[list[Raw], list[Raw]]:
    """A trial on two data days, suspended on the second."""
    return [record(1, day(0))], [record(1, day(1), status="SUSPENDED")]


def sent_in(raw: Raw, submitted: date) -> Raw:
    """The record as one that was sent in on this day."""
    raw["protocolSection"]["statusModule"]["lastUpdateSubmitDate"] = str(submitted)
    return raw


def comparisons(message: Message) -> list[str]:
    """Which versions the links compare."""
    urls = [button.url or "" for button in message.buttons]
    return [url.partition("tab=history&")[2] for url in urls if "&a=" in url]


def headings(message: Message) -> list[str]:
    """What a page shows, from top to bottom."""
    return [section.heading for section in message.sections]


async def test_history_shows_what_was_seen_the_latest_first(file: Path) -> None:
    """First sight and each change with its data day; the registry has no list, and it is said."""
    async with house(file, *days()) as (server, core):
        assert "not seen this trial" in str((await ask(core, "history", nct(1))).lede)
        await read(core)
        await next_day(server, core)
        shown = await ask(core, "history", nct(1))
        assert headings(shown) == [f"Seen in the data of {day(1)}", f"Seen in the data of {day(0)}"]
        assert "Suspended" in shown.sections[0].lines[0]
        assert "cannot be read now" in str(shown.lede)
        assert str(day(1)) in str(shown.footer)


async def test_before_what_was_seen_the_registrys_list_goes_back_to_the_first(file: Path) -> None:
    """Page by page, by the buttons; the list is asked for once however many pages are turned."""
    async with house(file, *days()) as (server, core):
        server.sandbox.histories[nct(1)] = long(20)
        await read(core)
        await next_day(server, core)
        page = await ask(core, "history", nct(1))
        found = headings(page)
        while following := [b.action for b in page.buttons if b.label == "Earlier versions"]:
            page = await press(core, str(following[0]))
            found += headings(page)
        assert found[0] == f"Seen in the data of {day(1)}"
        assert found[1] == f"Seen in the data of {day(0)}"
        assert found[2].startswith("Version 20, ")
        assert found[-1].startswith("Version 1, ")
        assert len(found) == 22
        assert server.requests[LIST] == 1


async def test_a_trial_that_nobody_asked_for_is_shown_from_the_registrys_list(file: Path) -> None:
    """Nothing of it is kept by looking."""
    async with house(file, *days()) as (server, core):
        server.sandbox.histories[nct(1)] = long(2)
        shown = await ask(core, "history", nct(1))
        assert [heading[:9] for heading in headings(shown)] == ["Version 2", "Version 1"]
        assert await core.store.studies.history(StudyKey(CTGOV, nct(1))) == ()


async def test_the_list_is_asked_for_again_after_a_while(file: Path) -> None:
    """What the registry lists today it did not list yesterday; a refusal is tried again sooner."""
    async with house(file, *days()) as (server, core):
        for seconds, asked in ((0, 1), (30, 1), (90, 2)):
            later(core, seconds)
            await ask(core, "history", nct(1))
            assert server.requests[LIST] == asked
        server.sandbox.histories[nct(1)] = long(2)
        for seconds, asked in ((90, 3), (600, 3), (600, 4)):
            later(core, seconds)
            await ask(core, "history", nct(1))
            assert server.requests[LIST] == asked


async def test_a_registry_that_is_out_leaves_what_was_seen(file: Path) -> None:
    """The history is answered from the store, and the reading that follows is not held up."""
    async with house(file, *days()) as (server, core):
        await read(core)
        server.fault = failing(anything)
        shown = await ask(core, "history", nct(1))
        assert headings(shown) == [f"Seen in the data of {day(0)}"]
        server.fault = None
        await next_day(server, core)


async def test_a_list_that_refuses_is_no_outage_of_the_readings(file: Path) -> None:
    """Asked for again and again, it never keeps a reading from the day's data."""
    async with house(file, *days()) as (server, core):
        server.fault = failing(lambda request: request.path.startswith("/api/int"), 403)
        await read(core)
        for _ in range(6):
            later(core, 90)
            assert "cannot be read now" in str((await ask(core, "history", nct(1))).lede)
        assert server.requests[LIST] == 3
        await next_day(server, core)
        assert len((await ask(core, "history", nct(1))).sections) == 2


async def test_a_change_that_was_seen_leads_to_the_registrys_own_comparison(file: Path) -> None:
    """Found by the days on which both were sent in, whatever the registry listed in between."""
    first, between, second = day(-3), day(-2), day(-1)
    steps = (
        [sent_in(record(1, day(0)), first)],
        [sent_in(record(1, day(1), status="SUSPENDED"), second)],
        [sent_in(record(1, day(1), status="UNKNOWN"), second)],
    )
    async with house(file, *steps) as (server, core):
        server.sandbox.histories[nct(1)] = listing(
            version(0, day(-300), "NOT_YET_RECRUITING"),
            version(1, first, "RECRUITING", "Study Status"),
            version(2, between, "RECRUITING", "Study Status"),
            version(3, second, "SUSPENDED", "Study Status"),
        )
        await read(core)
        await next_day(server, core)
        await next_day(server, core)
        shown = await ask(core, "history", nct(1))
    assert headings(shown) == [
        f"Seen in the data of {day(2)}: version 4",
        f"Seen in the data of {day(1)}: version 4",
        f"Seen in the data of {day(0)}: version 2",
        f"Version 2, sent to the registry on {first}",
        f"Version 1, sent to the registry on {day(-300)}",
    ]
    assert comparisons(shown) == ["a=2&b=4", "a=1&b=2"]
