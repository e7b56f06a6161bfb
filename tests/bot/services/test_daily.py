"""The line of each morning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.notice import NoticeState, Settlement
from bot.domain.outcome import TryLater
from bot.services.daily import Daily
from storage.store import SqlStore
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.studies import DAY, NOW, TELEGRAM, absorb, changed, follower, lease, read, study
from tests.studies import telegram as chat

HOUR = 7


def morning(store: SqlStore, at: datetime) -> Daily:
    """A process that tells from seven o'clock on, at this moment."""
    clock = HeldClock()
    clock.time = at
    return Daily(store, "ctgov", clock, HOUR)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


async def test_it_is_told_once_a_day_by_whichever_process(store: SqlStore) -> None:
    """A restart does not tell it again, and a morning without the process is told late."""
    messenger = RecordingMessenger()
    for moment in (at(2, 6, 59), at(2, 7), at(2, 7, 1), at(2, 23), at(3, 6), at(3, 11), at(3, 12)):
        await morning(store, moment).look(messenger, "7")
    assert len(messenger.sent) == 2


async def test_a_first_start_in_the_afternoon_waits_for_the_morning(store: SqlStore) -> None:
    """There is nothing to tell yet, and it is not morning."""
    messenger = RecordingMessenger()
    for moment in (at(2, 15), at(2, 16), at(3, 7, 30)):
        await morning(store, moment).look(messenger, "7")
    assert len(messenger.sent) == 1


async def test_what_could_not_be_told_is_told_later(store: SqlStore) -> None:
    """A platform that is out at seven does not swallow the morning's line."""
    messenger = RecordingMessenger()
    messenger.script = lambda _address, _message: TryLater("out")
    await morning(store, at(2, 7)).look(messenger, "7")
    await morning(store, at(2, 7, 1)).look(None, "7")
    messenger.script = lambda _address, _message: None
    await morning(store, at(2, 7, 2)).look(messenger, "7")
    assert len(messenger.sent) == 1


async def test_it_says_how_the_last_data_day_went(store: SqlStore) -> None:
    """The figures are those of the store: what arrived, what was given up, what waits."""
    await owe(store, chats=4)
    held = await lease(store)
    sent, dead = await store.notices.claim(held, *TELEGRAM, busy=(), limit=2, now=NOW)
    await store.notices.settle(held, sent, Settlement(state=NoticeState.SENT))
    await store.notices.settle(held, dead, Settlement(state=NoticeState.DEAD, error="no"))
    messenger = RecordingMessenger()
    await morning(store, at(3, 7)).look(messenger, "7")
    (((_, message)),) = messenger.sent
    assert message.title == f"How it went with the data of {DAY}"
    assert message.lede == (
        "1 changes, 1 messages sent (0 possibly twice), 0 perhaps delivered, 1 given up, 2 pending."
    )


async def test_what_is_held_since_a_restore_is_said(store: SqlStore) -> None:
    """What waits for the operator's word is not mixed with what waits for its turn."""
    await owe(store, chats=3)
    await store.holding.hold(NOW)
    messenger = RecordingMessenger()
    await morning(store, at(3, 7)).look(messenger, "7")
    assert messenger.sent[0][1].lede == (
        "1 changes, 0 messages sent (0 of them possibly twice), 0 given up, 0 pending, 3 held "
        "since a restore until you decide."
    )


async def owe(store: SqlStore, *, chats: int) -> None:
    """A change that so many chats are owed, of a data day that is read."""
    await absorb(store, read(study(1)), day=DAY - timedelta(days=1))
    for number in range(1, chats + 1):
        await follower(store, chat(number), 1)
    await absorb(store, changed(1))
    await store.readings.complete("ctgov", NOW, NOW)


async def test_it_is_off_without_an_hour(store: SqlStore) -> None:
    """Nobody is told who did not ask for it."""
    messenger = RecordingMessenger()
    await Daily(store, "ctgov", HeldClock(), None).look(messenger, "7")
    assert messenger.sent == []
