"""Chats hear when they chose, on clocks that skip and repeat hours and days; none twice, none lost.

The store, the sender and what it sends are real; only the clock is held in the hand. What has to
arrive is what was planted; what arrives is read out of the messages.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from bot.domain.change import Change, Kind
from bot.domain.message import Message
from bot.domain.settings.chat import ChatSettings, Rhythm
from bot.ports.store import Store
from bot.services.composing import Composer
from storage.store import SqlStore
from tests.bot.services.owing import chat, deliverer
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.studies import PARSERS, SECRET, absorb, changed, follower, lease, read, study

TRIALS = 9
STEP = timedelta(hours=1)
BUSY = 0.25
"""Of so many hours something changes."""

STATUS = "protocolSection.statusModule.overallStatus"
URGENT = {"SUSPENDED", "TERMINATED", "WITHDRAWN"}

_MARK = re.compile(r"\bX(\d{4})\b")
_STOPPED = re.compile(r"is now “(Suspended|Terminated|Withdrawn)”")

ROOMS: tuple[dict[str, Any], ...] = (
    {},
    {"quiet_from": 22, "quiet_to": 7},
    {"quiet_from": 22, "quiet_to": 7, "urgent_in_quiet": True},
    {"quiet_from": 0, "quiet_to": 3},
    {"rhythm": Rhythm.DAILY, "hour": 8},
    {"rhythm": Rhythm.DAILY, "hour": 1},
    {"rhythm": Rhythm.DAILY, "hour": 23, "quiet_from": 22, "quiet_to": 7},
    {"rhythm": Rhythm.DAILY, "hour": 12, "urgent_in_quiet": True},
    {"rhythm": Rhythm.WEEKLY, "hour": 9, "weekday": 6},
    {"rhythm": Rhythm.WEEKLY, "hour": 0, "weekday": 2, "discreet": True},
)
"""What the chats choose, one after the other; all follow everything."""


class Heard(msgspec.Struct, frozen=True):
    """One message that arrived."""

    at: datetime
    marks: tuple[int, ...]
    """Which of the planted changes it tells."""
    stopped: bool


class Life:
    """Some days of chats in one place."""

    def __init__(self, store: Store, zone: str, begin: datetime, seed: int) -> None:
        self.store = store
        self.zone = ZoneInfo(zone)
        self.settings = [ChatSettings(time_zone=zone, **room) for room in ROOMS]
        self.clock = HeldClock()
        self.clock.time = begin
        self.chance = random.Random(seed)
        self.messenger = RecordingMessenger()
        self.planted: dict[int, datetime] = {}
        self.urgent: set[int] = set()
        self.heard: dict[int, list[Heard]] = defaultdict(list)
        self.ids: dict[str, int] = {}
        self._sender = deliverer(store, self.messenger, self.clock)

    async def begin(self) -> None:
        """The trials, and chats that follow all of them."""
        day = self.clock.now().date() - timedelta(days=3)
        await absorb(self.store, *(read(study(one)) for one in range(TRIALS)), day=day)
        for at, settings in enumerate(self.settings):
            address = chat(at)
            self.ids[address.chat] = await follower(self.store, address, *range(TRIALS), since=day)
            await self.store.chats.configure(self.ids[address.chat], settings)

    async def live(self, hours: int) -> None:
        """Hour by hour: perhaps something changes, and what is due is sent."""
        held = await lease(self.store, seconds=3600)
        for _ in range(hours):
            if self.chance.random() < BUSY:
                await self._plant(self.chance.choice((1, 1, 1, 2, 9)))
            await self._send(held)
            self.clock.let_pass(STEP.total_seconds())
        while (due := await self.store.notices.next_due("terminal", "local")) is not None:
            self.clock.time = max(self.clock.time, due)
            await self._send(held)

    async def _plant(self, count: int) -> None:
        """Changes in so many trials, all at once, each with its mark."""
        now = self.clock.now()
        for trial in self.chance.sample(range(TRIALS), count):
            mark = len(self.planted)
            self.planted[mark] = now
            changes = [
                Change(
                    kind=Kind.OTHER,
                    path=f"protocolSection.unknownField{mark}",
                    old="before",
                    new=f"X{mark:04}",
                )
            ]
            if self.chance.random() < 0.1:
                self.urgent.add(mark)
                stopped = self.chance.choice(sorted(URGENT))
                changes.append(Change(kind=Kind.STATUS, path=STATUS, old="RECRUITING", new=stopped))
            await absorb(
                self.store,
                changed(trial, *changes, day=now.date(), cause=f"reading-{mark + 2}"),
                day=now.date(),
                now=now,
            )

    async def _send(self, held: Any) -> None:
        self.messenger.sent.clear()
        await self._sender.run_until_paid(held)
        for address, message in self.messenger.sent:
            at = int(address.chat)
            shown = await self._shown(message, self.ids[address.chat])
            text = "\n".join(_texts(shown))
            marks = tuple(int(mark) for mark in _MARK.findall(text))
            assert marks, text
            stopped = bool(_STOPPED.search(text))
            self.heard[at].append(Heard(self.clock.now(), marks, stopped))

    async def _shown(self, message: Message, chat_id: int) -> Message:
        """What a discreet line stands for, as its button shows it."""
        if message.title != "There is news.":
            return message
        assert not message.sections
        asked = int((message.buttons[0].action or "").removeprefix("show "))

        told = await self.store.notices.told(chat_id, asked)
        group = msgspec.structs.replace(told[0], beside=told[1:])
        shown = (await Composer(self.store).compose(group, 10**6)).message
        assert shown is not None
        return shown


def _texts(message: Message) -> Iterator[str]:
    yield message.title
    for section in message.sections:
        yield section.heading
        yield from section.lines


def check(life: Life) -> None:
    """Everything once, at the hours that were chosen."""
    for at, settings in enumerate(life.settings):
        heard = life.heard[at]
        times = Counter(mark for one in heard for mark in one.marks)
        assert times.keys() == life.planted.keys(), settings
        assert set(times.values()) <= {1}, settings
        for one in heard:
            may_pass = settings.urgent_in_quiet and one.stopped
            assert may_pass or not in_the_night(settings, one.at.astimezone(life.zone)), settings
            assert may_pass or on_the_hour(settings, one.at, life.zone), settings
            for mark in one.marks:
                assert one.at - life.planted[mark] <= longest_wait(settings), settings
        if settings.urgent_in_quiet:
            told = {mark: one.at for one in heard for mark in one.marks}
            assert all(told[mark] == life.planted[mark] for mark in life.urgent)


def in_the_night(settings: ChatSettings, local: datetime) -> bool:
    """Whether the clock on the wall shows one of the quiet hours."""
    begin, end = settings.quiet_from, settings.quiet_to
    if begin is None or end is None:
        return False
    hours = {(begin + n) % 24 for n in range((end - begin) % 24)}
    return local.hour in hours


def on_the_hour(settings: ChatSettings, at: datetime, zone: ZoneInfo) -> bool:
    """Whether the digest's hour struck since the last look, or the night that held it ended."""
    if settings.rhythm is Rhythm.AT_ONCE:
        return True
    for minutes in range(60):
        local = (at - timedelta(minutes=minutes)).astimezone(zone)
        weekly = settings.rhythm is Rhythm.WEEKLY and local.weekday() != settings.weekday
        held = (
            settings.quiet_to if in_the_night(settings, local.replace(hour=settings.hour)) else None
        )
        if local.minute == 0 and not weekly and local.hour == (held or settings.hour):
            return True
    return False


def longest_wait(settings: ChatSettings) -> timedelta:
    """A digest's day or week, a change of the clock, and a night."""
    days = {Rhythm.AT_ONCE: 0, Rhythm.DAILY: 1, Rhythm.WEEKLY: 7}[settings.rhythm]
    return timedelta(days=days, hours=12)


async def live(store: Store, zone: str, first: date, seed: int, hours: int = 36) -> Life:
    """Busy hours from noon on, and then until the slowest chat has heard of them."""
    begin = datetime(first.year, first.month, first.day, 12, tzinfo=UTC)
    life = Life(store, zone, begin, seed)
    await life.begin()
    await life.live(hours)
    return life


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("America/New_York", date(2026, 3, 7)),  # one hour is skipped on the 8th
        ("America/New_York", date(2026, 10, 31)),  # and shown twice on 1 November
        ("UTC", date(2028, 2, 28)),  # a leap day
        ("Pacific/Apia", date(2011, 12, 29)),  # a day that never was, over the date line
        ("Europe/Moscow", date(2014, 10, 25)),  # the last change of the rules there
        ("Australia/Lord_Howe", date(2026, 4, 3)),  # half an hour back
    ],
)
async def test_everybody_hears_everything_once_at_their_hour(
    zone: str, first: date, migrated_sqlite: Path, tmp_path: Path
) -> None:
    """Through both changes of daylight saving, a leap day, and rules that change."""
    file = shutil.copy(migrated_sqlite, tmp_path / "store.db")
    store = await SqlStore.open(f"sqlite:///{file}", SECRET, parsers=PARSERS)
    try:
        life = await live(store, zone, first, seed=first.toordinal())
        check(life)
        assert len(life.planted) > 5
    finally:
        await store.close()


async def test_everybody_hears_everything_once_on_either_engine(store: SqlStore) -> None:
    """The same for the databases' own ways of keeping moments."""
    check(await live(store, "Europe/Berlin", date(2026, 3, 28), seed=3, hours=24))
