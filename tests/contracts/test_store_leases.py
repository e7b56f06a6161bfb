"""Who may read or send."""

from __future__ import annotations

import asyncio

from msgspec.structs import replace

from storage.store import SqlStore
from tests.studies import PARSERS, SECRET


async def test_one_holder_at_a_time(store: SqlStore) -> None:
    """While one holds it another gets nothing; other names are other leases."""
    assert await store.leases.acquire("send", "one", 60) is not None
    assert await store.leases.acquire("send", "two", 60) is None
    assert await store.leases.acquire("read", "two", 60) is not None


async def test_renewal_keeps_the_fence(store: SqlStore) -> None:
    """The holder renews without becoming another holder, also just after it ran out."""
    first = await store.leases.acquire("send", "one", 60)
    assert first is not None
    for seconds in (-1, 60):
        again = await store.leases.acquire("send", "one", seconds)
        assert again == replace(first, seconds=seconds)
    assert await store.leases.acquire("send", "two", 60) is None


async def test_fence_grows_with_every_change_of_holder(store: SqlStore) -> None:
    """By release or by expiry, the next holder's fence is larger."""
    fences = []
    for holder in ("one", "two", "one"):
        taken = await store.leases.acquire("send", holder, -1)
        assert taken is not None
        fences.append(taken.fence)
    last = await store.leases.acquire("send", "one", 60)
    assert last is not None
    await store.leases.release(last)
    after = await store.leases.acquire("send", "two", 60)
    assert after is not None
    fences.append(after.fence)
    assert fences == sorted(set(fences))


async def test_release_by_a_former_holder_changes_nothing(store: SqlStore) -> None:
    """Giving back what is no longer one's own takes it from nobody."""
    old = await store.leases.acquire("send", "one", -1)
    assert old is not None
    assert await store.leases.acquire("send", "two", 60) is not None
    await store.leases.release(old)
    assert await store.leases.acquire("send", "one", 60) is None


async def test_expiry_goes_by_the_databases_clock(store: SqlStore) -> None:
    """A short lease is free again after its seconds and not before."""
    assert await store.leases.acquire("send", "one", 0.4) is not None
    assert await store.leases.acquire("send", "two", 60) is None
    deadline = asyncio.get_running_loop().time() + 5
    while (taken := await store.leases.acquire("send", "two", 60)) is None:
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.05)
    assert taken.fence == 2


async def test_of_many_who_ask_at_once_one_gets_it(store_url: str) -> None:
    """Processes that race for a lease nobody had end up with one holder."""
    stores = [await SqlStore.open(store_url, SECRET, parsers=PARSERS) for _ in range(4)]
    taken = await asyncio.gather(
        *(one.leases.acquire("send", f"holder {at}", 60) for at, one in enumerate(stores))
    )
    for one in stores:
        await one.close()
    assert sum(lease is not None for lease in taken) == 1


async def test_turns_are_handed_out_one_after_the_other(store: SqlStore, store_url: str) -> None:
    """Whoever books gets the turn behind the last one, from whatever process."""
    other = await SqlStore.open(store_url, SECRET, parsers=PARSERS)
    try:
        waits = [
            await one.leases.book("pace", 100.0) for one in (store, other, store, other, store)
        ]
    finally:
        await other.close()
    assert waits[0] == 0
    for turns, wait in enumerate(waits):
        assert turns * 100 - 5 < wait <= turns * 100
    assert await store.leases.book("another", 100.0) == 0
