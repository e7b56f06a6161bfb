"""The registry gives what it never should, and the whole house neither errs nor forgets."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from adapters.ctgov import queries
from adapters.ctgov.breaker import Breaker
from adapters.ctgov.sandbox import Sandbox, SandboxServer
from adapters.ctgov.sandbox.pages import page
from bot.domain.message import Message
from tests.end_to_end.house import house, say_to, send_all
from tests.fakes.ctgov import HurriedClock
from tests.fakes.messenger import RecordingMessenger
from tests.records import record
from trialbell.wiring import Core

Raw = dict[str, Any]
Days = Mapping[date, list[Raw]]

FIRST = date(2026, 2, 2)
LONG_AGO = date(2025, 6, 1)
SITES = 1148
"""The most that one record of the registry has had."""


@pytest.fixture
def folder(tmp_path: Path, migrated_sqlite: Path) -> Path:
    """A folder with a house's database, empty."""
    shutil.copy(migrated_sqlite, tmp_path / "house.db")
    return tmp_path


def nct(trial: int) -> str:
    """The number as the registry writes it."""
    return f"NCT{trial:08d}"


def on_days(*days: list[Raw]) -> dict[date, list[Raw]]:
    """Records of one data day after the other."""
    return {FIRST + timedelta(days=at): records for at, records in enumerate(days)}


class Home:
    """A house in which somebody follows trials, and what they are told."""

    def __init__(self, core: Core, server: SandboxServer, clock: HurriedClock) -> None:
        self.core = core
        self.server = server
        self.clock = clock
        self._messenger = RecordingMessenger()

    async def news(self) -> dict[str, list[str]]:
        """What is sent now: by trial, what changed. No trial comes twice."""
        self._messenger.sent.clear()
        await send_all(self.core, self._messenger)
        told = [(message.facts[0].value, lines(message)) for _, message in self._messenger.sent]
        assert len({number for number, _ in told}) == len(told)
        return dict(told)

    async def next_day(self) -> list[Any]:
        """Read the next data day. Returns what was logged, but for how the reading went."""
        assert self.server.sandbox.step()
        with capture_logs() as logged:
            reading = await self.core.reader.look()
        assert reading is not None
        assert reading.fresh
        return [line for line in logged if line["event"] != "registry read"]


_MOVE = re.compile(r": was (\S+), is now ([^\s,.]+)")


def lines(message: Message) -> list[str]:
    """What changed, line by line, without why somebody hears of it.

    Of a field that has another value only the two values, however that is worded.
    """
    told = [line for section in message.sections if not section.folded for line in section.lines]
    moves = [(line, _MOVE.search(line)) for line in told]
    return [f"{move[1]} -> {move[2]}" if move else line for line, move in moves]


@asynccontextmanager
async def living(days: Days, folder: Path, *followed: int) -> AsyncIterator[Home]:
    """A house that has read the first day, and somebody who follows these trials."""
    clock = HurriedClock()
    async with (
        SandboxServer(Sandbox.from_days(days)) as server,
        house(server, folder, clock=clock) as core,
    ):
        await core.reader.look()
        for trial in followed:
            await say_to(core, f"/follow {nct(trial)}")
            await say_to(core, "consent")
        yield Home(core, server, clock)


# Answers that are none.

Spoiler = Callable[[bytes, web.Request], web.Response]


def _body(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="application/json")


def truncated(body: bytes, _: web.Request) -> web.Response:
    """Half of the answer, as if that were all."""
    return _body(body[: len(body) // 2])


def garbled(body: bytes, _: web.Request) -> web.Response:
    """Some bytes of something else in the middle."""
    return _body(body[: len(body) // 2] + b"\x00\xff\xfe{" + body[len(body) // 2 :])


def web_page(_: bytes, __: web.Request) -> web.Response:
    """A page for people, with a status that says that all is well."""
    return web.Response(text="<!doctype html><p>Be right back", content_type="text/html")


def out_of_order(_: bytes, __: web.Request) -> web.Response:
    """A fault of the server's."""
    return web.Response(status=500, text="Internal Server Error")


def other_shape(_: bytes, __: web.Request) -> web.Response:
    """JSON that says something else."""
    return _body(b'{"studies":"none today","dataTimestamp":7}')


def empty(_: bytes, __: web.Request) -> web.Response:
    """Nothing at all."""
    return _body(b"")


def hung_up(body: bytes, request: web.Request) -> web.Response:
    """The connection breaks off."""
    assert request.transport is not None
    request.transport.abort()
    return _body(body)


NO_DATA = "not the data that it describes"
SPOILERS: dict[Spoiler, str] = {
    truncated: NO_DATA,
    garbled: NO_DATA,
    web_page: "a web page instead of data",
    out_of_order: "answered 500",
    other_shape: NO_DATA,
    empty: NO_DATA,
    hung_up: "no connection",
}
"""With the words by which the operator learns of each."""

STAGES: dict[str, Callable[[web.Request], bool]] = {
    "version": lambda request: request.path.endswith("/version"),
    "updated": lambda request: "filter.advanced" in request.query,
    "glimpse": lambda request: request.query.get("fields") == queries.GLIMPSE,
    "in full": lambda request: (
        "filter.ids" in request.query and request.query["fields"] == queries.RECORD
    ),
}
"""The requests of one reading."""


def two_days() -> Days:
    """Two trials that are updated, and one that changes without a new date."""
    return on_days(
        [record(1, FIRST), record(2, FIRST), _starting(record(3, LONG_AGO), "2026-05-01")],
        [
            record(1, FIRST + timedelta(days=1), enrollment=101),
            record(2, FIRST + timedelta(days=1), enrollment=102),
            _starting(record(3, LONG_AGO), "2026-06-01"),
        ],
    )


TRUE_NEWS = {
    nct(1): ["100 -> 101"],
    nct(2): ["100 -> 102"],
    nct(3): ["2026-05-01 -> 2026-06-01"],
}


def _starting(raw: Raw, day: str) -> Raw:
    raw["protocolSection"]["statusModule"]["startDateStruct"] = {"date": day}
    return raw


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("spoiler", SPOILERS, ids=lambda spoiler: spoiler.__name__)
async def test_what_is_no_answer_is_no_news(spoiler: Spoiler, stage: str, folder: Path) -> None:
    """It is logged once why the reading failed; nothing untrue is told, and later all of it."""
    async with living(two_days(), folder, 1, 2, 3) as home:
        server = home.server
        server.sandbox.step()

        def spoil(request: web.Request) -> web.Response | None:
            if not STAGES[stage](request):
                return None
            is_page = request.path.endswith("/studies")
            body = page(server.sandbox, request.query) if is_page else b'{"apiVersion":"2.0.5"}'
            return spoiler(body, request)

        server.fault = spoil
        with capture_logs() as logged:
            for _ in range(2):
                assert await home.core.reader.look() is None
        (failure,) = [line for line in logged if line["event"] == "registry cannot be read"]
        assert failure["log_level"] == "warning"
        assert SPOILERS[spoiler] in failure["why"]
        told = await home.news()

        server.fault = None
        await home.clock.sleep(Breaker().cool_down)
        with capture_logs() as logged:
            assert await home.core.reader.look() is not None
        assert [line for line in logged if line["event"] == "registry can be read again"]
        later = await home.news()
    assert not told.keys() & later.keys()
    assert told | later == TRUE_NEWS


# Records that are odd.


def impossible_date(raw: Raw) -> None:
    """A day that no calendar has."""
    _starting(raw, "2026-02-31")


def count_in_words(raw: Raw) -> None:
    """Text where a number belongs."""
    raw["protocolSection"]["designModule"]["enrollmentInfo"]["count"] = "a hundred or so"


def list_for_object(raw: Raw) -> None:
    """A list where a module belongs."""
    raw["protocolSection"]["conditionsModule"] = ["Sarcoma"]


@pytest.mark.parametrize("odd", [impossible_date, count_in_words, list_for_object])
async def test_one_odd_record_is_set_aside(odd: Callable[[Raw], None], folder: Path) -> None:
    """The log names it, the others are told, and what changed is told once it can be read."""
    broken = record(2, FIRST + timedelta(days=1), enrollment=101)
    odd(broken)
    days = on_days(
        [record(trial, FIRST) for trial in (1, 2, 3)],
        [record(1, FIRST + timedelta(days=1), enrollment=101), broken],
        [record(2, FIRST + timedelta(days=2), enrollment=102)],
    )
    async with living(days, folder, 1, 2, 3) as home:
        logged = await home.next_day()
        assert {(line["event"], line["number"]) for line in logged} == {
            ("record set aside", nct(2))
        }
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
            return _body(msgspec.json.encode({"studies": studies, "totalCount": 3}))

        server.fault = put_between
        (line,) = await home.next_day()
        assert line["event"] == "record set aside"
        assert line["number"] is None
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
        [_starting(record(trial, FIRST), old) for trial, (old, _) in moves.items()],
        [
            _starting(record(trial, FIRST + timedelta(days=1)), new)
            for trial, (_, new) in moves.items()
        ],
    )
    async with living(days, folder, *moves) as home:
        logged = await home.next_day()
        assert {line["event"] for line in logged} == {"record set aside"}
        assert {line["number"] for line in logged} == {nct(6), nct(7)}
        assert await home.news() == {
            nct(4): ["2026-03-15 -> 2026-04"],
            nct(5): ["2026-03 -> 2027"],
        }


async def test_a_record_that_is_only_a_number(folder: Path) -> None:
    """Everything optional goes and comes back: told as that, shown without it, and no error."""
    full = record(1, FIRST)
    bare: Raw = {"protocolSection": {"identificationModule": {"nctId": nct(1)}}}
    async with living(on_days([full], [bare], [full]), folder, 1) as home:
        assert await home.next_day() == []
        gone = await home.news()
        assert any("was 100, is no longer stated" in line for line in gone[nct(1)])
        assert (await say_to(home.core, f"/trial {nct(1)}")).title
        assert await home.next_day() == []
        back = await home.news()
        assert any("now stated as 100" in line for line in back[nct(1)])


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
