"""Chats that are owed something, and claiming it."""

from __future__ import annotations

from bot.domain.notice import Notice, NoticeState, Settlement
from bot.ports.leases import Lease
from storage.store import SqlStore
from tests.studies import (
    HOUR,
    NOW,
    TELEGRAM,
    absorb,
    changed,
    follower,
    read,
    study,
    telegram,
)

SENT = Settlement(state=NoticeState.SENT, message_id="81")
LATER = NOW + HOUR


async def owing(store: SqlStore, chats: int = 1, trials: int = 1) -> list[int]:
    """So many chats that are owed a change of so many trials each. Returns the chats' ids."""
    numbers = range(trials)
    await absorb(store, *(read(study(number)) for number in numbers))
    ids = [await follower(store, telegram(10**15 + one), *numbers) for one in range(chats)]
    for number in numbers:
        await absorb(store, changed(number))
    return ids


async def claim(
    store: SqlStore, held: Lease, *, busy: list[int] | None = None, limit: int = 10
) -> tuple[Notice, ...]:
    """What a claim an hour later takes."""
    return await store.notices.claim(held, *TELEGRAM, busy=busy or [], limit=limit, now=LATER)


def numbers_of(notices: tuple[Notice, ...]) -> list[str]:
    """Which trials these are about."""
    return [notice.occurrence.key.number for notice in notices]
