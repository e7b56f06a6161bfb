"""Twelve recorded data days of the registry go in; exactly the right messages come out."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from bot.domain.message import Message
from bot.services.poll import OVERLAP
from tests.end_to_end.house import house, say_to, send_all
from tests.end_to_end.truth import filed_under, mentions, number, posted, tellable
from tests.fakes.messenger import RecordingMessenger
from tests.shared import SHARED, needs_shared, read_jsonl
from trialbell.wiring import Core

REPLAY = SHARED / "ctgov" / "replay"
REALLY_NEW = "NCT07386002"
FOLLOWED_TRIALS = 200
LEAST_TOLD = 15
"""So many different trials are told of: fewer would mean that the test sees too little."""

CONDITIONS = {"asthma": "D001249", "glioblastoma": "D005909", "lung cancer": "D008175"}
"""Each as somebody types it, with the MeSH heading that the registry files it under."""

pytestmark = pytest.mark.xdist_group("replay")  # one process reads the recorded days, once

Day = tuple[date, dict[str, Any]]


@pytest.fixture(scope="module")
def days() -> list[Day]:
    """Every data day with the records that it holds, by number."""
    return [
        (
            date.fromisoformat(path.name[:10]),
            {number(record): record for record in read_jsonl(path)},
        )
        for path in sorted(REPLAY.iterdir())
    ]


class Refreshed(Sandbox):
    """A registry that may process its data again on the same data day, with nothing new in them."""

    minute = 0

    @property
    def data_timestamp(self) -> str:
        """The data day's timestamp, later by the times that the data were processed again."""
        return f"{self.day}T09:{self.minute:02}:06"


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    """The recorded days, served as the registry would."""
    async with SandboxServer(Refreshed.from_folder(REPLAY)) as running:
        yield running


def matches(record: Any) -> bool:
    """Whether any of the followed conditions matches, by the raw record alone."""
    return any(
        filed_under(record, mesh) or mentions(record, words) for words, mesh in CONDITIONS.items()
    )


def most_recorded(days: list[Day]) -> set[str]:
    """The trials that stand in the most data days, where a change can be seen."""
    times = Counter(key for _, records in days for key in sorted(records))
    return {key for key, _ in times.most_common(FOLLOWED_TRIALS)}


class Expected:
    """An independent count, from the raw records, of what a chat must hear on each day.

    A trial is known from the day on which it was followed, listed for a followed condition, or
    within the dates that a reading asks for. What is known and changes is told, on the day on which
    it changes; what is not known and was first posted since the follow is new.
    """

    def __init__(self, followed: set[str]) -> None:
        self.followed = followed
        self.known: dict[str, Any] = {}
        self.last_day: date | None = None
        self.first_day: date | None = None

    def day(self, day: date, records: dict[str, Any]) -> set[str]:
        """The numbers of the trials that are to be told on this day."""
        told = set()
        for key, record in records.items():
            if key in self.known:
                wanted = key in self.followed or (matches(self.known[key]) and matches(record))
                if wanted and tellable(self.known[key], record):
                    told.add(key)
            elif self._is_new(record) and matches(record):
                told.add(key)
            if key in self.known or self._is_read(day, key, record):
                self.known[key] = record
        self.first_day = self.first_day or day
        self.last_day = day
        return told

    def _is_new(self, record: Any) -> bool:
        posted_on = posted(record, "studyFirstPostDateStruct")
        return self.first_day is not None and posted_on >= str(self.first_day)

    def _is_read(self, day: date, key: str, record: Any) -> bool:
        since = min(self.last_day or day, day) - OVERLAP
        by_date = posted(record, "lastUpdatePostDateStruct") >= str(since)
        listed = self.first_day is None and matches(record)
        return by_date or listed or key in self.followed


def numbers_of(message: Message) -> list[str]:
    """Which trials a message is about: a digest of one data day tells each once."""
    if message.facts:
        return [message.facts[0].value]
    told = re.match(r"(\d+) things happened in (?:a|\1) trial", message.title)
    assert told is not None, message.title
    numbers = [section.heading[-12:-1] for section in message.sections]
    assert len(numbers) == int(told[1])
    return numbers


async def follow_all(core: Core, trials: set[str]) -> None:
    """Follow these trials as a person would, with consent asked once."""
    for trial in sorted(trials):
        answer = await say_to(core, f"/follow {trial}")
        if answer.buttons[0].action == "consent":
            answer = await say_to(core, "consent")
        assert answer.title == f"You follow {trial}"


async def read_and_send(core: Core, messenger: RecordingMessenger) -> list[str]:
    """Read what is new, send what is owed, and give the trials that were told."""
    reading = await core.reader.look()
    assert reading is not None
    assert reading.fresh
    await send_all(core, messenger)
    told = [number for _, message in messenger.sent for number in numbers_of(message)]
    messenger.sent.clear()
    return told


@needs_shared
async def test_the_recorded_days_tell_exactly_what_changed(
    days: list[Day], server: SandboxServer, tmp_path: Path
) -> None:
    """200 trials and three conditions: each change that matters once, on its day, and no other.

    Each day is read a second time after the first was told: that tells nothing more.
    """
    assert isinstance(server.sandbox, Refreshed)
    followed = most_recorded(days)
    expected = Expected(followed)
    messenger = RecordingMessenger()
    total: Counter[str] = Counter()
    seen: set[str] = set()
    async with house(server, tmp_path) as core:
        for index, (day, records) in enumerate(days):
            if index:
                server.sandbox.step()
                server.sandbox.minute = 0
            wanted = sorted(expected.day(day, records))
            told = await read_and_send(core, messenger)
            assert sorted(told) == wanted, day
            server.sandbox.minute += 1
            assert await read_and_send(core, messenger) == []
            assert index or not told
            total.update(told)
            # A trial can be followed from the day on which the registry has it.
            await follow_all(core, followed & (records.keys() - seen))
            seen |= records.keys()
            if index == 0:
                for words in CONDITIONS:
                    shown = await say_to(core, f"/follow {words}")
                    answer = await say_to(core, shown.buttons[0].action or "")
                    assert answer.title == f"You follow “{words}”"
                await core.baselines.run(asyncio.Event())
    assert total[REALLY_NEW] == 1
    assert len(total) >= LEAST_TOLD


@needs_shared
async def test_what_changes_every_day_in_every_record_is_no_news(tmp_path: Path) -> None:
    """Real versions that differ only in the registry's own daily mark tell nobody anything."""
    trials = list(read_jsonl(SHARED / "ctgov" / "noise.jsonl.gz"))
    recorded: dict[date, list[Any]] = {date(2026, 2, 2) + timedelta(days=n): [] for n in range(2)}
    for trial in trials:
        for records, version in zip(recorded.values(), trial["versions"], strict=True):
            records.append(version)
    messenger = RecordingMessenger()
    async with (
        SandboxServer(Sandbox.from_days(recorded)) as server,
        house(server, tmp_path) as core,
    ):
        await core.reader.look()
        await follow_all(core, {trial["nctId"] for trial in trials})
        server.sandbox.step()
        reading = await core.reader.look()
        assert reading is not None
        assert reading.glimpsed + reading.intake.records >= len(trials)
        await send_all(core, messenger)
    assert messenger.sent == []
