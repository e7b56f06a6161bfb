"""Many sends that end at once: each is settled for itself, though one statement writes them."""

from __future__ import annotations

import asyncio

from msgspec.structs import replace
from sqlalchemy import select

from bot.domain.notice import Notice, NoticeState, Settlement
from bot.ports.leases import Lease
from bot.ports.store_errors import LeaseLost
from storage.engine import open_database
from storage.store import SqlStore
from storage.tables import notices as rows_of
from tests.studies import (
    HOUR,
    NOW,
    SECRET,
    TELEGRAM,
    absorb,
    changed,
    follower,
    lease,
    read,
    study,
    telegram,
)

CHATS = 30


def sent(notice: Notice) -> Settlement:
    """Its message arrived, under a number that tells it from the others'."""
    return Settlement(state=NoticeState.SENT, message_id=f'007"{notice.id}e1')


async def claimed(store: SqlStore, held: Lease) -> tuple[Notice, ...]:
    """What as many chats are owed, claimed."""
    await absorb(store, read(study(0)))
    for number in range(CHATS):
        await store.chats.consent(await follower(store, telegram(number + 1), 0), NOW)
    await absorb(store, changed(0))
    return await store.notices.claim(held, *TELEGRAM, busy=(), limit=CHATS, now=NOW + HOUR)


async def states(store: SqlStore) -> dict[str, int]:
    """How many debts there are in each state."""
    return dict((await store.notices.debts(NOW + HOUR)).by_state)


async def test_each_is_settled_as_its_own_message(store: SqlStore, store_url: str) -> None:
    """Every notice has its own message's number, to the letter, and none is due any more."""
    held = await lease(store)
    notices = await claimed(store, held)
    assert len(notices) == CHATS
    await asyncio.gather(*(store.notices.settle(held, one, sent(one)) for one in notices))
    assert await states(store) == {NoticeState.SENT: CHATS}
    for one in notices:
        (told,) = await store.notices.told(one.chat_id, one.id)
        assert told.tries == one.tries + 1
    database = open_database(store_url, SECRET)
    async with database.read() as connection:
        rows = await connection.execute(select(rows_of.c.id, rows_of.c.message_id))
        assert {row.id: row.message_id for row in rows} == {
            one.id: sent(one).message_id for one in notices
        }
    await database.close()


async def test_settlements_of_all_kinds_go_together(store: SqlStore) -> None:
    """What was refused or has to wait is written beside what was sent."""
    held = await lease(store)
    notices = await claimed(store, held)
    dead = Settlement(state=NoticeState.DEAD, error="refused")
    later = Settlement(state=NoticeState.DUE, due_at=NOW + HOUR * 2)
    ends = [(sent(one), dead, later)[at % 3] for at, one in enumerate(notices)]
    pairs = zip(notices, ends, strict=True)
    await asyncio.gather(*(store.notices.settle(held, one, end) for one, end in pairs))
    third = CHATS // 3
    expected = {NoticeState.SENT: third, NoticeState.DEAD: third, NoticeState.DUE: third}
    assert await states(store) == expected


async def test_a_lost_lease_writes_nothing_beside_one_that_is_held(store: SqlStore) -> None:
    """Of sends that end together, those under a broken fence fail, and only those."""
    held = await lease(store)
    notices = await claimed(store, held)
    broken = replace(held, fence=held.fence - 1)
    ends = await asyncio.gather(
        *(
            store.notices.settle(broken if at % 2 else held, one, sent(one))
            for at, one in enumerate(notices)
        ),
        return_exceptions=True,
    )
    assert [type(end) for end in ends] == [type(None), LeaseLost] * (CHATS // 2)
    half = CHATS // 2
    assert await states(store) == {NoticeState.SENT: half, NoticeState.CLAIMED: half}


async def test_settled_twice_at_once_counts_one_try(store: SqlStore) -> None:
    """Who insists on writing what was written already changes nothing."""
    held = await lease(store)
    one, *_ = await claimed(store, held)
    await asyncio.gather(*(store.notices.settle(held, one, sent(one)) for _ in range(5)))
    (told,) = await store.notices.told(one.chat_id, one.id)
    assert told.tries == one.tries + 1


async def test_what_is_gone_is_no_mistake(store: SqlStore) -> None:
    """A chat that was forgotten while its message was on the way fails for nobody."""
    held = await lease(store)
    notices = await claimed(store, held)
    await store.chats.erase(notices[0].chat_id)
    await asyncio.gather(*(store.notices.settle(held, one, sent(one)) for one in notices))
    assert await states(store) == {NoticeState.SENT: CHATS - 1}
