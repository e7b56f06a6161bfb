"""The queue of debts against a model of it, whatever happens in whatever order."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.domain.notice import Notice, NoticeState, Settlement
from storage.migrate import migrate
from storage.store import SqlStore
from tests.studies import (
    HOUR,
    NOW,
    PARSERS,
    SECRET,
    TELEGRAM,
    absorb,
    changed,
    follower,
    key,
    lease,
    read,
    study,
    telegram,
)

T = TypeVar("T")

PROBE_AFTER = 2 * HOUR
"""As a day is in earnest."""

TRIALS = range(3)
CHATS = range(4)

chats = st.sampled_from(CHATS)
trials = st.sampled_from(TRIALS)

Debt = tuple[int, str]
"""A trial's number and the cause; each cause is used once, so that debts sort by their age."""


class ModelChat:
    """What a chat follows, owes to be told, and was told."""

    def __init__(self) -> None:
        self.follows: set[int] = set()
        self.owed: list[Debt] = []
        self.told: list[Debt] = []
        self.paused = False
        self.probed_at: datetime | None = None
        self.waits_until: datetime = NOW


class QueueLaw(RuleBasedStateMachine):
    """Nothing lost, nothing twice, and every chat in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="law"))
        self.model = {at: ModelChat() for at in CHATS}
        self.ids: dict[int, int] = {}
        self.causes = (f"reading-{at:04}" for at in itertools.count(2))
        self.in_flight: dict[int, Notice] = {}
        self.now = NOW

    def run(self, doing: Awaitable[T]) -> T:
        """Do one thing to the store."""

        async def do() -> T:
            return await doing

        return self.runner.run(do())

    @initialize()
    def open(self) -> None:
        """A store with some trials and chats that follow none."""
        file = shutil.copy(self.run(asyncio.to_thread(template)), self.folder / "store.db")
        opening = SqlStore.open(f"sqlite:///{file}", SECRET, parsers=PARSERS)
        self.store = self.run(opening)
        self.run(absorb(self.store, *(read(study(number)) for number in TRIALS)))
        self.held = self.run(lease(self.store, seconds=3600))
        for at in CHATS:
            self.ids[at] = self.run(follower(self.store, telegram(at)))

    def teardown(self) -> None:
        """Pay everything that is left: all of it arrives, in order."""
        for at, chat in self.model.items():
            self.run(self.store.chats.resume(self.ids[at]))
            chat.paused = False
        self.now += 1000 * HOUR
        while self.in_flight or any(chat.owed for chat in self.model.values()):
            self.claim()
            assert self.in_flight
            for at in list(self.in_flight):
                self.settle_sent(at)
        self.run(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    @rule(at=chats, number=trials)
    def follow(self, at: int, number: int) -> None:
        """A chat follows a trial, or follows it already."""
        self.run(follower(self.store, telegram(at), number))
        self.model[at].follows.add(number)

    @rule(at=chats, number=trials)
    def unfollow(self, at: int, number: int) -> None:
        """A chat stops; what it is owed by then it stays owed."""
        for one in self.run(self.store.chats.subscriptions(self.ids[at])):
            if one.study == key(number):
                self.run(self.store.chats.unfollow(self.ids[at], one.id))
        self.model[at].follows.discard(number)

    @rule(number=trials)
    def change(self, number: int) -> None:
        """Something changes in a trial: exactly its followers are owed it."""
        cause = next(self.causes)
        written = self.run(absorb(self.store, changed(number, cause=cause), now=self.now))
        followers = [chat for chat in self.model.values() if number in chat.follows]
        assert written == len(followers)
        for chat in followers:
            chat.owed.append((number, cause))

    @rule()
    def claim(self) -> None:
        """The oldest debt of each chat that can be sent to, and no other."""
        before = self.now - PROBE_AFTER
        claimed = self.run(
            self.store.notices.claim(
                self.held, *TELEGRAM, busy=[], limit=100, now=self.now, probe_before=before
            )
        )
        expected = {
            at: chat.owed[0]
            for at, chat in self.model.items()
            if chat.owed
            and (not chat.paused or chat.probed_at is None or chat.probed_at <= before)
            and chat.waits_until <= self.now
            and at not in self.in_flight
        }
        got = {int(one.address.chat): debt_of(one) for one in claimed}
        assert got == expected
        self.in_flight.update({int(one.address.chat): one for one in claimed})
        for one in claimed:
            chat = self.model[int(one.address.chat)]
            assert one.probe == chat.paused
            chat.probed_at = self.now if chat.paused else None

    @precondition(lambda self: self.in_flight)
    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        """A send ends: it arrived, or it is to be tried again."""
        at = data.draw(st.sampled_from(sorted(self.in_flight)))
        if data.draw(st.booleans()):
            self.settle_sent(at)
            return
        until = self.now + data.draw(st.sampled_from([0, 1, 5])) * HOUR
        again = Settlement(state=NoticeState.DUE, due_at=until)
        self.run(self.store.notices.settle(self.held, self.in_flight.pop(at), again))
        self.model[at].waits_until = max(self.model[at].waits_until, until)

    def settle_sent(self, at: int) -> None:
        """It arrived."""
        notice = self.in_flight.pop(at)
        self.run(self.store.notices.settle(self.held, notice, Settlement(state=NoticeState.SENT)))
        chat = self.model[at]
        assert chat.owed.pop(0) == debt_of(notice)
        chat.told.append(debt_of(notice))

    @precondition(lambda self: self.in_flight)
    @rule()
    def crash(self) -> None:
        """The process dies and another takes its debts back."""
        again = self.run(self.store.notices.reclaim(self.held, *TELEGRAM))
        assert again == len(self.in_flight)
        self.in_flight.clear()

    @rule(at=chats)
    def pause_or_resume(self, at: int) -> None:
        """A chat goes away, or comes back."""
        chat = self.model[at]
        chat.paused = not chat.paused
        chat.probed_at = self.now if chat.paused else None
        if chat.paused:
            self.run(self.store.chats.pause(self.ids[at], self.now))
        else:
            self.run(self.store.chats.resume(self.ids[at]))

    @rule(at=chats)
    def perhaps_back(self, at: int) -> None:
        """A platform says that a chat may be back: it stays paused and is tried at once."""
        self.model[at].probed_at = None
        self.run(self.store.chats.try_again(telegram(at)))

    @rule()
    def time_passes(self) -> None:
        """An hour goes by."""
        self.now += HOUR

    @precondition(lambda self: not self.in_flight)
    @rule(old=chats, new=chats)
    def move(self, old: int, new: int) -> None:
        """A chat joins another; its old address is a new and empty chat from then on."""
        if old == new:
            return
        self.run(self.store.chats.move(self.ids[old], telegram(new)))
        gone, joined = self.model[old], self.model[new]
        joined.follows |= gone.follows
        left = {debt for debt in joined.owed if debt not in gone.told}
        left |= {debt for debt in gone.owed if debt not in joined.told}
        joined.owed = sorted(left, key=lambda debt: debt[1])
        joined.told += [debt for debt in gone.told if debt not in joined.told]
        joined.waits_until = max(joined.waits_until, gone.waits_until)
        self.ids[old] = self.run(follower(self.store, telegram(old)))
        self.model[old] = ModelChat()

    @rule()
    def look(self) -> None:
        """When the next is due is when a chat that can be sent to may have its oldest debt."""
        moments = [
            max(chat.waits_until, NOW)
            for at, chat in self.model.items()
            if chat.owed and not chat.paused and at not in self.in_flight
        ]
        due = self.run(self.store.notices.next_due(*TELEGRAM))
        if self.in_flight:  # the later debts of a chat that is sent to are due as well
            return
        assert (due is None) == (not moments)
        assert due is None or due <= max(min(moments), self.now)


def debt_of(notice: Notice) -> Debt:
    """What a notice is in the model."""
    return int(notice.occurrence.key.number[3:]), notice.occurrence.cause


_template: list[Path] = []


def template() -> Path:
    """A migrated file to copy, made once."""
    if not _template:
        file = Path(tempfile.mkdtemp(prefix="law")) / "template.db"
        asyncio.run(migrate(f"sqlite:///{file}"))
        _template.append(file)
    return _template[0]


TestQueueLaw: Any = QueueLaw.TestCase
TestQueueLaw.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
