"""What chats chose: settings, kinds, rests and mutes, and forgetting all of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.change import Kind, mask
from bot.domain.filters import Filter, RegistrySearch
from bot.domain.notice import Event, Match
from bot.domain.place import Near, Place
from bot.domain.settings.chat import DEFAULT, ChatSettings, Rhythm
from bot.domain.watch import Listening
from storage.columns import Row
from storage.engine import open_database
from storage.store import SqlStore
from tests.studies import (
    ALL,
    DAY,
    NOW,
    SECRET,
    absorb,
    changed,
    follower,
    interest,
    key,
    read,
    study,
    telegram,
)

PARIS = Place(
    name="Paris, France",
    latitude=48.85341,
    longitude=2.3488,
    country="France",
    time_zone="Europe/Paris",
)
CHOSEN = ChatSettings(near=Near(PARIS, 100), rhythm=Rhythm.WEEKLY, quiet_from=22, quiet_to=7)


async def test_settings_are_kept_whole_and_taken_back(store: SqlStore) -> None:
    """A chat has the default settings until it chooses, and again when it chooses those."""
    chat = await store.chats.chat(telegram(1))
    assert chat.settings == DEFAULT
    await store.chats.configure(chat.id, CHOSEN)
    assert (await store.chats.chat(telegram(1))).settings == CHOSEN
    await store.chats.configure(chat.id, DEFAULT)
    assert (await store.chats.chat(telegram(1))).settings == DEFAULT


async def test_kinds_and_rest_are_changed_for_the_own_chat_only(store: SqlStore) -> None:
    """A subscription of another chat is never changed, and what is not named stays."""
    await absorb(store, read(study(1)))
    mine, other = await follower(store, telegram(1), 1), await follower(store, telegram(2), 1)
    (subscription,) = await store.chats.subscriptions(mine)
    await store.chats.adjust(other, subscription.id, kinds=mask([Kind.DATES]), paused=True)
    assert await store.chats.subscriptions(mine) == (subscription,)
    await store.chats.adjust(mine, subscription.id, paused=True)
    await store.chats.adjust(mine, subscription.id, kinds=mask([Kind.DATES]))
    (adjusted,) = await store.chats.subscriptions(mine)
    assert (adjusted.kinds, adjusted.paused) == (mask([Kind.DATES]), True)


async def test_what_happens_while_it_rests_is_not_owed(store: SqlStore) -> None:
    """Not later either, whenever the chat hears; what was owed before still is, and what comes."""
    await absorb(store, read(study(1)))
    chat = await follower(store, telegram(1), 1)
    topic = interest("sarcoma")
    (trial,) = await store.chats.subscriptions(chat)
    made, _ = await store.chats.follow_interest(chat, topic, kinds=ALL, since=DAY)
    assert made.interest_id is not None
    for day, rests, owed in ((0, False, 1), (1, True, 1), (2, False, 2)):
        for one in (trial, made):
            await store.chats.adjust(chat, one.id, paused=rests)
        when = DAY + timedelta(days=day)
        matches = [Match(made.interest_id, Event.CHANGED)]
        await absorb(store, changed(1, day=when, matches=matches), day=when)
        assert (await store.notices.debts(NOW)).by_state == {"due": owed}
    known = await store.chats.subscriptions(chat)
    assert [(one.kinds, one.paused) for one in known] == [(ALL, False)] * 2


@pytest.mark.parametrize(
    ("old_rests", "new_rests", "kinds"),
    [
        (False, False, [Kind.DATES, Kind.STATUS]),
        (True, True, [Kind.DATES, Kind.STATUS]),
        (True, False, [Kind.STATUS]),
        (False, True, [Kind.DATES]),
    ],
)
async def test_nobody_ceases_to_be_told_when_trials_merge(
    store: SqlStore, old_rests: bool, new_rests: bool, kinds: list[Kind]
) -> None:
    """The two become one that rests where both did, and else asks for what was told before."""
    await absorb(store, read(study(1)), read(study(2)))
    chat = await follower(store, telegram(1), 1, 2)
    old, new = await store.chats.subscriptions(chat)
    await store.chats.adjust(chat, old.id, kinds=mask([Kind.DATES]), paused=old_rests)
    await store.chats.adjust(chat, new.id, kinds=mask([Kind.STATUS]), paused=new_rests)
    async with store.absorbing() as transaction:
        await transaction.merge(key(1), key(2))
    (one,) = await store.chats.subscriptions(chat)
    assert (one.kinds, one.paused) == (mask(kinds), old_rests and new_rests)


async def test_same_words_with_another_filter_are_another_interest(store: SqlStore) -> None:
    """A filter or a search of the registry's tells two interests apart; the order of chats not."""
    chat = await store.chats.chat(telegram(1))
    narrowed = interest("sarcoma", filter=Filter(near=Near(PARIS, 50), phases=("PHASE1",)))
    searched = interest("sarcoma", search=RegistrySearch(cond="sarcoma", spons="NIH"))
    made = [
        await store.chats.follow_interest(chat.id, one, kinds=ALL, since=DAY)
        for one in (interest("sarcoma"), narrowed, searched, narrowed)
    ]
    assert [is_new for _, is_new in made] == [True, True, True, False]
    followed = [one.interest for one in await store.chats.subscriptions(chat.id)]
    assert followed == [interest("sarcoma"), narrowed, searched]


async def test_muted_trials_are_known_by_their_numbers(store: SqlStore) -> None:
    """Muting twice is muting once, unmuting is heard, and an unknown trial cannot be muted."""
    await absorb(store, read(study(2)), read(study(1)))
    chat = await store.chats.chat(telegram(1))
    for number in (2, 1, 2, 99):
        await store.chats.mute(chat.id, key(number))
    assert await store.chats.muted(chat.id) == (key(1), key(2))
    await store.chats.unmute(chat.id, key(1))
    assert await store.chats.muted(chat.id) == (key(2),)


async def test_mutes_and_settings_move_with_a_chat_that_joins_another(store: SqlStore) -> None:
    """A group that became a supergroup keeps what it chose; what the other one chose goes first."""
    await absorb(store, read(study(1)), read(study(2)))
    old, new = await store.chats.chat(telegram(-1)), await store.chats.chat(telegram(-1001))
    await store.chats.configure(old.id, CHOSEN)
    await store.chats.mute(old.id, key(1))
    await store.chats.mute(old.id, key(2))
    await store.chats.mute(new.id, key(2))
    await store.chats.move(old.id, telegram(-1001))
    assert (await store.chats.chat(telegram(-1001))).settings == CHOSEN
    assert await store.chats.muted(new.id) == (key(1), key(2))


async def test_mute_goes_along_with_a_merged_trial(store: SqlStore) -> None:
    """Who muted a trial that became another has muted that one, once."""
    await absorb(store, read(study(1)), read(study(2)))
    chat = await store.chats.chat(telegram(1))
    await store.chats.mute(chat.id, key(1))
    await store.chats.mute(chat.id, key(2))
    async with store.absorbing() as transaction:
        await transaction.merge(key(1), key(2))
    assert await store.chats.muted(chat.id) == (key(2),)


async def test_all_that_telling_asks_of_a_chat_comes_at_once(store: SqlStore) -> None:
    """What it follows, muted and chose; of a chat that is gone, nothing."""
    await absorb(store, read(study(1)), read(study(2)))
    chat_id = await follower(store, telegram(1), 1)
    await store.chats.configure(chat_id, CHOSEN)
    await store.chats.mute(chat_id, key(2))
    heard = await store.chats.listening(chat_id)
    assert heard.subscriptions == await store.chats.subscriptions(chat_id)
    assert (heard.muted, heard.settings) == (frozenset({key(2)}), CHOSEN)
    await store.chats.erase(chat_id)
    assert await store.chats.listening(chat_id) == Listening()


async def test_erased_chat_leaves_no_row(store: SqlStore, store_url: str) -> None:
    """After forgetting, every table has as many rows as if the chat had never been there."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(2), 1)
    before = await _rows(store_url)
    chat_id = await follower(store, telegram(1), 1)
    await store.chats.follow_interest(chat_id, interest("gout"), kinds=ALL, since=DAY)
    await store.chats.configure(chat_id, CHOSEN)
    await store.chats.mute(chat_id, key(1))
    await store.chats.erase(chat_id)
    assert await _rows(store_url) == before
    assert await store.chats.find(telegram(1)) is None


async def test_erased_chat_is_owed_nothing(store: SqlStore, store_url: str) -> None:
    """What the chat was owed goes with it, and what others are owed stays."""
    await absorb(store, read(study(1)))
    gone = await follower(store, telegram(1), 1)
    await follower(store, telegram(2), 1)
    assert await absorb(store, changed(1)) == 2
    await store.chats.erase(gone)
    assert (await _rows(store_url))["notices"] == 1


async def _rows(url: str) -> dict[str, int]:
    database = open_database(url, SECRET)
    async with database.read() as connection:
        counts = {
            table.name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Row.metadata.sorted_tables
        }
    await database.close()
    return counts
