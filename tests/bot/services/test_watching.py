"""The weekly line that nothing changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.outcome import (
    ChatGone,
    ChatMoved,
    Outcome,
    PerhapsDelivered,
    Scope,
    TokenRefused,
    TopicGone,
    TryLater,
)
from bot.domain.settings.chat import ChatSettings
from bot.domain.study import CTGOV
from bot.services.watching import BATCH, StillWatching
from storage.store import SqlStore
from tests.bot.services.owing import always, chat, once, pay
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.studies import (
    ALL,
    DAY,
    absorb,
    changed,
    follower,
    interest,
    lease,
    read,
    study,
)

WANTS = ChatSettings(still_watching=True)
MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
WEEK = 7 * 86_400


async def watcher(store: SqlStore, number: int, *trials: int, **chosen: Any) -> int:
    """A chat that follows these trials and wants the line."""
    await absorb(store, *(read(study(one)) for one in trials), day=DAY - timedelta(days=1))
    chat_id = await follower(store, chat(number), *trials)
    await store.chats.configure(chat_id, ChatSettings(still_watching=True, **chosen))
    return chat_id


async def look(store: SqlStore, messenger: RecordingMessenger, clock: HeldClock) -> int:
    """Look once, under a lease of its own."""
    held = await lease(store, "watching")
    try:
        return await StillWatching(store, messenger, CTGOV, clock, ZoneInfo).look(held)
    finally:
        await store.leases.release(held)


def lines(messenger: RecordingMessenger) -> list[str]:
    """What was said."""
    return [message.title for _, message in messenger.sent]


async def test_it_is_said_once_a_week_at_the_chats_own_hour(store: SqlStore) -> None:
    """Looked at every hour for three weeks, through the change to summer time."""
    chat_id = await watcher(store, 1, 1, 2, time_zone="America/New_York", weekday=6, hour=9)
    await store.chats.follow_interest(chat_id, interest("sarcoma"), kinds=ALL, since=DAY)
    messenger, clock, said = RecordingMessenger(), HeldClock(), []
    for _ in range(21 * 24):
        if await look(store, messenger, clock):
            said.append(clock.now())
        clock.let_pass(3600)
    new_york = ZoneInfo("America/New_York")
    assert [(at.astimezone(new_york).weekday(), at.astimezone(new_york).hour) for at in said] == [
        (6, 9)
    ] * 3
    assert said[1] - said[0] == timedelta(days=7)
    assert {at.hour for at in said} == {13}  # daylight saving began on the first of these Sundays
    assert (
        lines(messenger)
        == ["Still watching 2 trials and 1 condition; nothing changed this week."] * 3
    )


async def test_who_was_told_something_hears_no_such_line(store: SqlStore) -> None:
    """A week with news is followed by one without."""
    await watcher(store, 1, 1)
    messenger, clock = RecordingMessenger(), HeldClock()
    await look(store, messenger, clock)
    await absorb(store, changed(1), now=clock.now())
    await pay(store, messenger, clock)
    messenger.sent.clear()
    clock.time = MONDAY
    assert await look(store, messenger, clock) == 0
    clock.let_pass(WEEK)
    assert await look(store, messenger, clock) == 1
    assert lines(messenger) == ["Still watching 1 trial; nothing changed this week."]


async def test_what_is_due_at_that_moment_goes_before(store: SqlStore) -> None:
    """Nothing is said while something waits; where it comes to nothing the line follows."""
    chat_id = await watcher(store, 1, 1, 2)
    messenger, clock = RecordingMessenger(), HeldClock()
    await look(store, messenger, clock)
    clock.time = MONDAY
    await absorb(store, changed(1), now=clock.now())
    assert await look(store, messenger, clock) == 0
    followed, _ = await store.chats.subscriptions(chat_id)
    await store.chats.unfollow(chat_id, followed.id)
    await pay(store, messenger, clock)
    assert await look(store, messenger, clock) == 0
    clock.let_pass(15 * 60)
    assert await look(store, messenger, clock) == 1


async def test_a_discreet_chat_is_told_nothing_of_what_it_follows(store: SqlStore) -> None:
    """Not even how much it is."""
    await watcher(store, 1, 1, discreet=True)
    messenger, clock = RecordingMessenger(), HeldClock()
    await look(store, messenger, clock)
    clock.time = MONDAY
    await look(store, messenger, clock)
    assert lines(messenger) == ["Nothing changed this week."]


async def test_who_turns_it_off_or_follows_nothing_hears_nothing(store: SqlStore) -> None:
    """And who turns it on again hears it at the next hour."""
    off, _ = await watcher(store, 1, 1), await watcher(store, 2)
    messenger, clock = RecordingMessenger(), HeldClock()
    await look(store, messenger, clock)
    await store.chats.configure(off, ChatSettings())
    clock.time = MONDAY
    assert await look(store, messenger, clock) == 0
    await store.chats.configure(off, WANTS)
    assert await look(store, messenger, clock) == 0
    clock.let_pass(WEEK)
    assert await look(store, messenger, clock) == 1


@pytest.mark.parametrize(
    ("answer", "again_after", "told"),
    [
        (PerhapsDelivered("timeout"), WEEK, 1),
        (ChatGone("blocked"), WEEK, 1),
        (TryLater("slow mode", after=60), 60, 1),
        (TryLater("flood", after=60, scope=Scope.TOKEN), 0, 1),
        (TokenRefused("Unauthorized"), 0, 1),
        (TopicGone("no topic"), 15 * 60, 1),
    ],
)
async def test_what_a_platform_answers_is_heeded(
    store: SqlStore, answer: Outcome, again_after: int, told: int
) -> None:
    """It comes again when that makes sense, and not before."""
    await watcher(store, 1, 1)
    messenger, clock = RecordingMessenger(), HeldClock()
    await look(store, messenger, clock)
    clock.time = MONDAY
    messenger.script = once({chat(1): answer})
    await look(store, messenger, clock)
    assert messenger.sent == []
    if again_after:
        clock.let_pass(again_after - 1)
        assert await look(store, messenger, clock) == 0
        clock.let_pass(1)
    assert await look(store, messenger, clock) == told


async def test_it_goes_where_the_chat_went(store: SqlStore) -> None:
    """A chat that moved hears it at its new address, once."""
    await watcher(store, 1, 1)
    messenger, clock = RecordingMessenger(), HeldClock()
    await look(store, messenger, clock)
    clock.time = MONDAY
    messenger.script = always(ChatMoved(chat(77)), chat(1))
    for _ in range(3):
        await look(store, messenger, clock)
    assert [address for address, _ in messenger.sent] == [chat(77)]


async def test_many_chats_are_told_in_batches(store: SqlStore) -> None:
    """More than one look takes from the database at once."""
    for number in range(BATCH + 3):
        await watcher(store, number, 1)
    messenger, clock = RecordingMessenger(), HeldClock()
    await look(store, messenger, clock)
    clock.time = MONDAY
    assert await look(store, messenger, clock) == BATCH + 3
    assert await look(store, messenger, clock) == 0
