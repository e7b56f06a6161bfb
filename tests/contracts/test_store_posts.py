"""Where trials were first posted, what changed last, what a chat is shown, and counted notes."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.kept import Told
from bot.domain.notice import Event, Match, NoticeState, Settlement
from bot.domain.posting import Post
from bot.ports.store import Store
from storage.store import SqlStore
from tests.studies import (
    ALL,
    DAY,
    NOW,
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


async def settle_all(store: Store, settlement: Settlement) -> None:
    """Claim what is due, each by itself, and end it so."""
    held = await lease(store)
    while taken := await store.notices.claim(held, *TELEGRAM, busy=(), limit=1, now=NOW):
        await store.notices.settle(held, taken[0], settlement)
    await store.leases.release(held)


def sent(message: str, thread: str | None = None) -> Settlement:
    """It arrived, under this id."""
    return Settlement(state=NoticeState.SENT, message_id=message, thread=thread)


async def test_first_post_of_a_trial_stays(store: SqlStore) -> None:
    """Later messages do not take its place, unless they stand in a thread that was opened."""
    await absorb(store, read(study(1)))
    chat = await follower(store, telegram(-1), 1)
    assert await store.chats.post_of(chat, key(1)) is None
    expected = [Post(message_id="17"), Post(message_id="17"), Post(message_id="19", thread="190")]
    for number, (settlement, post) in enumerate(
        zip((sent("17"), sent("18"), sent("19", "190")), expected, strict=True), start=1
    ):
        day = DAY + timedelta(days=number)
        await absorb(store, changed(1, day=day), day=day)
        await settle_all(store, settlement)
        assert await store.chats.post_of(chat, key(1)) == post
    assert (await store.chats.kept(chat)).posts == ((key(1), expected[-1]),)


async def test_only_what_was_sent_in_a_feed_is_a_post(store: SqlStore) -> None:
    """Not what did not arrive, and not what was told to a person who agreed to be told."""
    await absorb(store, read(study(1)))
    feed, own = await follower(store, telegram(-1), 1), await follower(store, telegram(1), 1)
    await store.chats.consent(own, NOW)
    await absorb(store, changed(1))
    await settle_all(store, Settlement(state=NoticeState.DEAD, error="no"))
    assert await store.chats.post_of(feed, key(1)) is None
    later = DAY + timedelta(days=1)
    await absorb(store, changed(1, day=later), day=later)
    await settle_all(store, sent("17"))
    assert await store.chats.post_of(feed, key(1)) == Post(message_id="17")
    assert await store.chats.post_of(own, key(1)) is None


async def test_post_of_another_chat_is_not_seen(store: SqlStore) -> None:
    """Each feed has its own."""
    await absorb(store, read(study(1)))
    one = await follower(store, telegram(-1), 1)
    await absorb(store, changed(1))
    await settle_all(store, sent("17"))
    other = await follower(store, telegram(-2), 1)
    assert await store.chats.post_of(one, key(1)) is not None
    assert await store.chats.post_of(other, key(1)) is None


async def test_newest_is_the_last_that_touches_what_is_followed(store: SqlStore) -> None:
    """By trial or by condition, also from before the chat followed it; others do not count."""
    await absorb(store, *(read(study(number)) for number in (1, 2, 3)))
    chat = await follower(store, telegram(-1), 1)
    assert await store.chats.newest(chat, 5) == ()
    await absorb(store, changed(1))
    await absorb(store, changed(3))
    (newest,) = await store.chats.newest(chat, 5)
    assert newest.key == key(1)
    made, _ = await store.chats.follow_interest(chat, interest("gout"), kinds=ALL, since=DAY)
    assert made.interest_id is not None
    match = Match(made.interest_id, Event.CHANGED)
    await absorb(store, changed(2, matches=[match]))
    newest, before = await store.chats.newest(chat, 5)
    assert (newest.key, newest.matches) == (key(2), (match,))
    assert before.key == key(1)
    assert await store.chats.newest(chat, 1) == (newest,)


async def test_what_was_told_is_shown_with_its_state(store: SqlStore) -> None:
    """To the chat that it was told to, in its order."""
    await absorb(store, read(study(1)), read(study(2)))
    chat = await follower(store, telegram(-1), 1, 2)
    await absorb(store, changed(2))
    await settle_all(store, sent("17"))
    await absorb(store, changed(1))
    told = [
        Told(key=key(2), data_day=DAY, cause="reading", state=NoticeState.SENT),
        Told(key=key(1), data_day=DAY, cause="reading", state=NoticeState.DUE),
    ]
    assert list((await store.chats.kept(chat)).told) == told
    assert (await store.chats.kept(await follower(store, telegram(-2)))).told == ()


async def test_settings_outlive_a_no(store: SqlStore) -> None:
    """A feed that chose how it looks is not let go of with a question that was declined."""
    chat = await store.chats.chat(telegram(-1))
    await store.chats.ask_consent(chat.id, "sarcoma")
    await store.chats.configure(chat.id, type(chat.settings)(compact=True))
    await store.chats.forget_asked(telegram(-1))
    kept = await store.chats.find(telegram(-1))
    assert kept is not None
    assert (kept.asked, kept.settings.compact) == (None, True)


async def test_a_note_counts(store: SqlStore) -> None:
    """From one on, each under its own key."""
    for name in ("forgotten", "other", "forgotten"):
        await store.notes.count(name)
    assert await store.notes.all() == {"forgotten": "2", "other": "1"}
