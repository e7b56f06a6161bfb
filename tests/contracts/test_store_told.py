"""What a chat was told and is owed, as it asks after it."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.change import Op
from bot.domain.mass import Mass, Way
from bot.domain.notice import Notice, NoticeState, Settlement
from bot.domain.told import Owed, Standing
from storage.store import SqlStore
from tests.studies import (
    DAY,
    HOUR,
    NOW,
    TELEGRAM,
    absorb,
    changed,
    follower,
    happened,
    key,
    lease,
    read,
    status,
    study,
    telegram,
)

NEXT = DAY + timedelta(days=1)
SENT = Settlement(state=NoticeState.SENT)
MUCH_LATER = NOW + 10 * HOUR


async def settle(store: SqlStore, *settlements: Settlement) -> list[Notice]:
    """Claim as many notices as there are settlements, an hour apart, and settle each."""
    held = await lease(store)
    settled = []
    for hours, settlement in enumerate(settlements, 1):
        now = NOW + hours * HOUR
        (notice,) = await store.notices.claim(held, *TELEGRAM, busy=[], limit=1, now=now)
        await store.notices.settle(held, notice, settlement)
        settled.append(notice)
    await store.leases.release(held)
    return settled


async def two_trials(store: SqlStore) -> int:
    """A chat that follows two trials, of which each changed."""
    await absorb(store, read(study(1)), read(study(2)))
    chat_id = await follower(store, telegram(1), 1, 2)
    assert await absorb(store, changed(1, day=NEXT), changed(2, day=NEXT), day=NEXT) == 2
    return chat_id


async def test_what_was_told_last_comes_first_and_is_the_chats_own(store: SqlStore) -> None:
    """Only what was sent, perhaps too, with the trial's title, its changes and the moment."""
    chat_id = await two_trials(store)
    other = await follower(store, telegram(2), 1)
    assert await store.told.recent(chat_id, 5) == ()
    await settle(store, SENT, Settlement(state=NoticeState.PERHAPS))
    later, first = await store.told.recent(chat_id, 5)
    assert (first.title, first.state, first.handed_at) == ("Trial 1", "sent", NOW + HOUR)
    assert (later.occurrence.key, later.state) == (key(2), "perhaps")
    assert first.occurrence == happened(1, status("COMPLETED", "RECRUITING"), day=NEXT)
    assert await store.told.recent(chat_id, 1) == (later,)
    assert await store.told.recent(other, 5) == ()


async def test_standing_of_a_trial_is_of_this_trial_and_chat(store: SqlStore) -> None:
    """Whatever became of its notices, newest first; of a trial that is not known, nothing."""
    chat_id = await two_trials(store)
    await settle(store, SENT)
    assert await absorb(store, changed(1, day=DAY + timedelta(days=2)), day=NEXT) == 1
    standing = await store.told.standing(chat_id, key(1))
    assert [one.state for one in standing.notices] == ["due", "sent"]
    assert (standing.held_on, standing.reading_on, standing.spreading) == (None, None, False)
    assert await store.told.standing(chat_id, key(99)) == Standing()
    assert (await store.told.standing(chat_id + 1, key(1))).notices == ()


async def test_standing_says_what_waits_for_a_reading_or_for_the_operator(store: SqlStore) -> None:
    """Before the reading is complete, and where the same thing happened to many records."""
    await absorb(store, read(study(1)))
    chat_id = await follower(store, telegram(1), 1)
    change = status("UNKNOWN", "RECRUITING")
    async with store.absorbing() as transaction:
        await transaction.previous([key(1)])
        await transaction.write([changed(1, change, day=NEXT)], NEXT, NOW, waits=True)
    assert (await store.told.standing(chat_id, key(1))).reading_on == NEXT
    way = Way(path=change.path, op=Op.SET, old="RECRUITING", new="UNKNOWN")
    await store.holds.hold(NEXT, [Mass(way=way, count=50, usual=1)], 60)
    waiting = await store.holds.waiting(0, 10)
    await store.holds.let_go([one.id for one in waiting], NEXT, NOW)
    standing = await store.told.standing(chat_id, key(1))
    assert (standing.held_on, standing.reading_on, standing.notices) == (NEXT, None, ())


async def test_a_merged_trials_notices_are_found_by_its_old_number(store: SqlStore) -> None:
    """Who asks by the number that they know is answered about the trial that it became."""
    chat_id = await two_trials(store)
    async with store.absorbing() as transaction:
        await transaction.merge(key(1), key(2))
    told = (await store.told.standing(chat_id, key(1))).notices
    assert {one.occurrence.key for one in told} == {key(1), key(2)}


async def test_what_is_owed_is_counted_with_the_moment_at_which_it_comes(store: SqlStore) -> None:
    """What is due, what was put off and until when, and nothing that is done."""
    chat_id = await two_trials(store)
    assert await store.told.owed(chat_id) == Owed(due=2, next_at=NOW)
    later = Settlement(state=NoticeState.PUT_OFF, due_at=MUCH_LATER, counts_as_try=False)
    await settle(store, later)
    assert await store.told.owed(chat_id) == Owed(put_off=2, next_at=MUCH_LATER)
    assert await store.told.owed(chat_id + 1) == Owed()


async def test_what_was_told_is_owed_no_more(store: SqlStore) -> None:
    """A chat to which everything was sent has nothing to come, and one that waits has."""
    chat_id = await two_trials(store)
    again = Settlement(state=NoticeState.DUE, due_at=MUCH_LATER)
    await settle(store, SENT, again)
    assert await store.told.owed(chat_id) == Owed(due=1, next_at=MUCH_LATER)
