"""The life of a month's chats over a real core, and what they heard in it."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from adapters.ctgov.sandbox import SandboxServer
from bot.domain.address import Address
from bot.domain.commands import Request
from bot.domain.message import Message
from bot.domain.outcome import ChatGone, Outcome, TryLater
from bot.domain.study import CTGOV, MeshTerm, StudyKey
from bot.domain.watch import Interest
from bot.ports.leases import Lease
from bot.ports.store_errors import StoreUnavailable
from bot.services.deliver import Deliverer
from tests.end_to_end.people import Chat
from tests.end_to_end.planting import CONDITIONS, Month
from tests.fakes.ctgov import HurriedClock
from tests.fakes.messenger import RecordingMessenger
from trialbell.wiring import Core

LAST_HOUR = datetime(2026, 3, 8, tzinfo=UTC)
"""By then the slowest weekly digest after the last data day has come."""

BORNE = 20
"""So often in all a database that somebody else holds for too long is only tried again."""

_MARK = re.compile(r"\bP(\d{5})\b")
_THINGS = re.compile(r"(\d+) things happened in")


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
        self.messages = self.digests = self.borne = 0

    async def begin(self, month: Month, chats: Sequence[Chat]) -> None:
        """Everybody follows on the first day."""
        core, first = self.core, month.dates[0]
        for trial in month.trials:
            await core.means.look_up.find(StudyKey(CTGOV, trial))
        for one in chats:
            self.chats[one.address.chat] = one
            kept = await core.store.chats.chat(one.address)
            await core.store.chats.configure(kept.id, one.settings[0])
            if not one.feed:
                await core.store.chats.consent(kept.id, self.clock.now())
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

    async def _send_until(self, end: datetime, sender: Deliverer, lease: Lease) -> None:
        while True:
            await self._pay(sender, lease)
            await self._hear()
            due = await self.core.store.notices.next_due("terminal", "local")
            probe = self.clock.now() + timedelta(days=1)  # whoever was away is tried once a day
            due = probe if due is None else min(due, probe)
            if due > end:
                return
            self.clock.time = max(self.clock.time, due)

    async def _pay(self, sender: Deliverer, lease: Lease) -> None:
        """Send all that is due, and bear a busy database as the program does that runs for ever."""
        while True:
            try:
                await sender.run_until_paid(lease)
            except StoreUnavailable:
                self.borne += 1
                if self.borne > BORNE:
                    raise
            else:
                return

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
