"""How far a registry was read, and what a followed condition still owes of its past."""

from __future__ import annotations

from datetime import date

from bot.domain.study import CTGOV
from bot.ports.readings import Baseline, ReadingState
from storage.store import SqlStore
from tests.studies import (
    ALL,
    DAY,
    HOUR,
    NOW,
    absorb,
    follower,
    interest,
    key,
    read,
    study,
    telegram,
)


async def test_reading_cursor_moves_only_when_complete(store: SqlStore) -> None:
    """Failures keep the cursor and the first moment of failing; success clears them."""
    assert await store.readings.state(CTGOV) == ReadingState()
    await store.readings.complete(CTGOV, NOW, NOW + HOUR)
    assert await store.readings.fail(CTGOV, "no answer", NOW + 2 * HOUR)
    assert not await store.readings.fail(CTGOV, "still none", NOW + 3 * HOUR)
    assert await store.readings.state(CTGOV) == ReadingState(
        done=NOW, finished_at=NOW + HOUR, failed_at=NOW + 2 * HOUR, failure="still none"
    )
    await store.readings.complete(CTGOV, NOW + 4 * HOUR, NOW + 5 * HOUR)
    assert await store.readings.state(CTGOV) == ReadingState(
        done=NOW + 4 * HOUR, finished_at=NOW + 5 * HOUR
    )
    assert await store.readings.fail(CTGOV, "again", NOW + 6 * HOUR)


async def test_reading_can_fail_before_any_succeeded(store: SqlStore) -> None:
    """The first failure of all is one that the one before was not."""
    assert await store.readings.fail(CTGOV, "no answer", NOW)
    assert not await store.readings.fail(CTGOV, "no answer", NOW)


async def test_baseline_goes_on_where_it_stopped(store: SqlStore) -> None:
    """Tokens are kept, a token of None starts again, and a finished one is owed no more."""
    chat = await store.chats.chat(telegram(1))
    ids = []
    for words in ("Sarcoma", "Measles"):
        made, _ = await store.chats.follow_interest(chat.id, interest(words), kinds=ALL, since=DAY)
        assert made.interest_id is not None
        ids.append(made.interest_id)
    await store.readings.baseline_at(ids[0], "page-2", NOW)
    assert await store.readings.baselines() == (
        Baseline(interest_id=ids[0], words="Sarcoma", token="page-2", data_timestamp=NOW),
        Baseline(interest_id=ids[1], words="Measles"),
    )
    await store.readings.baseline_at(ids[0], None, NOW)
    assert (await store.readings.baselines())[0].token is None
    await store.readings.baseline_done(ids[0])
    assert [one.interest_id for one in await store.readings.baselines()] == [ids[1]]


async def test_days_before_any_reading_are_stated(store: SqlStore) -> None:
    """A trial that is only known as what another became is watched, to be read in full."""
    await absorb(store, read(study(1)))
    await follower(store, telegram(1), 1)
    async with store.absorbing() as transaction:
        await transaction.merge(key(1), key(2))
    (watched,) = await store.studies.watched(CTGOV)
    assert (watched.key, watched.glimpse, watched.read_day) == (key(2), b"", date.min)
    assert await store.studies.get(key(2)) is None
