"""Notices of one chat that are told in one message, and those that are put off by choice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.notice import OTHERS_COUNTED, Notice, NoticeState, Settlement
from bot.domain.settings.chat import ChatSettings, Rhythm
from bot.ports.leases import Lease
from bot.ports.store_errors import LeaseLost
from storage.store import SqlStore
from tests.studies import (
    HOUR,
    NOW,
    TELEGRAM,
    absorb,
    changed,
    follower,
    key,
    lease,
    read,
    study,
    telegram,
)

SENT = Settlement(state=NoticeState.SENT, message_id="7")
LATER = NOW + HOUR
NEVER_MIND = Settlement(state=NoticeState.DUE, due_at=NOW, counts_as_try=False)


async def owing(store: SqlStore, trials: int, chats: int = 1) -> list[int]:
    """Chats that follow so many trials, each of which changed once."""
    await absorb(store, *(read(study(number)) for number in range(trials)))
    ids = [await follower(store, telegram(at), *range(trials)) for at in range(chats)]
    for number in range(trials):
        await absorb(store, changed(number))
    return ids


async def claim(store: SqlStore, held: Lease, now: object = NOW) -> tuple[Notice, ...]:
    """What can be claimed."""
    return await store.notices.claim(held, *TELEGRAM, busy=(), limit=9, now=now)  # type: ignore[arg-type]  # a moment


async def along(store: SqlStore, held: Lease, leader: Notice, limit: int = 50) -> Notice:
    """The leader with what is told beside it."""
    return await store.notices.claim_along(held, leader, limit=limit, now=NOW)


def told(notice: Notice) -> list[int]:
    """Which trials are told together."""
    return [int(one.occurrence.key.number[3:]) for one in notice.together]


async def states(store: SqlStore) -> dict[str, int]:
    """How many notices are in which state."""
    return dict((await store.notices.debts(NOW)).by_state)


async def test_a_claim_tells_what_else_is_due_and_what_the_chat_chose(store: SqlStore) -> None:
    """It counts the others of the chat, up to a bound, and says since when it is owed."""
    (chat_id, _) = await owing(store, trials=OTHERS_COUNTED + 5, chats=2)
    settings = ChatSettings(rhythm=Rhythm.WEEKLY, time_zone="Asia/Kathmandu")
    await store.chats.configure(chat_id, settings)
    first, second = await claim(store, await lease(store))
    assert (first.others, first.owed_at, first.settings) == (OTHERS_COUNTED, NOW, settings)
    assert second.settings == ChatSettings()
    assert not first.unsure


async def test_all_that_is_told_together_is_settled_together(store: SqlStore) -> None:
    """A group is claimed in order, its rest counted; what said nothing ends as moot."""
    await owing(store, trials=5, chats=2)
    held = await lease(store)
    leader, _ = await claim(store, held)
    group = await along(store, held, leader, limit=3)
    assert (told(group), group.others) == ([0, 1, 2, 3], 1)
    assert await states(store) == {"claimed": 5, "due": 5}
    await store.notices.settle(held, group, SENT, moot={group.beside[0].id})
    assert await states(store) == {"claimed": 1, "sent": 3, "moot": 1, "due": 5}
    assert [told(one) for one in await claim(store, held)] == [[4]]


async def test_after_a_crash_the_very_same_group_is_told_with_the_same_nonce(
    store: SqlStore,
) -> None:
    """What came to be owed meanwhile is not among it, and is told afterwards."""
    await owing(store, trials=4)
    held = await lease(store)
    (leader,) = await claim(store, held)
    group = await along(store, held, leader, limit=2)
    await store.notices.reclaim(held, *TELEGRAM)
    await absorb(store, changed(0, cause="reading-2"))
    (again,) = await claim(store, held)
    assert again.unsure
    second = await along(store, held, again)
    assert (told(second), second.nonce) == (told(group), group.nonce)
    await store.notices.settle(held, second, SENT)
    assert (await store.notices.debts(NOW)).possibly_double == 3
    (rest,) = await claim(store, held)
    assert told(await along(store, held, rest)) == [3, 0]


async def test_what_may_have_arrived_alone_is_no_part_of_another_message(store: SqlStore) -> None:
    """A single message in flight at a crash is told again by itself; others gather without it."""
    await owing(store, trials=3)
    held = await lease(store)
    (alone,) = await claim(store, held)
    lost = Settlement(state=NoticeState.DUE, due_at=NOW, answer_lost=True)
    await store.notices.settle(held, alone, lost)
    (again,) = await claim(store, held)
    assert (again.id, again.unsure, again.told_with) == (alone.id, True, None)
    await store.notices.settle(held, again, replace(lost, due_at=LATER))
    assert await claim(store, held) == ()  # the chat waits, so that order is kept


async def test_newer_news_is_not_told_before_what_may_have_arrived(store: SqlStore) -> None:
    """The claim of a group was not heard of: its rest is told before what came since."""
    await owing(store, trials=3)
    held = await lease(store)
    (leader,) = await claim(store, held)
    await along(store, held, leader)  # committed, and the answer is lost with the connection
    await store.notices.settle(held, leader, NEVER_MIND)
    await store.notices.reclaim(held, *TELEGRAM)
    for number in range(3):
        await absorb(store, changed(number, cause="reading-2"))
    order = []
    for _ in range(3):
        (leader,) = await claim(store, held)
        group = await along(store, held, leader)
        order.append(told(group))
        await store.notices.settle(held, group, SENT)
    assert order == [[0], [1, 2], [0, 1, 2]]


@pytest.mark.parametrize("lost", [False, True])
async def test_a_group_lasts_only_where_it_may_have_arrived(store: SqlStore, lost: bool) -> None:
    """Surely not sent it is none any more, and new ones join; else it stays as it was."""
    await owing(store, trials=3)
    held = await lease(store)
    (leader,) = await claim(store, held)
    group = await along(store, held, leader)
    again = Settlement(state=NoticeState.DUE, due_at=NOW, answer_lost=lost)
    await store.notices.settle(held, group, again)
    await absorb(store, changed(0, cause="reading-2"))
    (leader,) = await claim(store, held)
    assert leader.told_with == (group.id if lost else None)
    assert told(await along(store, held, leader)) == ([0, 1, 2] if lost else [0, 1, 2, 0])


async def test_a_refused_group_is_told_one_by_one(store: SqlStore) -> None:
    """Apart, each is a group of its own, whatever else is due."""
    await owing(store, trials=3)
    held = await lease(store)
    (leader,) = await claim(store, held)
    group = await along(store, held, leader)
    await store.notices.settle(held, group, replace(NEVER_MIND, alone=True))
    for number in range(3):
        (leader,) = await claim(store, held)
        assert told(await along(store, held, leader)) == [number]
        await store.notices.settle(held, leader, SENT)


async def test_who_lost_the_lease_claims_nothing_along(store: SqlStore) -> None:
    """The next holder has all of it."""
    await owing(store, trials=3)
    old = await lease(store, holder="old")
    (leader,) = await claim(store, old)
    await store.leases.release(old)
    new = await lease(store, holder="new")
    with pytest.raises(LeaseLost):
        await along(store, old, leader)
    assert await store.notices.reclaim(new, *TELEGRAM) == 1


async def test_what_was_told_is_shown_to_its_chat_only(store: SqlStore) -> None:
    """By the id that led the message all of it is found again; by another chat nothing."""
    mine, other = await owing(store, trials=3, chats=2)
    held = await lease(store)
    (leader, _) = await claim(store, held)
    group = await along(store, held, leader, limit=1)
    await store.notices.settle(held, group, SENT)
    found = await store.notices.told(mine, group.id)
    assert [one.occurrence.key for one in found] == [key(0), key(1)]
    assert await store.notices.told(other, group.id) == ()
    assert await store.notices.told(mine, 10**18) == ()
    alone = (await claim(store, held))[0]
    assert [one.id for one in await store.notices.told(mine, alone.id)] == [alone.id]


def put_off(hours: int, *, alone: bool = False) -> Settlement:
    """So many hours later, by choice."""
    until = NOW + hours * HOUR
    return Settlement(state=NoticeState.PUT_OFF, due_at=until, counts_as_try=False, alone=alone)


async def test_a_chat_that_hears_later_is_left_alone_until_then(store: SqlStore) -> None:
    """All that is due to it and all that comes meanwhile wakes at that moment, in order."""
    await owing(store, trials=2)
    held = await lease(store)
    (leader,) = await claim(store, held)
    await store.notices.settle(held, leader, put_off(8))
    await absorb(store, changed(0, cause="reading-2"))
    assert await states(store) == {"put_off": 3}
    assert await claim(store, held) == ()
    assert await store.notices.next_due(*TELEGRAM) == NOW + 8 * HOUR
    assert (await store.notices.debts(NOW + 7 * HOUR)).oldest_due is None
    assert await claim(store, held, NOW + 7 * HOUR) == ()
    (again,) = await claim(store, held, NOW + 8 * HOUR)
    assert (again.id, again.tries, again.others, again.unsure) == (leader.id, 0, 2, False)


async def test_where_urgent_news_may_pass_only_one_waits(store: SqlStore) -> None:
    """The others of the chat, and what comes meanwhile, are looked at for themselves."""
    await owing(store, trials=2)
    held = await lease(store)
    (leader,) = await claim(store, held)
    await store.notices.settle(held, leader, put_off(8, alone=True))
    await absorb(store, changed(0, cause="reading-2"))
    assert await states(store) == {"put_off": 1, "due": 2}
    (other,) = await claim(store, held)
    assert other.id != leader.id


async def test_choosing_anew_brings_back_what_was_put_off(store: SqlStore) -> None:
    """It is asked by the new choice at once, and what comes then is due; other chats sleep on."""
    mine, _ = await owing(store, trials=2, chats=2)
    held = await lease(store)
    for leader in await claim(store, held):
        await store.notices.settle(held, leader, put_off(100))
    await store.chats.configure(mine, ChatSettings(hour=9))
    assert await store.notices.next_due(*TELEGRAM) == NOW
    (again,) = await claim(store, held, LATER)
    assert (again.chat_id, again.settings.hour) == (mine, 9)
    assert (await store.notices.debts(LATER)).oldest_due == LATER
    await absorb(store, changed(0, cause="reading-2"), now=LATER)
    assert await states(store) == {"claimed": 1, "due": 2, "put_off": 3}


async def test_a_chat_that_is_tried_at_night_is_tried_in_the_morning(store: SqlStore) -> None:
    """Putting off the try of a paused chat does not cost it that day's try."""
    (chat_id,) = await owing(store, trials=1)
    await store.chats.pause(chat_id, NOW - timedelta(days=2))
    held = await lease(store)
    day = timedelta(days=1)
    asked = {"busy": (), "limit": 5}
    (probe,) = await store.notices.claim(
        held,
        *TELEGRAM,
        now=NOW,
        probe_before=NOW - day,
        **asked,  # type: ignore[arg-type]  # as above
    )
    assert probe.probe
    await store.notices.settle(held, probe, put_off(8))
    morning = NOW + 8 * HOUR
    (again,) = await store.notices.claim(
        held,
        *TELEGRAM,
        now=morning,
        probe_before=morning - day,
        **asked,  # type: ignore[arg-type]  # as above
    )
    assert again.id == probe.id


async def test_what_is_put_off_goes_with_the_chat_that_moves_or_expires(store: SqlStore) -> None:
    """It is a debt like others: it moves, and it is lost with a chat that never comes back."""
    mine, gone = await owing(store, trials=2, chats=2)
    held = await lease(store)
    for leader in await claim(store, held):
        await store.notices.settle(held, leader, put_off(8))
    await store.chats.move(mine, telegram(-100))
    await store.chats.pause(gone, NOW - 90 * 24 * HOUR)
    assert await store.notices.expire(NOW - 60 * 24 * HOUR) == 2
    (moved,) = await claim(store, held, NOW + 8 * HOUR)
    assert moved.address == telegram(-100)
