"""Records as they never should be: set aside or told as they are, and no harm to the others."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from aiohttp import web

from adapters.ctgov.sandbox.pages import page
from tests.end_to_end.home import (
    FIRST,
    STAGES,
    TRUE_NEWS,
    Raw,
    living,
    nct,
    on_days,
    starting,
    two_days,
)
from tests.end_to_end.house import say_to
from tests.records import record

SITES = 1148
"""The most that one record of the registry has had."""


def impossible_date(raw: Raw) -> None:
    """A day that no calendar has."""
    starting(raw, "2026-02-31")


def count_in_words(raw: Raw) -> None:
    """Text where a number belongs."""
    raw["protocolSection"]["designModule"]["enrollmentInfo"]["count"] = "a hundred or so"


def list_for_object(raw: Raw) -> None:
    """A list where a module belongs."""
    raw["protocolSection"]["conditionsModule"] = ["Sarcoma"]


def aside(folder: Path) -> set[str | None]:
    """The numbers of what was set aside: the database has them, and no log."""
    with closing(sqlite3.connect(folder / "house.db")) as connection:
        return {number for (number,) in connection.execute("SELECT number FROM set_aside")}


@pytest.mark.parametrize("odd", [impossible_date, count_in_words, list_for_object])
async def test_one_odd_record_is_set_aside(odd: Callable[[Raw], None], folder: Path) -> None:
    """The log counts it, the others are told, and what changed is told once it can be read."""
    broken = record(2, FIRST + timedelta(days=1), enrollment=101)
    odd(broken)
    days = on_days(
        [record(trial, FIRST) for trial in (1, 2, 3)],
        [record(1, FIRST + timedelta(days=1), enrollment=101), broken],
        [record(2, FIRST + timedelta(days=2), enrollment=102)],
    )
    async with living(days, folder, 1, 2, 3) as home:
        logged = await home.next_day()
        assert {(line["event"], line["records"]) for line in logged} == {("records set aside", 1)}
        assert aside(folder) == {nct(2)}
        assert await home.news() == {nct(1): ["100 -> 101"]}
        assert await home.next_day() == []
        assert await home.news() == {nct(2): ["100 -> 102"]}


@pytest.mark.parametrize("junk", [b"5", b"null", b'"NCT00000002"', b"[]", b"{}", b'{"a":1}'])
async def test_something_between_the_records_is_set_aside(junk: bytes, folder: Path) -> None:
    """What is no record at all spoils none of those around it."""
    async with living(two_days(), folder, 1, 2, 3) as home:
        server = home.server

        def put_between(request: web.Request) -> web.Response | None:
            if not STAGES["updated"](request):
                return None
            studies = msgspec.json.decode(page(server.sandbox, request.query))["studies"]
            studies.insert(1, msgspec.Raw(junk))
            body = msgspec.json.encode({"studies": studies, "totalCount": 3})
            return web.Response(body=body, content_type="application/json")

        server.fault = put_between
        (line,) = await home.next_day()
        assert line["event"] == "records set aside"
        assert aside(folder) == {None}
        assert await home.news() == TRUE_NEWS


async def test_dates_of_every_precision(folder: Path) -> None:
    """A date that becomes finer is no news, one that moves is; one that cannot be is set aside."""
    moves = {
        1: ("2026", "2026-03"),
        2: ("2026-03", "2026-03-15"),
        3: ("2026", "2026-12-31"),
        4: ("2026-03-15", "2026-04"),
        5: ("2026-03", "2027"),
        6: ("2026-03-15", "2026-13-01"),
        7: ("2026-03-15", "soon"),
    }
    days = on_days(
        [starting(record(trial, FIRST), old) for trial, (old, _) in moves.items()],
        [
            starting(record(trial, FIRST + timedelta(days=1)), new)
            for trial, (_, new) in moves.items()
        ],
    )
    async with living(days, folder, *moves) as home:
        logged = await home.next_day()
        assert {(line["event"], line["records"]) for line in logged} == {("records set aside", 2)}
        assert aside(folder) == {nct(6), nct(7)}
        assert await home.news() == {
            nct(4): ["2026-03-15 -> 2026-04"],
            nct(5): ["2026-03 -> 2027"],
        }


async def test_a_record_that_is_only_a_number(folder: Path) -> None:
    """Everything optional goes and comes back: told, corrected, shown without it, and no error."""
    full = record(1, FIRST)
    bare: Raw = {"protocolSection": {"identificationModule": {"nctId": nct(1)}}}
    async with living(on_days([full], [bare], [full]), folder, 1) as home:
        assert await home.next_day() == []
        gone = await home.news()
        assert any("was 100 (planned) and is no longer stated" in line for line in gone[nct(1)])
        assert (await say_to(home.core, f"/trial {nct(1)}")).title
        assert await home.next_day() == []
        back = await home.news()
        assert any("The record says “100” again." in line for line in back[nct(1)])


async def test_values_that_nobody_has_heard_of(folder: Path) -> None:
    """An unknown status is told as the registry spells it; others elsewhere harm nothing."""
    strange = record(1, FIRST + timedelta(days=1), status="PAUSED_FOR_SNOW")
    protocol = strange["protocolSection"]
    protocol["designModule"] |= {"phases": ["PHASE9"], "studyType": "DREAMT"}
    protocol["designModule"]["enrollmentInfo"]["type"] = "GUESSED"
    protocol["eligibilityModule"] = {"sex": "UNASKED", "stdAges": ["AGELESS"]}
    async with living(on_days([record(1, FIRST)], [strange]), folder, 1) as home:
        assert await home.next_day() == []
        told = (await home.news())[nct(1)]
        assert "The status was “Recruiting” and is now “Paused for snow”." in told
        assert not [line for line in told if "100" in line]


async def test_one_place_of_a_thousand_opens(folder: Path) -> None:
    """A record of 1,148 places in which one opens: one message of one line."""

    def placed(day: date, opened: int) -> Raw:
        raw = record(1, day)
        raw["protocolSection"]["contactsLocationsModule"] = {
            "locations": [
                {
                    "facility": f"Hospital {at}",
                    "city": f"Town {at}",
                    "country": "France",
                    "status": "RECRUITING" if at < opened else "NOT_YET_RECRUITING",
                }
                for at in range(SITES)
            ]
        }
        return raw

    days = on_days([placed(FIRST, 7)], [placed(FIRST + timedelta(days=1), 8)])
    async with living(days, folder, 1) as home:
        assert await home.next_day() == []
        ((number, told),) = (await home.news()).items()
    assert number == nct(1)
    (line,) = told
    assert "Hospital 7" in line
    assert "was “Not yet recruiting”, is now “Recruiting”" in line
