"""Which chats a change is owed to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.address import Address
from bot.domain.change import Change, Kind, Op, mask
from bot.domain.filters import Miss
from bot.domain.notice import Event, Match, Notice, NoticeState, Settlement
from bot.domain.traits import Spot
from bot.domain.version import Absorbed
from storage.store import SqlStore
from tests.studies import (
    ALL,
    DAY,
    DISCORD,
    HOUR,
    NOW,
    TELEGRAM,
    absorb,
    changed,
    discord,
    follower,
    happened,
    interest,
    key,
    lease,
    read,
    status,
    study,
    telegram,
)

BEFORE = DAY - timedelta(days=1)
AFTER = DAY + timedelta(days=1)


async def owed(store: SqlStore, bot: tuple[str, str] = TELEGRAM) -> list[Notice]:
    """Everything that is owed through this bot, sent as it is claimed."""
    held = await lease(store)
    paid: list[Notice] = []
    while True:
        notices = await store.notices.claim(held, *bot, busy=[], limit=50, now=NOW + HOUR)
        if not notices:
            return paid
        for notice in notices:
            await store.notices.settle(held, notice, Settlement(state=NoticeState.SENT))
        paid.extend(notices)


async def interested(
    store: SqlStore,
    address: Address,
    words: str,
    *,
    kinds: int = ALL,
    since: date = DAY,
    baseline_done: bool = True,
) -> tuple[int, int]:
    """A chat that follows a condition. Returns the ids of the chat and the interest."""
    chat = await store.chats.chat(address)
    made, _ = await store.chats.follow_interest(chat.id, interest(words), kinds=kinds, since=since)
    assert made.interest_id is not None
    if baseline_done:
        await store.readings.baseline_done(made.interest_id)
    return chat.id, made.interest_id


async def test_notice_holds_all_that_is_told(store: SqlStore) -> None:
    """A claimed notice carries its address and the whole occurrence as it was written."""
    await absorb(store, read(study(1)))
    address = telegram(-1009007199254740993, 7)
    chat_id = await follower(store, address, 1)
    change = Change(kind=Kind.SITES, path="locations", item="Zürich", old="RECRUITING")
    assert await absorb(store, changed(1, status("COMPLETED"), change)) == 1
    (notice,) = await owed(store)
    assert (notice.chat_id, notice.address, notice.tries) == (chat_id, address, 0)
    assert notice.occurrence == happened(1, status("COMPLETED"), change)


async def test_only_asked_kinds_are_owed(store: SqlStore) -> None:
    """A trial's follower is told where a change is of a kind that was asked for."""
    await absorb(store, read(study(1)))
    for number, kinds in ((1, [Kind.STATUS]), (2, [Kind.SITES]), (3, [Kind.OTHER, Kind.STATUS])):
        chat = await store.chats.chat(telegram(number))
        await store.chats.follow_study(chat.id, key(1), kinds=mask(kinds), since=DAY)
    assert await absorb(store, changed(1, status("COMPLETED"))) == 2
    assert {notice.address for notice in await owed(store)} == {telegram(1), telegram(3)}


async def test_where_changed_places_are_and_what_decided_is_kept(store: SqlStore) -> None:
    """A place that was removed stands in no kept version when its change is told."""
    _, interest_id = await interested(store, telegram(1), "Gout", kinds=ALL)
    spots = (("Clinic, Paris, France", Spot("Paris", "France", 48.85, 2.35)),)
    change = Change(kind=Kind.SITES, path="x", op=Op.REMOVED, item=spots[0][0], old="RECRUITING")
    match = Match(interest_id, Event.LEFT, Miss.NEAR)
    assert await absorb(store, changed(1, change, matches=[match], spots=spots)) == 1
    (notice,) = await owed(store)
    assert (notice.occurrence.spots, notice.occurrence.matches) == (spots, (match,))


async def test_changed_places_are_owed_to_who_asks_for_near_ones(store: SqlStore) -> None:
    """Which places are near is known when it is told; of other changes they hear nothing."""
    await absorb(store, read(study(1)))
    chat = await store.chats.chat(telegram(1))
    await store.chats.follow_study(chat.id, key(1), kinds=Kind.SITES_NEAR.bit, since=DAY)
    assert await absorb(store, changed(1, status("COMPLETED"))) == 0
    assert await absorb(store, changed(1, Change(kind=Kind.SITES, path="x"), cause="two")) == 1


async def test_every_kind_can_be_asked_for_alone(store: SqlStore) -> None:
    """Who chose one kind is told of a change of that kind, and nobody else is."""
    await absorb(store, read(study(1)))
    kinds = [kind for kind in Kind if kind is not Kind.SITES_NEAR]
    for number, kind in enumerate(kinds):
        chat = await store.chats.chat(telegram(number))
        await store.chats.follow_study(chat.id, key(1), kinds=kind.bit, since=DAY)
    for number, kind in enumerate(kinds):
        change = Change(kind=kind, path="x")
        assert await absorb(store, changed(1, change, cause=f"reading-{number}")) == 1
    told = {one.address: one.occurrence.changes[0].kind for one in await owed(store)}
    assert told == {telegram(number): kind for number, kind in enumerate(kinds)}


@pytest.mark.parametrize(
    ("event", "asked", "notices"),
    [
        (Event.CHANGED, [Kind.STATUS], 1),
        (Event.CHANGED, [Kind.SITES, Kind.NEW, Kind.LEFT], 0),
        (Event.ENTERED, [Kind.NEW], 1),
        (Event.ENTERED, [Kind.STATUS, Kind.LEFT], 0),
        (Event.LEFT, [Kind.LEFT], 1),
        (Event.LEFT, [Kind.STATUS], 1),
        (Event.LEFT, [Kind.SITES, Kind.NEW], 0),
    ],
)
async def test_condition_is_told_what_it_asks_for(
    store: SqlStore, event: Event, asked: list[Kind], notices: int
) -> None:
    """Changed goes by the changes' kinds, entered by NEW, left by LEFT or the changes' kinds."""
    _, interest_id = await interested(store, telegram(1), "Gout", kinds=mask(asked))
    match = Match(interest_id, event)
    assert await absorb(store, changed(1, status("COMPLETED"), matches=[match])) == notices


@pytest.mark.parametrize(
    ("since", "baseline_done", "notices"),
    [
        (BEFORE, True, 1),
        (DAY, True, 1),
        (AFTER, True, 0),
        (BEFORE, False, 1),
        (DAY, False, 0),
        (AFTER, False, 0),
    ],
)
async def test_new_is_first_posted_since_the_follow(
    store: SqlStore, since: date, baseline_done: bool, notices: int
) -> None:
    """What was posted before the follow, or on its day before the baseline is read, is no news."""
    _, interest_id = await interested(
        store, telegram(1), "Gout", since=since, baseline_done=baseline_done
    )
    occurrence = happened(1, matches=(Match(interest_id, Event.NEW),), first_posted=DAY)
    assert await absorb(store, read(study(1), occurrence=occurrence, matched=True)) == notices


async def test_new_goes_by_each_chats_own_day(store: SqlStore) -> None:
    """Of two who follow one condition only the one who followed in time is told."""
    await interested(store, telegram(1), "Gout", since=DAY)
    _, interest_id = await interested(store, telegram(2), "Gout", since=AFTER)
    occurrence = happened(1, matches=(Match(interest_id, Event.NEW),), first_posted=DAY)
    await absorb(store, read(study(1), occurrence=occurrence))
    assert [notice.address for notice in await owed(store)] == [telegram(1)]


async def test_one_notice_a_chat_however_many_reasons(store: SqlStore) -> None:
    """A trial followed by number and by two conditions is told once."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(1), 1)
    _, one = await interested(store, telegram(1), "Gout")
    _, two = await interested(store, telegram(1), "Arthritis")
    matches = [Match(one, Event.CHANGED), Match(two, Event.ENTERED)]
    assert await absorb(store, changed(1, matches=matches)) == 1
    (notice,) = await owed(store)
    assert notice.occurrence.matches == tuple(matches)


async def test_each_bot_has_its_own_debts(store: SqlStore) -> None:
    """What is owed on Discord is not claimed for Telegram."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(1), 1)
    await follower(store, discord(1234567890123456789), 1)
    assert await absorb(store, changed(1)) == 2
    assert [one.address for one in await owed(store, DISCORD)] == [discord(1234567890123456789)]
    assert [one.address for one in await owed(store)] == [telegram(1)]


async def test_written_again_it_is_owed_once(store: SqlStore) -> None:
    """The same occurrence again owes nothing more, also after it was sent, also to a newcomer."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(1), 1)
    once = changed(1)
    assert await absorb(store, once) == 1
    again = Absorbed(key=key(1), occurrence=once.occurrence)
    assert await absorb(store, again) == 0
    assert len(await owed(store)) == 1
    await follower(store, telegram(2), 1)
    assert await absorb(store, again) == 0
    assert await owed(store) == []


async def test_second_cause_of_a_day_is_another_debt(store: SqlStore) -> None:
    """Two versions on one data day are two debts, in their order."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(1), 1)
    await absorb(store, changed(1, status("SUSPENDED")))
    await absorb(store, changed(1, status("COMPLETED"), cause="reading-2"))
    causes = [notice.occurrence.cause for notice in await owed(store)]
    assert causes == ["reading", "reading-2"]


async def test_two_occurrences_of_one_trial_in_one_transaction(store: SqlStore) -> None:
    """Both are owed: neither hides the other."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(1), 1)
    merge = Absorbed(key=key(1), occurrence=happened(1, status("X"), cause="merged"))
    assert await absorb(store, changed(1), merge) == 2


@pytest.mark.parametrize("merge_first", [False, True])
async def test_followers_of_a_merged_trial_are_told(store: SqlStore, merge_first: bool) -> None:
    """The occurrence of a merge reaches who followed the old number, whatever comes first."""
    await absorb(store, read(study(1)), read(study(2)))
    await follower(store, telegram(1), 1)
    told = Absorbed(key=key(1), occurrence=happened(1, status("MERGED"), cause="merged"))
    async with store.absorbing() as transaction:
        if merge_first:
            await transaction.merge(key(1), key(2))
        written = await transaction.write([told], DAY, NOW)
        if not merge_first:
            await transaction.merge(key(1), key(2))
    assert written == 1


async def test_match_of_a_forgotten_condition_is_nobodys(store: SqlStore) -> None:
    """An interest that went between deciding and writing stops nothing."""
    chat_id, interest_id = await interested(store, telegram(1), "Gout")
    (subscription,) = await store.chats.subscriptions(chat_id)
    await store.chats.unfollow(chat_id, subscription.id)
    assert await absorb(store, changed(1, matches=[Match(interest_id, Event.CHANGED)])) == 0
