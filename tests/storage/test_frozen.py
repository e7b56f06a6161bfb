"""A process that stands still in the middle of a transaction, as when its machine is frozen."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import event, text

from bot.domain.notice import NoticeState, Settlement
from bot.ports.store_errors import StoreUnavailable
from storage.engine import IDLE_SECONDS
from storage.store import SqlStore
from tests.postgres import Postgres
from tests.studies import NOW, PARSERS, SECRET, TELEGRAM, absorb, changed, follower, read, study
from tests.studies import telegram as telegram_chat

LEASE = 1.5
STANDS = 1.6
"""Seconds that the process stands still: longer than its lease lasts."""


async def test_group_is_settled_whole_though_its_lease_runs_out_amid_it(store: SqlStore) -> None:
    """Nobody else can have taken over meanwhile, and nothing of it is told again by itself."""
    trials = range(4)
    await absorb(store, *(read(study(number)) for number in trials))
    await follower(store, telegram_chat(1), *trials)
    await absorb(store, *(changed(number) for number in trials))
    held = await store.leases.acquire("send", "me", 60)
    assert held is not None
    (leader,) = await store.notices.claim(held, *TELEGRAM, busy=(), limit=9, now=NOW)
    group = await store.notices.claim_along(held, leader, limit=9, now=NOW)
    assert len(group.together) == len(trials)
    stood: list[str] = []

    def stand_still(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE notices") and not stood:
            stood.append(statement)
            time.sleep(STANDS)

    event.listen(store._database._engine.sync_engine, "after_cursor_execute", stand_still)
    assert await store.leases.acquire("send", "me", LEASE) == replace(held, seconds=LEASE)
    await store.notices.settle(held, group, Settlement(state=NoticeState.SENT, message_id="7"))
    assert stood
    assert (await store.notices.debts(NOW)).by_state == {"sent": len(trials)}


async def test_server_ends_a_transaction_that_stands_still(postgres: Postgres) -> None:
    """Its locks are let go for whoever takes over, and it is told so when it goes on."""
    store = await SqlStore.open(postgres.emptied(), SECRET, parsers=PARSERS)
    async with store._database.read() as connection:
        bound = await connection.scalar(text("SHOW idle_in_transaction_session_timeout"))
    assert bound == f"{IDLE_SECONDS}s"
    with pytest.raises(StoreUnavailable):
        await stand_still_amid_a_transaction(store)
    await store.check_writable()
    await store.close()


async def stand_still_amid_a_transaction(store: SqlStore) -> None:
    """For longer than the server bears here."""
    async with store._database.write() as connection:
        await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 50"))
        await asyncio.sleep(0.3)
        await connection.execute(text("SELECT 1"))
