"""Chats that cannot be reached, and what is in them."""

from __future__ import annotations

from msgspec.structs import replace

from storage.store import SqlStore
from tests.studies import (
    HOUR,
    NOW,
    TELEGRAM,
    absorb,
    changed,
    follower,
    lease,
    read,
    study,
    telegram,
)


async def test_topics_go_and_come_back_with_their_group(store: SqlStore) -> None:
    """A group that threw the bot out pauses all its topics, and no other chat."""
    group = telegram(-1001)
    inside = [group, *(replace(group, thread=topic) for topic in ("7", "8"))]
    others = [telegram(-1002), replace(telegram(-1002), thread="7"), telegram(7)]
    others.append(replace(group, bot="another"))
    for address in (*inside, *others):
        await follower(store, address)
    await store.chats.pause_all(group, NOW)
    await store.chats.pause_all(group, NOW + HOUR)
    for address in inside:
        found = await store.chats.find(address)
        assert found is not None
        assert found.paused_since == NOW
    for address in others:
        found = await store.chats.find(address)
        assert found is not None
        assert found.paused_since is None


async def test_a_topic_goes_alone(store: SqlStore) -> None:
    """A thread that was deleted takes neither its channel nor its neighbours along."""
    group = telegram(-1001)
    for topic in (None, "7", "8"):
        await follower(store, replace(group, thread=topic))
    await store.chats.pause_all(replace(group, thread="7"), NOW)
    await store.chats.pause_all(telegram(-99), NOW)
    assert await store.chats.find(telegram(-99)) is None
    for topic, since in ((None, None), ("7", NOW), ("8", None)):
        found = await store.chats.find(replace(group, thread=topic))
        assert found is not None
        assert found.paused_since == since


async def test_what_may_be_back_is_tried_at_once(store: SqlStore) -> None:
    """A sign of a group's return lets one debt of each of its chats through; a pause stays one."""
    group = telegram(-1001)
    await absorb(store, read(study(1)))
    for topic in (None, "7"):
        await follower(store, replace(group, thread=topic), 1)
    await absorb(store, changed(1))
    held = await lease(store)
    await store.chats.pause_all(group, NOW)

    async def probed() -> set[str | None]:
        taken = await store.notices.claim(
            held, *TELEGRAM, busy=(), limit=9, now=NOW + HOUR, probe_before=NOW - HOUR
        )
        assert all(notice.probe for notice in taken)
        return {notice.address.thread for notice in taken}

    assert await probed() == set()
    await store.chats.try_again(group)
    assert await store.notices.expire(NOW + HOUR) == 0
    assert await probed() == {None, "7"}
    await store.notices.reclaim(held, *TELEGRAM)
    assert await probed() == set()
    found = await store.chats.find(group)
    assert found is not None
    assert found.paused_since == NOW
