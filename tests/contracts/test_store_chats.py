"""Chats and what they follow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.change import Kind, mask
from bot.domain.study import MeshTerm
from bot.ports.store_errors import StoreError
from storage.store import SqlStore
from tests.studies import (
    ALL,
    DAY,
    HOUR,
    NOW,
    absorb,
    discord,
    follower,
    interest,
    key,
    read,
    study,
    telegram,
)

NEXT = DAY + timedelta(days=1)


async def test_chat_is_known_by_its_whole_address(store: SqlStore) -> None:
    """Ids beyond 2**53, negative ids, threads and platforms are all told apart."""
    addresses = [
        discord(9007199254740993),
        discord(9007199254740992),
        telegram(-1009007199254740),
        telegram(1009007199254740),
        telegram(-1009007199254740, 7),
        telegram(-1009007199254740, 8),
    ]
    ids = [(await store.chats.chat(address)).id for address in addresses]
    assert len(set(ids)) == len(addresses)
    assert [(await store.chats.chat(address)).id for address in addresses] == ids


async def test_new_chat_has_nothing_but_its_address(store: SqlStore) -> None:
    """An unknown chat is taken in without consent, question or pause."""
    chat = await store.chats.chat(telegram(1))
    assert (chat.consented_at, chat.asked, chat.paused_since) == (None, None, None)
    assert await store.chats.subscriptions(chat.id) == ()


async def test_consent_forgets_what_was_asked(store: SqlStore) -> None:
    """What was to be followed is remembered until consent, and not after."""
    chat = await store.chats.chat(telegram(1))
    await store.chats.ask_consent(chat.id, "sarcoma — ß")
    assert (await store.chats.chat(telegram(1))).asked == "sarcoma — ß"
    await store.chats.consent(chat.id, NOW)
    kept = await store.chats.chat(telegram(1))
    assert (kept.consented_at, kept.asked) == (NOW, None)


async def test_refusal_forgets_an_empty_chat(store: SqlStore) -> None:
    """Refused consent leaves nothing of a chat that has nothing else."""
    chat = await store.chats.chat(telegram(1))
    await store.chats.ask_consent(chat.id, "sarcoma")
    await store.chats.forget_asked(telegram(1))
    assert (await store.chats.chat(telegram(1))).id != chat.id
    await store.chats.forget_asked(telegram(2))


async def test_refusal_keeps_a_chat_that_follows(store: SqlStore) -> None:
    """Only the question is forgotten where the chat has something."""
    await absorb(store, read(study(1)))
    chat_id = await follower(store, telegram(1), 1)
    await store.chats.ask_consent(chat_id, "sarcoma")
    await store.chats.forget_asked(telegram(1))
    kept = await store.chats.chat(telegram(1))
    assert (kept.id, kept.asked) == (chat_id, None)


async def test_following_twice_is_one_subscription(store: SqlStore) -> None:
    """The second follow says that it is not new and changes nothing."""
    await absorb(store, read(study(1)))
    chat = await store.chats.chat(telegram(1))
    first, is_new = await store.chats.follow_study(chat.id, key(1), kinds=3, since=DAY)
    assert is_new
    assert (first.study, first.title, first.kinds, first.since) == (key(1), "Trial 1", 3, DAY)
    second, is_new = await store.chats.follow_study(chat.id, key(1), kinds=7, since=NEXT)
    assert not is_new
    assert second == first


async def test_trial_that_is_not_in_the_store_cannot_be_followed(store: SqlStore) -> None:
    """Following a trial needs a version of it to compare with."""
    chat = await store.chats.chat(telegram(1))
    with pytest.raises(StoreError):
        await store.chats.follow_study(chat.id, key(1), kinds=ALL, since=DAY)


async def test_following_a_merged_number_follows_what_it_became(store: SqlStore) -> None:
    """An alias is followed under the number that lives."""
    await absorb(store, read(study(1)), read(study(2)))
    async with store.absorbing() as transaction:
        await transaction.merge(key(1), key(2))
    chat = await store.chats.chat(telegram(1))
    made, _ = await store.chats.follow_study(chat.id, key(1), kinds=ALL, since=DAY)
    assert made.study == key(2)


async def test_one_condition_is_shared(store: SqlStore) -> None:
    """The same words and terms are one interest, whoever follows it; other terms are another."""
    first = await store.chats.chat(telegram(1))
    second = await store.chats.chat(discord(2))
    term = MeshTerm("D012509", "Sarcoma")
    one, is_new = await store.chats.follow_interest(
        first.id, interest("Sarcoma", terms=(term,)), kinds=ALL, since=NEXT
    )
    assert is_new
    assert one.interest == interest("Sarcoma", terms=(term,))
    two, is_new = await store.chats.follow_interest(
        second.id, interest("sarcoma", terms=(term,)), kinds=ALL, since=DAY
    )
    assert is_new
    assert two.interest_id == one.interest_id
    other, _ = await store.chats.follow_interest(
        second.id, interest("sarcoma"), kinds=ALL, since=DAY
    )
    assert other.interest_id != one.interest_id
    again, is_new = await store.chats.follow_interest(
        second.id, interest("Sarcoma", terms=(term,)), kinds=ALL, since=DAY
    )
    assert (again, is_new) == (two, False)
    async with store.absorbing() as transaction:
        known = await transaction.interests(0)
        assert [(one.id, one.since) for one in known] == [
            (one.interest_id, DAY),
            (other.interest_id, DAY),
        ]
        assert [one.id for one in await transaction.interests(known[0].id)] == [known[1].id]
        assert await transaction.interests(0, 1) == known[:1]
    assert await store.readings.interests(0) == known
    assert await store.readings.interests(known[0].id, 1) == known[1:]


async def test_subscriptions_stand_in_their_order(store: SqlStore) -> None:
    """What a chat follows is listed as it came, trials and conditions together."""
    await absorb(store, read(study(1)), read(study(2)))
    chat_id = await follower(store, telegram(1), 2)
    await store.chats.follow_interest(chat_id, interest("Sarcoma"), kinds=ALL, since=DAY)
    await store.chats.follow_study(chat_id, key(1), kinds=ALL, since=DAY)
    listed = await store.chats.subscriptions(chat_id)
    assert [(one.study, one.interest) for one in listed] == [
        (key(2), None),
        (None, interest("Sarcoma")),
        (key(1), None),
    ]


async def test_unfollow_is_the_chats_own(store: SqlStore) -> None:
    """Only a chat itself can stop; it is told what it followed."""
    await absorb(store, read(study(1)))
    mine = await follower(store, telegram(1), 1)
    other = await follower(store, telegram(2))
    (subscription,) = await store.chats.subscriptions(mine)
    assert await store.chats.unfollow(other, subscription.id) is None
    assert await store.chats.unfollow(mine, subscription.id) == subscription
    assert await store.chats.unfollow(mine, subscription.id) is None
    assert await store.chats.subscriptions(mine) == ()


async def test_condition_that_nobody_follows_is_forgotten(store: SqlStore) -> None:
    """What was typed goes with its last follower; followed again it is new, with a new number."""
    chats = [await store.chats.chat(telegram(number)) for number in (1, 2)]
    made = [
        (await store.chats.follow_interest(chat.id, interest("Gout"), kinds=ALL, since=DAY))[0]
        for chat in chats
    ]
    await store.chats.unfollow(chats[0].id, made[0].id)
    assert len(await store.readings.baselines()) == 1
    await store.chats.unfollow(chats[1].id, made[1].id)
    assert await store.readings.baselines() == ()
    again, _ = await store.chats.follow_interest(
        chats[0].id, interest("Gout"), kinds=ALL, since=DAY
    )
    assert again.interest_id is not None
    assert made[0].interest_id is not None
    assert again.interest_id > made[0].interest_id


async def test_first_moment_of_a_pause_is_kept(store: SqlStore) -> None:
    """A second pause does not make the first one younger; a return ends it."""
    chat = await store.chats.chat(telegram(1))
    await store.chats.pause(chat.id, NOW)
    await store.chats.pause(chat.id, NOW + HOUR)
    assert (await store.chats.chat(telegram(1))).paused_since == NOW
    await store.chats.resume(chat.id)
    assert (await store.chats.chat(telegram(1))).paused_since is None


async def test_merge_moves_followers(store: SqlStore) -> None:
    """Followers of the old trial follow the new one; who followed both keeps one, with both."""
    await absorb(store, read(study(1)), read(study(2)))
    only_old = await follower(store, telegram(1), 1)
    both = await store.chats.chat(telegram(2))
    status_only, sites_only = mask([Kind.STATUS]), mask([Kind.SITES])
    await store.chats.follow_study(both.id, key(1), kinds=status_only, since=DAY)
    await store.chats.follow_study(both.id, key(2), kinds=sites_only, since=NEXT)
    async with store.absorbing() as transaction:
        await transaction.merge(key(1), key(2))
        await transaction.merge(key(2), key(2))
    assert [one.study for one in await store.chats.subscriptions(only_old)] == [key(2)]
    (kept,) = await store.chats.subscriptions(both.id)
    assert (kept.study, kept.kinds, kept.since) == (key(2), status_only | sites_only, DAY)


async def test_move_to_an_unknown_address_keeps_the_chat(store: SqlStore) -> None:
    """The chat stays the same one and is found under the new address only."""
    await absorb(store, read(study(1)))
    chat_id = await follower(store, telegram(-5), 1)
    await store.chats.consent(chat_id, NOW)
    await store.chats.move(chat_id, telegram(-1001234567890))
    moved = await store.chats.chat(telegram(-1001234567890))
    assert (moved.id, moved.consented_at) == (chat_id, NOW)
    assert (await store.chats.chat(telegram(-5))).id != chat_id
    await store.chats.move(chat_id, telegram(-1001234567890))


async def test_move_to_a_known_address_joins_both(store: SqlStore) -> None:
    """What both follow is followed once, and the old chat is gone."""
    await absorb(store, *(read(study(number)) for number in (1, 2, 3)))
    old = await follower(store, telegram(-5), 1, 2, since=DAY)
    new = await follower(store, telegram(-1001234567890), 2, 3, since=NEXT)
    await store.chats.follow_interest(old, interest("Gout"), kinds=1, since=DAY)
    await store.chats.follow_interest(new, interest("Gout"), kinds=2, since=NEXT)
    await store.chats.consent(old, NOW)
    await store.chats.move(old, telegram(-1001234567890))
    joined = await store.chats.subscriptions(new)
    assert sorted(str(one.study) for one in joined if one.study) == [
        str(key(number)) for number in (1, 2, 3)
    ]
    assert {one.since for one in joined if one.study == key(2)} == {DAY}
    assert [(one.kinds, one.since) for one in joined if one.interest] == [(3, DAY)]
    chat = await store.chats.chat(telegram(-1001234567890))
    assert (chat.id, chat.consented_at) == (new, NOW)
    assert await store.chats.subscriptions(old) == ()
