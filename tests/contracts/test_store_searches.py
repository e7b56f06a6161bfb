"""What buttons ask that is too long for them, and baselines that filters share."""

from __future__ import annotations

from bot.domain.filters import Filter, RegistrySearch
from storage.engine import Database, open_database
from storage.store import SqlStore
from tests.studies import ALL, DAY, NOW, SECRET, interest, telegram

RECRUITING = Filter(statuses=("RECRUITING",))
FIRST, SECOND = "search zebra phase:2", "follow quagga"


async def _owed(store: SqlStore) -> list[int]:
    return [one.interest_id for one in await store.readings.baselines()]


async def _follow(store: SqlStore, chat: int, words: str, **fields: object) -> int:
    one = (await store.chats.chat(telegram(chat))).id
    made, _ = await store.chats.follow_interest(
        one, interest(words, **fields), kinds=ALL, since=DAY
    )
    assert made.interest_id is not None
    return made.interest_id


async def test_searches_are_kept_sealed_and_let_go(store: SqlStore, store_url: str) -> None:
    """They come back in their order; in the database nobody can read them."""
    chat = await store.chats.chat(telegram(1))
    assert chat.searches == ()
    await store.chats.keep_searches(chat.id, (FIRST, SECOND))
    assert (await store.chats.chat(telegram(1))).searches == (FIRST, SECOND)
    assert b"zebra" not in await _kept(store_url)
    await store.chats.keep_searches(chat.id, ())
    assert (await store.chats.chat(telegram(1))).searches == ()


async def test_a_refusal_forgets_searches_too(store: SqlStore) -> None:
    """A chat that has nothing else is gone; one that has, loses what it searched for."""
    asking = await store.chats.chat(telegram(1))
    await store.chats.keep_searches(asking.id, (FIRST,))
    await store.chats.forget_asked(telegram(1))
    assert await store.chats.find(telegram(1)) is None
    known = await store.chats.chat(telegram(2))
    await store.chats.consent(known.id, NOW)
    await store.chats.keep_searches(known.id, (FIRST,))
    await store.chats.forget_asked(telegram(2))
    assert (await store.chats.chat(telegram(2))).searches == ()


async def test_what_only_a_filter_tells_apart_owes_one_baseline(store: SqlStore) -> None:
    """The first owes it for all; when it is read none owes it, and a later one never does."""
    whole = await _follow(store, 1, "Gout")
    await _follow(store, 2, "Gout", filter=RECRUITING)
    other = await _follow(store, 1, "Sarcoma", filter=RECRUITING)
    assert await _owed(store) == [whole, other]
    await store.readings.baseline_done(whole)
    assert await _owed(store) == [other]
    await _follow(store, 3, "Gout", filter=Filter(age=7))
    assert await _owed(store) == [other]


async def test_an_unfinished_baseline_is_owed_by_who_is_left(store: SqlStore) -> None:
    """When the one that owed it is followed by nobody any more, the next of its topic does."""
    chat = await store.chats.chat(telegram(1))
    await _follow(store, 1, "Gout")
    narrowed = await _follow(store, 2, "Gout", filter=RECRUITING)
    (subscription,) = await store.chats.subscriptions(chat.id)
    await store.chats.unfollow(chat.id, subscription.id)
    assert await _owed(store) == [narrowed]


async def test_a_registry_search_is_a_topic_of_its_own(store: SqlStore) -> None:
    """Words that look alike do not make it the topic of a condition."""
    words = await _follow(store, 1, "Gout")
    searched = await _follow(store, 1, "Gout", search=RegistrySearch(cond="gout"))
    await store.readings.baseline_done(words)
    assert await _owed(store) == [searched]


async def _kept(url: str) -> bytes:
    database: Database = open_database(url, SECRET)
    try:
        async with database.read() as connection:
            raw = await connection.exec_driver_sql("SELECT searches FROM chats")
            return bytes(raw.scalar_one())
    finally:
        await database.close()
