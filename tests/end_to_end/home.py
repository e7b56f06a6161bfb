"""A house in which one person follows trials of a small registry, and what they are told."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from msgspec.structs import replace
from structlog.testing import capture_logs

from adapters.ctgov import queries
from adapters.ctgov.sandbox import Sandbox, SandboxServer
from bot.domain.message import Message
from tests.end_to_end.house import for_work, house, say_to, send_all
from tests.fakes.ctgov import HurriedClock
from tests.fakes.messenger import RecordingMessenger
from tests.records import record
from trialbell.wiring import Core

Raw = dict[str, Any]
Days = Mapping[date, list[Raw]]

FIRST = date(2026, 2, 2)
"""The first data day."""


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
        told = [one for _, message in self._messenger.sent for one in by_trial(message)]
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


def by_trial(message: Message) -> list[tuple[str, list[str]]]:
    """What a message says of each trial; a digest says it of several."""
    if message.facts:
        return [(message.facts[0].value, lines(message))]
    return [
        (section.heading[-12:-1], lines(replace(message, sections=(section,))))
        for section in message.sections
    ]


_MOVE = re.compile(r"\bwas (\d\S*)(?:, is| and is) now ([^\s,.]+)")


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
        await for_work(core)
        for trial in followed:
            await say_to(core, f"/follow {nct(trial)}")
            await say_to(core, "consent")
        yield Home(core, server, clock)


def starting(raw: Raw, day: str) -> Raw:
    """The record with another start date."""
    raw["protocolSection"]["statusModule"]["startDateStruct"] = {"date": day}
    return raw


def two_days() -> Days:
    """Two trials that are updated, and one that changes without a new date."""
    return on_days(
        [record(1, FIRST), record(2, FIRST), starting(record(3, date(2025, 6, 1)), "2026-05-01")],
        [
            record(1, FIRST + timedelta(days=1), enrollment=101),
            record(2, FIRST + timedelta(days=1), enrollment=102),
            starting(record(3, date(2025, 6, 1)), "2026-06-01"),
        ],
    )


TRUE_NEWS = {
    nct(1): ["100 -> 101"],
    nct(2): ["100 -> 102"],
    nct(3): ["2026-05-01 -> 2026-06-01"],
}


STAGES: dict[str, Callable[[web.Request], bool]] = {
    "version": lambda request: request.path.endswith("/version"),
    "updated": lambda request: "filter.advanced" in request.query,
    "glimpse": lambda request: request.query.get("fields") == queries.GLIMPSE,
    "in full": lambda request: (
        "filter.ids" in request.query and request.query["fields"] == queries.RECORD
    ),
}
"""The requests of one reading."""
