"""The operator hears once of what is wrong, and once that it is over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.domain.address import Address
from bot.domain.outcome import TryLater
from bot.services.operator import OperatorWatch
from storage.store import SqlStore
from tests.bot.services.support import (
    anything,
    failing,
    house,
    later,
    mend,
    nct,
    next_day,
    old,
    read,
)
from tests.bot.services.talking import follow
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.studies import DAY, NOW, absorb, changed, follower, study, telegram
from tests.studies import read as recorded

THREE_HOURS = 3 * 3600 + 1


def titles(messenger: RecordingMessenger) -> list[str]:
    """What the operator was told."""
    return [message.title for _, message in messenger.sent]


async def test_an_outage_of_the_registry_is_told_once_and_once_when_it_is_over(
    file: Path,
) -> None:
    """A short outage is not told at all."""
    messenger = RecordingMessenger()
    async with house(file, [old(1)]) as (server, core):
        await read(core)
        server.fault = failing(anything)
        await core.reader.look()
        await core.watch.look(messenger, "7")
        assert titles(messenger) == []
        later(core, THREE_HOURS)
        for _ in range(3):
            await core.watch.look(messenger, "7")
        assert titles(messenger) == ["The registry cannot be read"]
        mend(server, core)
        await read(core)
        for _ in range(3):
            await core.watch.look(messenger, "7")
    assert titles(messenger)[1:] == ["The registry can be read again"]
    assert {address for address, _ in messenger.sent} == {Address("terminal", "local", "7")}


async def test_overdue_debts_are_told_once_and_once_when_they_are_paid(file: Path) -> None:
    """A message that could have been sent an hour ago is the operator's to know of."""
    operators, people = RecordingMessenger(), RecordingMessenger()
    async with house(file, [old(1)], [old(1, status="UNKNOWN")]) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        later(core, 3601)
        for _ in range(2):
            await core.watch.look(operators, "7")
        held = await core.store.leases.acquire("send", "test", 60)
        assert held is not None
        assert await core.deliverer(people).run_until_paid(held) == 1
        for _ in range(2):
            await core.watch.look(operators, "7")
    assert titles(operators) == ["Messages are overdue", "No message is overdue any more"]
    assert nct(1) not in str(operators.sent)


async def test_what_could_not_be_told_is_told_at_the_next_look(file: Path) -> None:
    """A messenger that is not there yet, or cannot send now, does not swallow the news."""
    messenger = RecordingMessenger()
    async with house(file, [old(1)]) as (server, core):
        server.fault = failing(anything)
        await core.reader.look()
        later(core, THREE_HOURS)
        await core.watch.look(None, "7")
        messenger.script = lambda _address, _message: TryLater("flood", after=5)
        await core.watch.look(messenger, "7")
        assert titles(messenger) == []
        messenger.script = lambda _address, _message: None
        for _ in range(2):
            await core.watch.look(messenger, "7")
        assert titles(messenger) == ["The registry cannot be read"]


async def test_without_an_operator_nothing_is_sent(file: Path) -> None:
    """The transitions are logged, and nobody is told later of what is long over."""
    messenger = RecordingMessenger()
    async with house(file, [old(1)]) as (server, core):
        server.fault = failing(anything)
        await core.reader.look()
        later(core, THREE_HOURS)
        await core.watch.look(None, None)
        await core.watch.look(messenger, None)
    assert titles(messenger) == []


async def test_what_a_restore_holds_is_told_once_and_once_when_it_is_decided(
    store: SqlStore,
) -> None:
    """Messages that wait for the operator's word say so, with the two commands that end it."""
    messenger = RecordingMessenger()
    watch = OperatorWatch(store, "ctgov", HeldClock())
    await owe(store)
    await store.holding.hold(NOW)
    for _ in range(2):
        await watch.look(messenger, "7")
    await store.holding.drop(NOW)
    for _ in range(2):
        await watch.look(messenger, "7")
    assert titles(messenger) == ["Messages are held since a restore", "No message is held any more"]
    told = messenger.sent[0][1].lede or ""
    assert "2 messages" in told
    assert "--send-pending" in told
    assert "--drop-pending" in told


async def owe(store: SqlStore) -> None:
    """A change that two chats are owed."""
    await absorb(store, recorded(study(1)), day=DAY - timedelta(days=1))
    for chat in (1, 2):
        await follower(store, telegram(chat), 1)
    await absorb(store, changed(1))
