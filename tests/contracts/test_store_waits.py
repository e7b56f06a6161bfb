"""What platforms asked to wait for."""

from __future__ import annotations

from storage.store import SqlStore
from tests.contracts.claims import claim, owing
from tests.studies import HOUR, NOW, TELEGRAM, lease, telegram

LATER = NOW + HOUR


async def test_a_chat_waits_alone_and_as_long_as_the_longest(store: SqlStore) -> None:
    """One chat's wait keeps up no other, and an unknown chat's is nothing to keep."""
    await owing(store, chats=2)
    held = await lease(store)
    (first, second) = await claim(store, held)
    await store.notices.reclaim(held, *TELEGRAM)
    await store.waits.let_chat_wait(first.address, LATER + HOUR)
    await store.waits.let_chat_wait(first.address, LATER)
    await store.waits.let_chat_wait(telegram(-99), LATER + HOUR)
    ready = await store.notices.claim(held, *TELEGRAM, busy=[], limit=9, now=LATER)
    assert [notice.chat_id for notice in ready] == [second.chat_id]
    after = LATER + HOUR
    ready = await store.notices.claim(held, *TELEGRAM, busy=[], limit=9, now=after)
    assert [notice.chat_id for notice in ready] == [first.chat_id]


async def test_a_bot_s_wait_can_be_read_again(store: SqlStore) -> None:
    """After a restart it is known until when nothing may be sent."""
    assert await store.waits.bot_waits_until(*TELEGRAM) is None
    await store.waits.let_bot_wait(*TELEGRAM, LATER)
    assert await store.waits.bot_waits_until(*TELEGRAM) == LATER
    assert await store.waits.bot_waits_until("telegram", "0") is None
