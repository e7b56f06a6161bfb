"""A change that more than a thousand chats are told of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from bot.domain.notice import Event, Match
from storage.engine import open_database
from storage.store import SqlStore
from storage.tables import chats, notices, subscriptions
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

CROWD = 2500


async def crowd(store: SqlStore, url: str, *, size: int = CROWD) -> int:
    """So many chats that follow trial 1, written in bulk. Returns the last one's id."""
    await absorb(store, read(study(1)), read(study(2)))
    first = await follower(store, telegram(1), 1)
    database = open_database(url, SECRET)
    ids = range(first + 1, first + size)
    async with database.write() as connection:
        bot_id, study_id = (
            await connection.execute(
                select(chats.c.bot_id, subscriptions.c.study_id).join(
                    subscriptions, subscriptions.c.chat_id == chats.c.id
                )
            )
        ).one()
        await connection.execute(
            insert(chats),
            [
                {
                    "id": one,
                    "bot_id": bot_id,
                    "mark": database.vault.mark("address", (*TELEGRAM, str(one), None)),
                    "chat": str(one),
                }
                for one in ids
            ],
        )
        follows = {"study_id": study_id, "kinds": ALL, "since": DAY}
        await connection.execute(
            insert(subscriptions), [{"chat_id": one, **follows} for one in ids]
        )
        if url.startswith("postgresql"):  # its keys were given by hand here
            for table in ("chats", "subscriptions"):
                await connection.execute(select(func.setval(f"{table}_id_seq", first + size)))
    await database.close()
    return ids[-1]


async def owed_chats(url: str) -> list[int]:
    """The chats that are owed something, once for each debt."""
    database = open_database(url, SECRET)
    async with database.read() as connection:
        ids = (await connection.scalars(select(notices.c.chat_id).order_by(notices.c.id))).all()
    await database.close()
    return list(ids)


async def spread_all(store: SqlStore, limit: int = 700) -> list[int]:
    """Expand everything; the sizes of the batches."""
    sizes = []
    while written := await store.notices.spread(limit, NOW + HOUR):
        sizes.append(written)
    return sizes


async def test_first_thousand_at_once_and_the_rest_in_batches(
    store: SqlStore, store_url: str
) -> None:
    """The transaction of the change writes a thousand; spreading reaches everybody else once."""
    await crowd(store, store_url)
    assert await absorb(store, changed(1)) == 1000
    assert await spread_all(store) == [700, 700, 100]
    owed = await owed_chats(store_url)
    assert len(owed) == len(set(owed)) == CROWD
    assert await store.notices.spread(700, NOW) == 0


async def test_crash_between_batches_loses_nobody(store: SqlStore, store_url: str) -> None:
    """A process that opens the store anew goes on where the last one stopped."""
    await crowd(store, store_url)
    await absorb(store, changed(1))
    assert await store.notices.spread(300, NOW) == 300
    await store.close()
    again = await SqlStore.open(store_url, SECRET, parsers=PARSERS)
    assert (await again.notices.debts(NOW)).oldest_due == NOW
    assert await spread_all(again) == [700, 500]
    await again.close()
    owed = await owed_chats(store_url)
    assert len(owed) == len(set(owed)) == CROWD


async def test_who_follows_after_the_change_is_not_told(store: SqlStore, store_url: str) -> None:
    """A follower who came while the debt was being expanded had no trial to change yet."""
    await crowd(store, store_url)
    await absorb(store, changed(1))
    late = await follower(store, telegram(-7), 1)
    assert sum(await spread_all(store)) == CROWD - 1000
    assert late not in await owed_chats(store_url)


async def test_who_stopped_before_the_turn_is_not_told(store: SqlStore, store_url: str) -> None:
    """A chat that unfollows before its batch is owed nothing."""
    last = await crowd(store, store_url)
    await absorb(store, changed(1))
    (subscription,) = await store.chats.subscriptions(last)
    await store.chats.unfollow(last, subscription.id)
    assert sum(await spread_all(store)) == CROWD - 1001


async def test_wide_debt_of_a_merged_trial_goes_on(store: SqlStore, store_url: str) -> None:
    """Followers who moved to another number in between are still told."""
    await crowd(store, store_url)
    async with store.absorbing() as transaction:
        await transaction.write([changed(1)], DAY, NOW)
        await transaction.merge(key(1), key(2))
    assert sum(await spread_all(store)) == CROWD - 1000


async def test_chat_that_joins_an_earlier_one_keeps_its_turn(
    store: SqlStore, store_url: str
) -> None:
    """A chat whose turn was still to come joins one whose turn is over, or that had none."""
    last = await crowd(store, store_url)
    stranger = await store.chats.chat(telegram(-1))
    await absorb(store, changed(1))
    await store.chats.move(last, telegram(-1))
    early = await follower(store, telegram(-2))
    assert sum(await spread_all(store)) + 1000 == CROWD
    owed = await owed_chats(store_url)
    assert stranger.id in owed
    assert early not in owed
    assert len(owed) == len(set(owed)) == CROWD


async def test_turn_that_was_passed_is_paid_on_joining(store: SqlStore, store_url: str) -> None:
    """A chat whose turn comes last joins one that follows nothing any more: it is owed."""
    last = await crowd(store, store_url)
    first = (await store.chats.chat(telegram(1))).id
    (subscription,) = await store.chats.subscriptions(first)
    await store.chats.unfollow(first, subscription.id)
    assert await absorb(store, changed(1)) == 1000
    await store.chats.move(last, telegram(1))
    await spread_all(store)
    owed = await owed_chats(store_url)
    assert owed.count(first) == 1
    assert len(owed) == len(set(owed)) == CROWD - 1


async def test_narrow_and_wide_in_one_transaction(store: SqlStore, store_url: str) -> None:
    """A wide change delays no narrow one, and both reach everybody."""
    await crowd(store, store_url)
    await follower(store, telegram(-3), 2)
    assert await absorb(store, changed(1), changed(2)) == 1001
    assert await absorb(store, changed(2, cause="reading-2")) == 1
    assert sum(await spread_all(store)) == CROWD - 1000


async def test_several_wide_ones_share_the_first_batch(store: SqlStore, store_url: str) -> None:
    """Two wide changes in one transaction write a thousand between them; the rest is owed."""
    await crowd(store, store_url)
    both = [changed(1), changed(1, cause="reading-2")]
    assert await absorb(store, *both) == 1000
    assert sum(await spread_all(store)) == 2 * CROWD - 1000


@pytest.mark.parametrize(("each", "at_once", "later"), [(2, 1400, 0), (18, 1000, 400)])
async def test_many_conditions_with_few_followers_each(
    store: SqlStore, store_url: str, each: int, at_once: int, later: int
) -> None:
    """Whoever follows several of what a change touches is owed it once, at once or in batches."""
    last = await crowd(store, store_url, size=1600)
    followed = [
        (await store.chats.follow_interest(last, interest(f"x {at}"), kinds=ALL, since=DAY))[0]
        for at in range(40)
    ]
    events = (Event.CHANGED, Event.ENTERED, Event.LEFT, Event.NEW)
    touched = [Match(one.interest_id or 0, events[at % 4]) for at, one in enumerate(followed)]
    row = {"study_id": None, "kinds": ALL, "since": DAY}
    rows = [
        {"chat_id": chat, "interest_id": touched[(chat + number * 3) % 40].interest_id, **row}
        for chat in range(last - 1399, last)
        for number in range(each)
    ]
    database = open_database(store_url, SECRET)
    async with database.write() as connection:
        await connection.execute(insert(subscriptions), rows)
    await database.close()
    told = changed(2, matches=touched, first_posted=DAY + timedelta(days=1))
    assert await absorb(store, told) == at_once
    assert sum(await spread_all(store, 150)) == later
    owed = await owed_chats(store_url)
    assert owed == sorted(set(owed))
    assert len(owed) == 1400


async def test_wide_condition_keeps_the_rule_of_what_is_new(
    store: SqlStore, store_url: str
) -> None:
    """Also in a wide fan-out, who followed after a trial was posted is not told of it as new."""
    last = await crowd(store, store_url)
    made = None
    for at in range(last - 20, last + 1):
        since = DAY if at % 2 else DAY + timedelta(days=1)
        made, _ = await store.chats.follow_interest(at, interest("Gout"), kinds=ALL, since=since)
    assert made is not None
    assert made.interest_id is not None
    await store.readings.baseline_done(made.interest_id)
    match = Match(made.interest_id, Event.NEW)
    told = changed(2, matches=[match], first_posted=DAY)
    assert await absorb(store, told) == sum(at % 2 for at in range(last - 20, last + 1))


@pytest.mark.parametrize("limit", [1, 999])
async def test_batches_of_any_size_reach_everybody(
    store: SqlStore, store_url: str, limit: int
) -> None:
    """However small the steps, each chat is owed once."""
    await crowd(store, store_url, size=1003)
    assert await absorb(store, changed(1)) == 1000
    assert sum(await spread_all(store, limit)) == 3
    owed = await owed_chats(store_url)
    assert len(owed) == len(set(owed)) == 1003


async def test_wide_debts_can_be_claimed_while_they_spread(store: SqlStore, store_url: str) -> None:
    """The first batch is sent before the last is written."""
    await crowd(store, store_url)
    await absorb(store, changed(1))
    held = await lease(store)
    claimed = await store.notices.claim(held, *TELEGRAM, busy=[], limit=30, now=NOW)
    assert len(claimed) == 30
    assert sum(await spread_all(store)) == CROWD - 1000
