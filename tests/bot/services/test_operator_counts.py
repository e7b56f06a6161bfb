"""What there are more or fewer of: told once, and again where there are more of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.domain.outcome import Refused
from bot.domain.study import CTGOV
from bot.services.operator import AGAIN, OperatorWatch
from storage.store import SqlStore
from tests.bot.services.owing import always, chat, owe, pay
from tests.bot.services.support import house, nct, next_day, old, read
from tests.bot.services.talking import follow
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.studies import DAY, absorb, changed, follower, study
from tests.studies import read as study_read


def titles(messenger: RecordingMessenger) -> list[str]:
    """What the operator was told."""
    return [message.title for _, message in messenger.sent]


async def test_messages_that_were_given_up_are_told_once_and_more_of_them_once_a_day(
    store: SqlStore,
) -> None:
    """Over restarts, too; and once that they are owed again."""
    clock, operators, people = HeldClock(), RecordingMessenger(), RecordingMessenger()
    people.script = always(Refused("no"))

    async def looks() -> list[str]:
        """What is told when two processes look, one after the other."""
        before = len(operators.sent)
        for _ in range(2):
            await OperatorWatch(store, CTGOV, clock).look(operators, "7")
        return [message.title for _, message in operators.sent[before:]]

    await owe(store, 2)
    await pay(store, people, clock)
    assert await looks() == ["Messages were given up"]
    assert "2 messages" in (operators.sent[-1][1].lede or "")
    await absorb(store, study_read(study(2)), day=DAY - timedelta(days=1))
    await follower(store, chat(3), 2)
    await absorb(store, changed(2))
    await pay(store, people, clock)
    assert await looks() == []
    clock.let_pass(AGAIN.total_seconds())
    assert await looks() == ["Messages were given up"]
    assert "3 messages" in (operators.sent[-1][1].lede or "")
    await store.notices.revive(clock.now())
    assert await looks() == ["No message is given up any more"]


async def test_records_that_were_set_aside_are_told_once_and_once_when_all_are_read(
    file: Path,
) -> None:
    """The operator learns how many, and not which: somebody may follow it."""
    messenger = RecordingMessenger()
    broken: Any = old(1)
    broken["protocolSection"]["statusModule"]["overallStatus"] = {"not": "text"}
    days = [old(1)], [broken], [old(1)]
    async with house(file, *days) as (server, core):
        await follow(core, 1)
        await read(core)
        await next_day(server, core)
        for _ in range(2):
            await core.watch.look(messenger, "7")
        assert titles(messenger) == ["Records could not be read"]
        assert nct(1) not in str(messenger.sent)
        await next_day(server, core)
        for _ in range(2):
            await core.watch.look(messenger, "7")
        assert titles(messenger)[1:] == ["No record is set aside any more"]
