"""Several processes on one database at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.domain.notice import Event, Match, Notice, NoticeState, Settlement
from storage.store import SqlStore
from tests.studies import (
    ALL,
    DAY,
    HOUR,
    NOW,
    PARSERS,
    SECRET,
    TELEGRAM,
    absorb,
    changed,
    follower,
    interest,
    key,
    lease,
    read,
    study,
    telegram,
)


@pytest.fixture
async def other(store: SqlStore, store_url: str) -> AsyncIterator[SqlStore]:
    """What a second process has of the same database."""
    opened = await SqlStore.open(store_url, SECRET, parsers=PARSERS)
    yield opened
    await opened.close()


async def test_follow_waits_for_the_change_that_is_being_absorbed(
    store: SqlStore, other: SqlStore
) -> None:
    """A condition followed during a transaction of a change is followed from after it."""
    chat = await other.chats.chat(telegram(1))
    begun = asyncio.Event()

    async def follow() -> int:
        begun.set()
        made, _ = await other.chats.follow_interest(chat.id, interest("Gout"), kinds=ALL, since=DAY)
        return made.id

    async with store.absorbing() as transaction:
        assert await transaction.interests(0) == []
        following = asyncio.create_task(follow())
        await begun.wait()
        done, _ = await asyncio.wait([following], timeout=0.3)
        assert not done
        await transaction.write([read(study(1))], DAY, NOW)
        assert await transaction.interests(0) == []
    await following
    async with store.absorbing() as transaction:
        assert len(await transaction.interests(0)) == 1


async def test_follow_of_a_trial_and_its_change_are_ordered(
    store: SqlStore, other: SqlStore
) -> None:
    """Who follows a trial while it changes follows the new version, and is not told of the old."""
    await absorb(store, read(study(1)))
    chat = await other.chats.chat(telegram(1))
    async with store.absorbing() as transaction:
        await transaction.previous([key(1)])
        follow = other.chats.follow_study(chat.id, key(1), kinds=ALL, since=DAY)
        following = asyncio.create_task(follow)
        await asyncio.wait([following], timeout=0.2)
        assert await transaction.write([changed(1)], DAY, NOW) == 0
    await following
    assert await absorb(store, changed(1, cause="reading-2")) == 1


async def test_two_absorb_the_same_trials_in_any_order(store: SqlStore, other: SqlStore) -> None:
    """Locks are taken in the order of keys: two processes wait for each other, never both."""

    async def absorb_all(one: SqlStore, numbers: list[int], cause: str) -> None:
        for _ in range(10):
            async with one.absorbing() as transaction:
                previous = await transaction.previous([key(number) for number in numbers])
                assert len(previous) == len(numbers)
                again = [changed(number, cause=cause) for number in numbers]
                await transaction.write(again, DAY, NOW)

    numbers = list(range(20))
    await absorb(store, *(read(study(number)) for number in numbers))
    await asyncio.gather(
        absorb_all(store, numbers, "reading-a"), absorb_all(other, numbers[::-1], "reading-b")
    )
    history = await store.studies.history(key(7))
    assert [line.ordinal for line in history] == list(range(1, 22))


async def test_two_meet_a_trial_for_the_first_time(store: SqlStore, other: SqlStore) -> None:
    """A first sight by two processes at once is kept as two versions of one trial."""
    await asyncio.gather(*(absorb(one, read(study(1))) for one in (store, other)))
    stored = await store.studies.get(key(1))
    assert stored is not None
    assert stored.ordinal == 2


async def test_two_meet_a_chat_for_the_first_time(store: SqlStore, other: SqlStore) -> None:
    """A chat that writes to two processes at once is one chat."""
    chats = await asyncio.gather(*(one.chats.chat(telegram(5)) for one in (store, other) * 4))
    assert len({chat.id for chat in chats}) == 1


async def absorb_days(store: SqlStore, trials: int, days: int, finished: asyncio.Event) -> None:
    """Something changes in all trials, again and again."""
    for day in range(days):
        cause = f"reading-{day + 2}"
        await absorb(store, *(changed(number, cause=cause) for number in range(trials)))
    finished.set()


async def come_and_go(store: SqlStore, finished: asyncio.Event) -> None:
    """Chats that follow, stop and move, one after the other."""
    at = 0
    while not finished.is_set():
        at += 1
        chat_id = await follower(store, telegram(1000 + at), 0, 1)
        for subscription in await store.chats.subscriptions(chat_id):
            await store.chats.unfollow(chat_id, subscription.id)
        await store.chats.move(chat_id, telegram(-1000 - at))


async def send_all(store: SqlStore, finished: asyncio.Event) -> list[Notice]:
    """Send until nothing is owed and nothing more comes; what was sent."""
    held = await lease(store)
    sent: list[Notice] = []
    while True:
        was_finished = finished.is_set()
        claimed = await store.notices.claim(held, *TELEGRAM, busy=[], limit=10, now=NOW + HOUR)
        for notice in claimed:
            await store.notices.settle(held, notice, Settlement(state=NoticeState.SENT))
        sent.extend(claimed)
        if was_finished and not claimed:
            return sent


async def test_everything_at_once_pays_every_debt_once(store: SqlStore, other: SqlStore) -> None:
    """While one process absorbs, people follow, leave and move, and another sends: all is paid."""
    trials, days = 5, 12
    await absorb(store, *(read(study(number)) for number in range(trials)))
    steady = [await follower(store, telegram(100 + one), *range(trials)) for one in range(6)]
    finished = asyncio.Event()
    _, _, sent = await asyncio.gather(
        absorb_days(store, trials, days, finished),
        come_and_go(other, finished),
        send_all(other, finished),
    )
    paid = [
        (notice.chat_id, notice.occurrence.key, notice.occurrence.cause)
        for notice in sent
        if notice.chat_id in steady
    ]
    assert len(paid) == len(set(paid)) == len(steady) * trials * days


async def test_change_is_told_by_the_condition_followed_before(
    store: SqlStore, other: SqlStore
) -> None:
    """A condition followed in another process is seen by the next transaction of a change."""
    chat = await other.chats.chat(telegram(1))
    made, _ = await other.chats.follow_interest(chat.id, interest("Gout"), kinds=ALL, since=DAY)
    assert made.interest_id is not None
    async with store.absorbing() as transaction:
        (known,) = await transaction.interests(0)
        match = Match(known.id, Event.CHANGED)
        assert await transaction.write([changed(1, matches=[match])], DAY, NOW) == 1
