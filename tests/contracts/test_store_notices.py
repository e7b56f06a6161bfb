"""Debts, from owed to settled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.notice import NoticeState, Settlement
from bot.ports.notices import DeadLetter
from bot.ports.store_errors import LeaseLost
from storage.store import SqlStore
from tests.contracts.claims import LATER, SENT, claim, numbers_of, owing
from tests.studies import (
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
    key,
    lease,
    read,
    status,
    study,
    telegram,
)


async def test_claimed_is_not_claimed_again(store: SqlStore) -> None:
    """What is in flight is nobody else's, and what is settled is never sent again."""
    await owing(store)
    held = await lease(store)
    (notice,) = await claim(store, held)
    assert await claim(store, held) == ()
    await store.notices.settle(held, notice, SENT)
    assert await claim(store, held) == ()
    assert (await store.notices.debts(LATER)).by_state == {"sent": 1}


async def test_chats_are_served_in_order_one_at_a_time(store: SqlStore) -> None:
    """A chat's next notice waits until the one before is settled."""
    await owing(store, trials=3)
    held = await lease(store)
    told = []
    for _ in range(3):
        (notice,) = await claim(store, held)
        assert await claim(store, held) == ()
        await store.notices.settle(held, notice, SENT)
        told.append(notice.occurrence.key)
    assert told == [key(0), key(1), key(2)]


async def test_oldest_first_across_chats(store: SqlStore) -> None:
    """Where more is due than can be taken, the oldest debts go first."""
    await absorb(store, *(read(study(number)) for number in range(3)))
    for number in (2, 0, 1):
        await follower(store, telegram(number), number)
        await absorb(store, changed(number))
    held = await lease(store)
    assert numbers_of(await claim(store, held, limit=2)) == [str(key(2)), str(key(0))]
    assert numbers_of(await claim(store, held, limit=2)) == [str(key(1))]


async def test_chat_that_owes_much_does_not_hide_the_others(store: SqlStore) -> None:
    """Behind forty notices for one chat the next chat is found."""
    await owing(store, trials=40)
    await absorb(store, read(study(200)))
    await follower(store, telegram(-1), 200)
    await absorb(store, changed(200))
    held = await lease(store)
    assert numbers_of(await claim(store, held, limit=2)) == [str(key(0)), str(key(200))]


async def test_busy_chats_are_passed_over(store: SqlStore) -> None:
    """A chat that is being sent to is left out, the others are not."""
    ids = await owing(store, chats=3)
    held = await lease(store)
    assert [one.chat_id for one in await claim(store, held, busy=ids[:2])] == ids[2:]


async def test_not_before_it_is_due(store: SqlStore) -> None:
    """A debt of the future is not taken now."""
    await owing(store)
    held = await lease(store)
    early = NOW - HOUR
    assert not await store.notices.claim(held, *TELEGRAM, busy=[], limit=1, now=early)


async def test_paused_chats_wait(store: SqlStore) -> None:
    """A paused chat keeps its debts and gets them on return."""
    (chat_id,) = await owing(store)
    held = await lease(store)
    await store.chats.pause(chat_id, NOW)
    assert await claim(store, held) == ()
    assert await store.notices.next_due(*TELEGRAM) is None
    assert (await store.notices.debts(LATER)).oldest_due is None
    await store.chats.resume(chat_id)
    assert len(await claim(store, held)) == 1


async def test_retry_holds_the_whole_chat(store: SqlStore) -> None:
    """Again later means that what came after waits too, so that order is kept."""
    await owing(store, chats=2, trials=2)
    held = await lease(store)
    first, other = await claim(store, held)
    until = LATER + HOUR
    again = Settlement(state=NoticeState.DUE, due_at=until, error="timeout")
    await store.notices.settle(held, first, again)
    await store.notices.settle(held, other, SENT)
    assert [one.chat_id for one in await claim(store, held)] == [other.chat_id]
    retried = await store.notices.claim(held, *TELEGRAM, busy=[other.chat_id], limit=10, now=until)
    assert [(one.id, one.tries) for one in retried] == [(first.id, 1)]


async def test_waiting_is_not_a_try(store: SqlStore) -> None:
    """Where the chat or the token has to wait, no try is used up."""
    await owing(store)
    held = await lease(store)
    (notice,) = await claim(store, held)
    waits = Settlement(state=NoticeState.DUE, due_at=LATER, counts_as_try=False)
    await store.notices.settle(held, notice, waits)
    assert [one.tries for one in await claim(store, held)] == [0]


async def test_held_bot_sends_nothing(store: SqlStore, store_url: str) -> None:
    """A hold stops the whole bot and no other, and a shorter one does not end it."""
    await owing(store)
    await follower(store, discord(9), 0)
    await absorb(store, changed(0, cause="reading-2"))
    held = await lease(store)
    await store.waits.let_bot_wait(*TELEGRAM, LATER + HOUR)
    await store.waits.let_bot_wait(*TELEGRAM, LATER)
    assert await claim(store, held) == ()
    assert await store.notices.next_due(*TELEGRAM) == LATER + HOUR
    other = await store.notices.claim(held, *DISCORD, busy=[], limit=1, now=LATER)
    assert len(other) == 1
    after = LATER + HOUR
    assert len(await store.notices.claim(held, *TELEGRAM, busy=[], limit=1, now=after)) == 1


async def test_bot_that_is_not_known_owes_nothing(store: SqlStore) -> None:
    """A bot without chats can be held, asked and claimed for."""
    held = await lease(store)
    assert await store.notices.next_due("telegram", "0") is None
    assert await store.notices.claim(held, "telegram", "0", busy=[], limit=1, now=LATER) == ()
    await store.waits.let_bot_wait("telegram", "0", NOW)
    assert await store.notices.reclaim(held, "telegram", "0") == 0


async def test_next_due_is_the_earliest_that_can_be_sent(store: SqlStore) -> None:
    """The earliest of what is due, reckoned with the chats' waits."""
    await owing(store, chats=2)
    held = await lease(store)
    assert await store.notices.next_due(*TELEGRAM) == NOW
    for minutes, notice in zip((30, 10), await claim(store, held), strict=True):
        until = LATER + timedelta(minutes=minutes)
        again = Settlement(state=NoticeState.DUE, due_at=until)
        await store.notices.settle(held, notice, again)
    assert await store.notices.next_due(*TELEGRAM) == LATER + timedelta(minutes=10)


async def test_reclaim_counts_what_may_be_double(store: SqlStore) -> None:
    """What a dead process had in flight is due again, once more counted, and in its old order."""
    await owing(store, trials=2)
    held = await lease(store)
    (lost,) = await claim(store, held)
    assert await store.notices.reclaim(held, *DISCORD) == 0
    assert await store.notices.reclaim(held, *TELEGRAM) == 1
    (again,) = await claim(store, held)
    assert again == replace(lost, unsure=True)
    await store.notices.settle(held, again, SENT)
    debts = await store.notices.debts(LATER)
    assert (debts.by_state, debts.possibly_double) == ({"due": 1, "sent": 1}, 1)


async def test_settled_twice_counts_once(store: SqlStore) -> None:
    """A second settlement of the same notice changes nothing."""
    await owing(store)
    held = await lease(store)
    (notice,) = await claim(store, held)
    await store.notices.settle(held, notice, SENT)
    await store.notices.settle(held, notice, Settlement(state=NoticeState.DEAD, error="late"))
    assert (await store.notices.debts(LATER)).by_state == {"sent": 1}


async def test_lost_lease_claims_and_settles_nothing(store: SqlStore) -> None:
    """Whoever lost the lease is told so, and nothing of theirs is written."""
    await owing(store, chats=2)
    old = await lease(store, holder="old")
    (notice,) = await claim(store, old, limit=1)
    await store.leases.release(old)
    new = await lease(store, holder="new")
    with pytest.raises(LeaseLost):
        await claim(store, old)
    with pytest.raises(LeaseLost):
        await store.notices.settle(old, notice, SENT)
    with pytest.raises(LeaseLost):
        await store.notices.reclaim(old, *TELEGRAM)
    assert (await store.notices.debts(LATER)).by_state == {"claimed": 1, "due": 1}
    assert await store.notices.reclaim(new, *TELEGRAM) == 1


async def test_expired_lease_is_lost_without_another_holder(store: SqlStore) -> None:
    """A lease that ran out is no right to send, even if nobody else took it."""
    await owing(store)
    held = await lease(store, seconds=-1)
    with pytest.raises(LeaseLost):
        await claim(store, held)


async def test_dead_letters_are_seen_and_revived(store: SqlStore) -> None:
    """What was given up is listed without address, and revived it is sent with all its tries."""
    await owing(store, chats=1, trials=2)
    held = await lease(store)
    for _ in range(2):
        (notice,) = await claim(store, held)
        dead = Settlement(state=NoticeState.DEAD, error="refused: too long")
        await store.notices.settle(held, notice, dead)
    letters = await store.notices.dead_letters()
    assert [letter.key for letter in letters] == [key(0), key(1)]
    assert letters[0] == DeadLetter(
        id=letters[0].id,
        platform="telegram",
        key=key(0),
        data_day=DAY,
        tries=1,
        error="refused: too long",
    )
    assert await store.notices.revive(LATER) == 2
    assert await store.notices.dead_letters() == ()
    assert await store.notices.next_due(*TELEGRAM) == LATER
    (again,) = await claim(store, held)
    assert (again.occurrence.key, again.tries) == (key(0), 0)


async def test_debts_tell_the_oldest_that_could_be_sent(store: SqlStore) -> None:
    """A debt that waits for a later try is not overdue; the first that is due is."""
    assert (await store.notices.debts(NOW)).oldest_due is None
    await owing(store, chats=2)
    await absorb(store, changed(0, cause="reading-2"), now=LATER)
    held = await lease(store)
    assert (await store.notices.debts(LATER)).oldest_due == NOW
    for notice in await claim(store, held):
        again = Settlement(state=NoticeState.DUE, due_at=LATER + HOUR)
        await store.notices.settle(held, notice, again)
    debts = await store.notices.debts(LATER)
    assert (debts.oldest_due, debts.by_state) == (LATER, {"due": 4})


async def test_debts_of_long_paused_chats_expire(store: SqlStore) -> None:
    """After the grace period nothing is left to say; who was paused later keeps the debts."""
    ids = await owing(store, chats=3, trials=2)
    await store.chats.pause(ids[0], NOW)
    await store.chats.pause(ids[1], LATER)
    assert await store.notices.expire(LATER) == 2
    assert await store.notices.expire(LATER) == 0
    assert (await store.notices.debts(LATER)).by_state == {"due": 4, "moot": 2}


async def test_nonce_outlives_a_restart(store: SqlStore, store_url: str) -> None:
    """A notice that is claimed again has the nonce that it had, so that Discord drops a double."""
    await owing(store)
    held = await lease(store)
    (first,) = await claim(store, held)
    await store.notices.reclaim(held, *TELEGRAM)
    (second,) = await claim(store, held)
    assert first.nonce == second.nonce
    assert first.occurrence == happened(0, status("COMPLETED", "RECRUITING"))
