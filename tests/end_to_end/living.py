"""The life of a month's chats over a real core, and what they heard in it."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from adapters.ctgov.sandbox import SandboxServer
from bot.domain.address import Address
from bot.domain.commands.request import Request
from bot.domain.filters import Filter
from bot.domain.message import Message
from bot.domain.outcome import ChatGone, Outcome, TryLater
from bot.domain.settings.chat import Rhythm
from bot.domain.study import CTGOV, MeshTerm, StudyKey
from bot.domain.watch import Interest
from bot.ports.leases import Lease
from bot.ports.store_errors import StoreUnavailable
from bot.services.deliver import Deliverer
from tests.end_to_end.belonging import CONDITIONS, Topic
from tests.end_to_end.counting import Heard
from tests.end_to_end.overhearing import things, told
from tests.end_to_end.people import COUNTED, Chat, near
from tests.end_to_end.planting import Month
from tests.fakes.ctgov import HurriedClock
from tests.fakes.messenger import RecordingMessenger
from trialbell.wiring import Core

LAST_HOUR = datetime(2026, 3, 8, tzinfo=UTC)
"""By then the slowest weekly digest after the last data day has come."""

GRACE = timedelta(days=10)
"""For how long the debts wait of who cannot be reached."""

TRIED_AGAIN = timedelta(days=2)
"""Whoever seems gone is tried once a day, and the day ends at another hour where they live."""

_EVERY = {
    Rhythm.AT_ONCE: timedelta(),
    Rhythm.DAILY: timedelta(days=1),
    Rhythm.WEEKLY: timedelta(days=7),
}

PATIENCE = 0.5
"""Real seconds after which something is waited for that needs time to pass."""

SLOW = 0.03
"""Of the messages that a platform asks to send later."""

BORNE = 20
"""So often in all a database that somebody else holds for too long is only tried again."""


class MonthClock(HurriedClock):
    """Time that passes only where nothing is on its way: what is sent here takes none."""

    async def wait_for(self, event: asyncio.Event, seconds: float) -> bool:
        """Until the event; where it does not come, the time passes."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await event.wait()
        return await super().wait_for(event, seconds)


class Life:
    """The chats of a month over a real core; its clock goes from moment to moment of sending."""

    def __init__(
        self,
        core: Core,
        server: SandboxServer,
        clock: MonthClock,
        month: Month,
        seed: int,
    ) -> None:
        self.core, self.server, self.clock, self.month = core, server, clock, month
        self.chance = random.Random(seed)
        self.messenger = RecordingMessenger(in_flight=16)
        self.messenger.script = self._answer
        self.chats: dict[str, Chat] = {}
        self.heard: defaultdict[str, Heard] = defaultdict(Heard)
        self.gone: dict[str, datetime] = {}
        """When the platform first said that a chat cannot be reached."""
        self.back: dict[str, tuple[datetime, int]] = {}
        """When one first took a message again, and how many things that told."""
        self.expired: list[datetime] = []
        """When debts were let expire."""
        self.messages = self.digests = self.borne = 0

    async def begin(self, chats: Sequence[Chat]) -> None:
        """Everybody follows on the first day."""
        for trial in self.month.trials:
            await self.core.means.look_up.find(StudyKey(CTGOV, trial))
        for one in chats:
            self.chats[one.address.chat] = one
            await self._follow(one, self.month.dates[0])

    async def _follow(self, one: Chat, since: date) -> None:
        chats = self.core.store.chats
        kept = await chats.chat(one.address)
        await chats.configure(kept.id, one.settings[0])
        if not one.feed:
            await chats.consent(kept.id, self.clock.now())
        for trial in sorted(one.trials):
            key = StudyKey(CTGOV, trial)
            await chats.follow_study(kept.id, key, kinds=one.kinds, since=since)
        if one.topic is not None:
            topic = interest(one.topic)
            await chats.follow_interest(kept.id, topic, kinds=one.kinds, since=since)
        if one.muted is not None:
            await chats.mute(kept.id, StudyKey(CTGOV, one.muted))

    async def live(self) -> None:
        """Read each data day, and send whatever comes to be due until the next."""
        # Longer than any run of the longest month: there is nobody else to take over.
        lease = await self.core.store.leases.acquire("send:terminal", "month", 24 * 3600)
        assert lease is not None
        sender = self.core.deliverer(self.messenger)
        ends = [datetime.combine(day, time(14), UTC) for day in self.month.dates[1:]]
        for at, end in enumerate((*ends, LAST_HOUR)):
            day = self.month.dates[at]
            self.clock.time = datetime.combine(day, time(15), UTC)
            if at:
                self.server.sandbox.step()
            await self._expire()
            await self._rest(day, paused=True)
            reading = await self.core.reader.look()
            assert reading is not None
            assert reading.fresh
            await self._rest(day, paused=False)
            if at == len(ends) // 2:
                await self._choose_anew()
            await self._send_until(end, sender, lease)

    async def _expire(self) -> None:
        self.expired.append(self.clock.now())
        await self.core.store.notices.expire(self.clock.now() - GRACE)

    async def _rest(self, day: date, *, paused: bool) -> None:
        chats = self.core.store.chats
        for one in self.chats.values():
            if one.rests == day:
                kept = await chats.chat(one.address)
                for followed in await chats.subscriptions(kept.id):
                    await chats.adjust(kept.id, followed.id, paused=paused)

    def lost(self, chat: Chat) -> list[date]:
        """The data days of which its debts expired while it could not be reached.

        As the platform saw it: since its first refusal, for longer than the grace lasts.
        """
        name = chat.address.chat
        if name not in self.gone:
            return []
        gone, (back, _) = self.gone[name], self.back.get(name, (LAST_HOUR, 0))
        ends = [at.date() for at in self.expired if gone < at - GRACE and at < back]
        return [day for day in self.month.dates if ends and gone.date() <= day < max(ends)]

    def waited(self, chat: Chat, wanted: Heard) -> int:
        """How many things it was owed when it could be reached again, where that is counted."""
        name = chat.address.chat
        if name not in self.back or chat.kinds not in COUNTED:
            return 0
        gone, back = self.gone[name].date(), self.back[name][0].date()
        return sum(count for day, count in wanted.by_day.items() if gone <= day < back)

    def late(self, chat: Chat, wanted: Heard) -> bool:
        """Whether what waited for it came later than its rhythm and the tries of a day explain."""
        name = chat.address.chat
        if chat.away is None or not self.waited(chat, wanted):
            return False
        slowest = max(_EVERY[one.rhythm] for one in chat.settings)
        return self.back[name][0].date() > chat.away[1] + TRIED_AGAIN + slowest

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
        name, now = address.chat, self.clock.now()
        away = self.chats[name].away
        if away and away[0] <= now.date() < away[1]:
            self.gone.setdefault(name, now)
            return ChatGone("blocked")
        return TryLater("slow mode", after=20) if self.chance.random() < SLOW else None

    async def _hear(self) -> None:
        for address, message in self.messenger.sent:
            self.messages += 1
            shown = await self._shown(address, message)
            count, heard = things(shown), self.heard[address.chat]
            self.digests += count > 1
            if address.chat in self.gone:
                self.back.setdefault(address.chat, (self.clock.now(), count))
            heard.things += count
            for one in told(shown):
                heard.trials.add(one.trial)
                heard.marks.update(one.marks)
                heard.marks.update(
                    self.month.unmarked[one.trial, said]
                    for said in one.said
                    if (one.trial, said) in self.month.unmarked
                )
                heard.moves.update((one.trial, way, words) for way, words in one.moves)
        self.messenger.sent.clear()

    async def _shown(self, address: Address, message: Message) -> Message:
        """What a discreet line stands for, by a press of its button."""
        if message.title != "There is news.":
            return message
        command, _, text = (message.buttons[0].action or "").partition(" ")
        request = Request(command=command, text=text, address=address, private=True)
        (shown,) = await self.core.desk.answer(request)
        return shown


def interest(topic: Topic) -> Interest:
    """As it is followed."""
    return Interest(
        words=topic.words,
        terms=(MeshTerm(CONDITIONS[topic.words], topic.words),),
        phrases=(topic.words,),
        filter=Filter(
            near=near(*topic.near) if topic.near else None,
            countries=(topic.country,) if topic.country else (),
            statuses=(topic.status,) if topic.status else (),
            age=topic.age,
        ),
    )
