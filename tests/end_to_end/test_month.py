"""A month of many chats: each hears once what it should, by a message of its own or in a digest.

The registry serves recorded days with changes planted into them, each with a mark that stands
nowhere else. What a chat should hear is counted from what was planted and from the raw records; the
count shares no code with the program. What it heard is read out of the messages that arrived.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from bot.domain.address import Address
from bot.domain.change import Kind, mask
from bot.domain.chat_settings import ChatSettings, Rhythm
from bot.domain.commands import Request
from bot.domain.message import Message
from bot.domain.outcome import ChatGone, Outcome, TryLater
from bot.domain.study import CTGOV, MeshTerm, StudyKey
from bot.domain.watch import Interest
from bot.services.deliver import Deliverer
from tests.end_to_end.house import house
from tests.end_to_end.planting import CONDITIONS, PLANTS, Month
from tests.fakes.ctgov import HurriedClock
from tests.fakes.messenger import RecordingMessenger
from tests.shared import needs_shared
from trialbell.wiring import Core

SEED = 20260202
PLANTED_FOR_A_CHAT = 3
MOST_PLANTED = 2000
TRIALS_OF_FEW, TRIALS = 60, 200
"""How many trials there are, of those that stand in the most recorded days: so many changes can be
planted at ten for each. A small run has fewer of them."""

MANY = 500
"""Chats from which on a run is no small one."""

LAST_HOUR = datetime(2026, 3, 8, tzinfo=UTC)
"""By then the slowest weekly digest after the last data day has come."""


REPLAYED = mask(
    (
        Kind.STATUS,
        Kind.WHY_STOPPED,
        Kind.RESULTS,
        Kind.EXPANDED_ACCESS,
        Kind.ELIGIBILITY,
        Kind.SITES,
        Kind.DATES,
        Kind.ENROLLMENT,
    )
)
"""Exactly what ``truth.tellable`` sees: of chats with this choice all that they hear is counted."""

ROOMS: tuple[dict[str, Any], ...] = (
    {},
    {"quiet_from": 21, "quiet_to": 8},
    {"quiet_from": 21, "quiet_to": 8, "urgent_in_quiet": True},
    {"rhythm": Rhythm.DAILY},
    {"rhythm": Rhythm.DAILY, "hour": 20, "discreet": True},
    {"rhythm": Rhythm.WEEKLY, "weekday": 4, "hour": 17},
    {"discreet": True},
    {"rhythm": Rhythm.DAILY, "urgent_in_quiet": True, "hour": 6},
)
ZONES = ("UTC", "America/New_York", "Asia/Kathmandu", "Europe/Berlin", "Pacific/Kiritimati")

_MARK = re.compile(r"\bP(\d{5})\b")
_THINGS = re.compile(r"(\d+) things happened in")


class Chat(msgspec.Struct, frozen=True):
    """One chat: what it follows and chose, and when it was away."""

    address: Address
    trials: frozenset[str]
    words: str | None
    kinds: int
    settings: tuple[ChatSettings, ...]
    """At first and, where there are two, from the middle of the month on."""
    muted: str | None
    away: tuple[date, date] | None
    """From and to which day it could not be reached."""


def made_up(at: int, chance: random.Random, trials: Sequence[str]) -> Chat:
    """A chat of mixed choices."""
    followed = frozenset(chance.sample(trials, chance.choice((1, 1, 2, 2, 4, 4, 8, 15))))
    choices = [
        ChatSettings(time_zone=chance.choice(ZONES), **chance.choice(ROOMS)) for _ in range(2)
    ]
    some = mask(chance.sample(sorted(PLANTS), 4))
    away = (date(2026, 2, 5), date(2026, 2, 12)) if chance.random() < 0.05 else None
    return Chat(
        address=Address("terminal", "local", str(at)),
        trials=followed,
        words=chance.choice((*[None] * 12, *CONDITIONS)),
        kinds=chance.choice((mask(Kind), REPLAYED, some)),
        settings=tuple(choices[: chance.choice((1, 1, 2))]),
        muted=chance.choice(sorted(followed)) if chance.random() < 0.2 else None,
        away=away,
    )


class Expected:
    """What a chat should hear, from the raw records and what was planted."""

    def __init__(self, month: Month, chat: Chat) -> None:
        self.marks: set[int] = set()
        self.things = 0
        by_day = defaultdict(list)
        for one in month.planted:
            by_day[one.day, one.trial].append(one)
        for day, trial, _, _ in month.steps:
            follows = trial in chat.trials or (day, trial, chat.words) in month.matching
            if follows and trial != chat.muted:
                here = by_day[day, trial]
                self.marks |= {one.mark for one in here if one.kind.bit & chat.kinds}
                self.things += (day, trial) in month.told


class Life:
    """The chats of a month over a real core; its clock goes from moment to moment of sending."""

    def __init__(self, core: Core, server: SandboxServer, clock: HurriedClock, seed: int) -> None:
        self.core, self.server, self.clock = core, server, clock
        self.chance = random.Random(seed)
        self.messenger = RecordingMessenger(in_flight=16)
        self.messenger.script = self._answer
        self.chats: dict[str, Chat] = {}
        self.marks: dict[str, Counter[int]] = defaultdict(Counter)
        self.things: Counter[str] = Counter()
        self.messages = self.digests = 0

    async def begin(self, month: Month, chats: Sequence[Chat]) -> None:
        """Everybody follows on the first day."""
        core, first = self.core, month.dates[0]
        for trial in month.trials:
            await core.means.look_up.find(StudyKey(CTGOV, trial))
        for one in chats:
            self.chats[one.address.chat] = one
            kept = await core.store.chats.chat(one.address)
            await core.store.chats.configure(kept.id, one.settings[0])
            for trial in sorted(one.trials):
                key = StudyKey(CTGOV, trial)
                await core.store.chats.follow_study(kept.id, key, kinds=one.kinds, since=first)
            if one.words is not None:
                terms = (MeshTerm(CONDITIONS[one.words], one.words),)
                topic = Interest(words=one.words, terms=terms, phrases=(one.words,))
                await core.store.chats.follow_interest(kept.id, topic, kinds=one.kinds, since=first)
            if one.muted is not None:
                await core.store.chats.mute(kept.id, StudyKey(CTGOV, one.muted))

    async def live(self, month: Month) -> None:
        """Read each data day, and send whatever comes to be due until the next."""
        # Longer than any run of the longest month: there is nobody else to take over.
        lease = await self.core.store.leases.acquire("send:terminal", "month", 24 * 3600)
        assert lease is not None
        sender = self.core.deliverer(self.messenger)
        ends = [datetime.combine(day, time(14), UTC) for day in month.dates[1:]]
        for at, end in enumerate((*ends, LAST_HOUR)):
            self.clock.time = datetime.combine(month.dates[at], time(15), UTC)
            if at:
                self.server.sandbox.step()
            reading = await self.core.reader.look()
            assert reading is not None
            assert reading.fresh
            if at == len(ends) // 2:
                await self._choose_anew()
            await self._send_until(end, sender, lease)

    async def _send_until(self, end: datetime, sender: Deliverer, lease: Any) -> None:
        while True:
            await sender.run_until_paid(lease)
            await self._hear()
            due = await self.core.store.notices.next_due("terminal", "local")
            probe = self.clock.now() + timedelta(days=1)  # whoever was away is tried once a day
            due = probe if due is None else min(due, probe)
            if due > end:
                return
            self.clock.time = max(self.clock.time, due)

    async def _choose_anew(self) -> None:
        for one in self.chats.values():
            if len(one.settings) > 1:
                kept = await self.core.store.chats.chat(one.address)
                await self.core.store.chats.configure(kept.id, one.settings[1])

    def _answer(self, address: Address, _: Message) -> Outcome | None:
        away = self.chats[address.chat].away
        if away and away[0] <= self.clock.now().date() < away[1]:
            return ChatGone("blocked")
        return TryLater("slow mode", after=20) if self.chance.random() < 0.03 else None

    async def _hear(self) -> None:
        for address, message in self.messenger.sent:
            self.messages += 1
            shown = await self._shown(address, message)
            text = "\n".join(_texts(shown))
            several = _THINGS.match(shown.title)
            self.digests += several is not None
            self.marks[address.chat].update(int(mark) for mark in _MARK.findall(text))
            self.things[address.chat] += int(several[1]) if several else 1
        self.messenger.sent.clear()

    async def _shown(self, address: Address, message: Message) -> Message:
        """What a discreet line stands for, by a press of its button."""
        if message.title != "There is news.":
            return message
        command, _, text = (message.buttons[0].action or "").partition(" ")
        request = Request(command=command, text=text, address=address, private=True)
        (shown,) = await self.core.desk.answer(request)
        return shown


def _texts(message: Message) -> Iterator[str]:
    for section in message.sections:
        yield from section.lines


@needs_shared
@pytest.mark.timeout(0)  # how many chats there are is an option
async def test_everybody_hears_once_what_they_should(
    tmp_path: Path, pytestconfig: pytest.Config, figures: Callable[[str], None]
) -> None:
    """All that was planted and recorded is told to whom it concerns, once, and to nobody else."""
    count = pytestconfig.getoption("month_chats")
    chance = random.Random(SEED)
    trials = TRIALS if count >= MANY else TRIALS_OF_FEW
    month = Month(chance, trials, min(MOST_PLANTED, PLANTED_FOR_A_CHAT * count))
    chats = [made_up(at, chance, month.trials) for at in range(count)]
    days = {day: list(records.values()) for day, records in month.days.items()}
    clock = HurriedClock()
    clock.time = datetime.combine(month.dates[0], time(14), UTC)
    async with (
        SandboxServer(Sandbox.from_days(days)) as server,
        house(server, tmp_path, clock=clock) as core,
    ):
        life = Life(core, server, clock, SEED)
        await life.begin(month, chats)
        await life.live(month)
        debts = await core.store.notices.debts(clock.now())
    assert debts.by_state.keys() <= {"sent", "moot"}
    heard = counted = 0
    for chat in chats:
        wanted, name = Expected(month, chat), chat.address.chat
        marks = life.marks[name]
        assert marks == Counter(wanted.marks), (chat, marks - Counter(wanted.marks))
        heard += len(marks)
        if chat.kinds == REPLAYED:
            assert life.things[name] == wanted.things, chat
            counted += wanted.things
    figures(
        f"{count} chats, {len(month.planted)} planted: {heard} heard by mark, {counted} by count, "
        f"in {life.messages} messages, {life.digests} of them digests"
    )
    assert life.digests
