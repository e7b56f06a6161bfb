"""Debts of chats that move, or join another."""

from __future__ import annotations

from bot.domain.notice import Notice, NoticeState, Settlement
from storage.store import SqlStore
from tests.contracts.claims import LATER, SENT, claim, numbers_of, owing
from tests.studies import (
    HOUR,
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


async def test_moved_chat_gets_its_debts_at_the_new_address(store: SqlStore) -> None:
    """A debt in flight and one that waits both go on at the new address, in order."""
    (chat_id,) = await owing(store, trials=2)
    held = await lease(store)
    (notice,) = await claim(store, held)
    await store.chats.move(chat_id, telegram(-1001))
    waits = Settlement(state=NoticeState.DUE, due_at=LATER, counts_as_try=False)
    await store.notices.settle(held, notice, waits)
    (again,) = await claim(store, held)
    assert (again.id, again.address) == (notice.id, telegram(-1001))


async def test_joined_chats_owe_each_change_once(store: SqlStore) -> None:
    """What both were owed is owed once; what the old one alone was owed comes too."""
    await absorb(store, *(read(study(number)) for number in range(3)))
    old = await follower(store, telegram(-5), 0, 1)
    new = await follower(store, telegram(-1005), 1, 2)
    for number in range(3):
        await absorb(store, changed(number))
    held = await lease(store)
    in_flight = (await claim(store, held, busy=[new]))[0]
    await store.chats.move(old, telegram(-1005))
    assert await claim(store, held) == ()
    await store.notices.settle(held, in_flight, SENT)
    told: list[Notice] = []
    while claimed := await claim(store, held):
        told.extend(claimed)
        await store.notices.settle(held, claimed[0], SENT)
    assert numbers_of(tuple(told)) == [str(key(1)), str(key(2))]
    assert {one.address for one in told} == {telegram(-1005)}


async def test_joined_chats_are_not_told_twice(store: SqlStore) -> None:
    """What had arrived at the old address is not sent to the new one."""
    await absorb(store, read(study(0)))
    old = await follower(store, telegram(-5), 0)
    new = await follower(store, telegram(-1005), 0)
    await absorb(store, changed(0))
    held = await lease(store)
    (sent,) = await claim(store, held, busy=[new])
    await store.notices.settle(held, sent, SENT)
    await store.chats.move(old, telegram(-1005))
    assert await claim(store, held) == ()


async def test_wait_goes_with_the_chat_that_moves(store: SqlStore) -> None:
    """Of two waits the later one holds for the joined chat."""
    await absorb(store, read(study(0)), read(study(1)))
    old = await follower(store, telegram(-5), 0)
    await follower(store, telegram(-1005), 1)
    await absorb(store, changed(0), changed(1))
    held = await lease(store)
    for notice in await claim(store, held):
        until = LATER + HOUR * (2 if notice.chat_id == old else 1)
        await store.notices.settle(held, notice, Settlement(state=NoticeState.DUE, due_at=until))
    await store.chats.move(old, telegram(-1005))
    early = LATER + HOUR
    assert not await store.notices.claim(held, *TELEGRAM, busy=[], limit=5, now=early)
    assert await store.notices.next_due(*TELEGRAM) == LATER + 2 * HOUR
