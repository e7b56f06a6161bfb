"""Versions of trials, and how far they were read."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from bot.domain.change import Change, Kind, Op
from bot.domain.dates import PartialDate
from bot.domain.record import Unreadable
from bot.domain.study import CTGOV, StudyKey
from bot.domain.version import Absorbed, StoredStudy
from bot.ports.store_errors import StoreError
from storage.store import SqlStore
from tests.studies import (
    DAY,
    NOW,
    absorb,
    changed,
    follower,
    happened,
    key,
    read,
    status,
    study,
    telegram,
)

NEXT = DAY + timedelta(days=1)
THIRD = DAY + timedelta(days=2)


def gone(number: int, cause: str = "removed") -> Absorbed:
    """A record that the registry no longer has."""
    change = Change(kind=Kind.RECORD, path="nctId", op=Op.REMOVED, old=str(key(number)))
    occurrence = happened(number, change, cause=cause, day=NEXT)
    return Absorbed(key=key(number), changes=(change,), occurrence=occurrence)


async def test_unknown_trial_is_none(store: SqlStore) -> None:
    """A trial that was never read has no version and no history."""
    assert await store.studies.get(key(1)) is None
    assert await store.studies.history(key(1)) == ()


async def test_a_character_that_a_database_cannot_hold_stops_nothing(store: SqlStore) -> None:
    """JSON can hold NUL: a record with it is kept and found, and can be set aside."""
    one = study(1, brief_title="A trial\0 of it")
    await absorb(store, read(one))
    stored = await store.studies.get(key(1))
    assert stored is not None
    assert stored.study == one
    odd = Unreadable(key=key(2), reason="no date: \0", source=b"{}")
    await store.studies.set_aside([odd], DAY)


async def test_first_version_is_kept_whole(store: SqlStore) -> None:
    """What was read comes back as it was, with its day and its digest."""
    one = study(1, overall_status="RECRUITING", conditions=("Sarcoma — ß",))
    absorbed = read(one)
    await absorb(store, absorbed)
    assert await store.studies.get(key(1)) == StoredStudy(
        study=one,
        digest=absorbed.digest,
        ordinal=1,
        version_day=DAY,
        read_day=DAY,
        with_results=False,
    )


async def test_history_counts_versions_up(store: SqlStore) -> None:
    """Each version adds a line, oldest first, with its changes."""
    await absorb(store, read(study(1)))
    change = status("COMPLETED", "RECRUITING")
    await absorb(store, changed(1, change, day=NEXT), day=NEXT)
    lines = await store.studies.history(key(1))
    assert [(line.ordinal, line.data_day, line.changes) for line in lines] == [
        (1, DAY, ()),
        (2, NEXT, (change,)),
    ]
    newest = await store.studies.get(key(1))
    assert newest is not None
    assert (newest.ordinal, newest.version_day) == (2, NEXT)


async def test_history_says_when_each_version_was_sent_in(store: SqlStore) -> None:
    """Where the record names the day; a month is none, and a removal was not sent in."""
    day = PartialDate(2026, 2, 27)
    await absorb(store, read(study(1, last_update_submitted=day)))
    await absorb(store, read(study(1, last_update_submitted=PartialDate(2026, 3))), day=NEXT)
    await absorb(store, gone(1), day=THIRD)
    lines = await store.studies.history(key(1))
    assert [line.submitted for line in lines] == [date(2026, 2, 27), None, None]


async def test_same_content_with_other_bytes_replaces_in_place(store: SqlStore) -> None:
    """A later reading of the same content is no version, but its bytes are the ones kept."""
    one = study(1)
    await absorb(store, read(one))
    fuller = msgspec.structs.replace(one, detailed_description="a field that is read since then")
    await absorb(store, msgspec.structs.replace(read(fuller), is_version=False), day=NEXT)
    newest = await store.studies.get(key(1))
    assert newest is not None
    assert (newest.study, newest.ordinal) == (fuller, 1)
    assert (newest.version_day, newest.read_day) == (DAY, NEXT)
    assert len(await store.studies.history(key(1))) == 1


async def test_previous_gives_what_is_known_of_those_asked(store: SqlStore) -> None:
    """Unknown trials are not in the answer; known ones are at their newest version."""
    await absorb(store, read(study(1)), read(study(2)))
    newer = study(2, overall_status="COMPLETED")
    await absorb(store, read(newer), day=NEXT)
    async with store.absorbing() as transaction:
        previous = await transaction.previous([key(3), key(2), key(1)])
    assert set(previous) == {key(1), key(2)}
    assert previous[key(2)].study == newer


async def test_failed_block_writes_nothing(store: SqlStore) -> None:
    """An error inside the block takes versions and debts back together."""
    await follower(store, telegram(1))

    async def fail() -> None:
        async with store.absorbing() as transaction:
            await transaction.write([read(study(1))], DAY, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await store.studies.get(key(1)) is None


async def test_thousands_are_read_back_in_one_go(store: SqlStore) -> None:
    """More trials than one statement can name are looked up all the same."""
    await absorb(store, *(read(study(number)) for number in range(2500)))
    async with store.absorbing() as transaction:
        previous = await transaction.previous([key(number) for number in range(3000)])
    assert len(previous) == 2500


async def test_versions_on_counts_occurrences_of_the_day(store: SqlStore) -> None:
    """Causes of one data day are counted, whatever happened on other days."""
    await absorb(store, changed(1), changed(2))
    await absorb(store, changed(1, cause="reading-2"))
    await absorb(store, changed(1, day=NEXT), day=NEXT)
    async with store.absorbing() as transaction:
        assert await transaction.versions_on(key(1), DAY) == 2
        assert await transaction.versions_on(key(1), NEXT) == 1
        assert await transaction.versions_on(key(9), DAY) == 0


async def test_watched_are_followed_or_matching(store: SqlStore) -> None:
    """Followed and matching trials are watched, in the order of numbers; others are not."""
    await absorb(
        store, read(study(30)), read(study(1), matched=True), read(study(2)), read(study(200))
    )
    await follower(store, telegram(1), 200, 30)
    watched = await store.studies.watched(CTGOV)
    assert [one.key for one in watched] == [key(1), key(30), key(200)]
    assert watched[0].glimpse == read(study(1)).glimpse
    assert watched[0].read_day == DAY
    assert await store.studies.watched("another") == ()


async def test_removed_are_watched_as_removed_and_merged_no_longer(store: SqlStore) -> None:
    """What is gone may come back; what became another need not be looked at, until it is read."""
    await absorb(store, *(read(study(number), matched=True) for number in (1, 2, 3)))
    await absorb(store, gone(1), day=NEXT)
    async with store.absorbing() as transaction:
        await transaction.write([gone(2, "merged")], NEXT, NOW)
        await transaction.merge(key(2), key(3))
    watched = await store.studies.watched(CTGOV)
    assert [(one.key, one.removed) for one in watched] == [(key(1), True), (key(3), False)]
    stored = await store.studies.get(key(1))
    assert stored is not None
    assert stored.removed
    await absorb(store, read(study(1), is_version=False, matched=True), day=THIRD)
    watched = await store.studies.watched(CTGOV)
    assert [(one.key, one.removed) for one in watched] == [(key(1), False), (key(3), False)]


async def test_removal_stands_in_the_history_once(store: SqlStore) -> None:
    """A removal is a line of its own and leaves the last version as it is."""
    await absorb(store, read(study(1)))
    for _ in range(2):
        await absorb(store, gone(1), day=NEXT)
    lines = await store.studies.history(key(1))
    assert [(line.ordinal, len(line.changes)) for line in lines] == [(1, 0), (1, 1)]
    assert (await store.studies.get(key(1))) is not None


async def test_alias_leads_to_what_it_became(store: SqlStore) -> None:
    """A merged number answers with the other trial, also over two merges."""
    await absorb(store, *(read(study(number)) for number in (1, 2, 3)))
    async with store.absorbing() as transaction:
        await transaction.merge(key(1), key(2))
    async with store.absorbing() as transaction:
        await transaction.merge(key(2), key(3))
    for number in (1, 2, 3):
        stored = await store.studies.get(key(number))
        assert stored is not None
        assert stored.study.key == key(3)
    assert len(await store.studies.history(key(1))) == 1


async def test_several_are_given_as_each_alone(store: SqlStore) -> None:
    """By the numbers asked for, merged ones among them; those never read are not in the answer."""
    await absorb(store, *(read(study(number)) for number in range(1200)))
    async with store.absorbing() as transaction:
        await transaction.merge(key(1), key(2))
    found = await store.studies.several([key(number) for number in range(1300)])
    assert set(found) == {key(number) for number in range(1200)}
    assert found[key(1)] == found[key(2)] == await store.studies.get(key(2))
    assert all(found[key(number)].study.key == key(number) for number in range(2, 1200))
    assert await store.studies.several([]) == {}


async def test_merged_number_that_is_read_again_stands_by_itself(store: SqlStore) -> None:
    """A record under the old number means that it was not merged, or no longer is."""
    await absorb(store, read(study(1)), read(study(2)))
    async with store.absorbing() as transaction:
        await transaction.merge(key(1), key(2))
    await absorb(store, read(study(1), is_version=False))
    stored = await store.studies.get(key(1))
    assert stored is not None
    assert stored.study.key == key(1)


async def test_merging_there_and_back_makes_no_circle(store: SqlStore) -> None:
    """Of two merges in opposite directions the later one holds."""
    await absorb(store, read(study(1)), read(study(2)))
    async with store.absorbing() as transaction:
        await transaction.merge(key(1), key(2))
        await transaction.merge(key(2), key(1))
    for number in (1, 2):
        stored = await store.studies.get(key(number))
        assert stored is not None
        assert stored.study.key == key(1)


async def test_missing_counts_data_days_running(store: SqlStore) -> None:
    """A day counts once, and being seen starts the count again."""
    await absorb(store, read(study(1)), read(study(2)))
    assert await store.studies.missing(key(1), DAY) == 1
    assert await store.studies.missing(key(1), DAY) == 1
    assert await store.studies.missing(key(1), NEXT) == 2
    await store.studies.confirm([key(1), key(2)])
    assert await store.studies.missing(key(1), THIRD) == 1
    await absorb(store, read(study(1), is_version=False), day=THIRD)
    assert await store.studies.missing(key(1), THIRD + timedelta(days=1)) == 1


async def test_set_aside_once_a_data_day(store: SqlStore) -> None:
    """The same unreadable record of the same day is kept once, with and without a key."""
    odd = [
        Unreadable(key=key(1), reason="no status", source=b"{}"),
        Unreadable(key=None, reason="not JSON", source=b"<html>"),
    ]
    for day in (DAY, DAY, NEXT):
        await store.studies.set_aside(odd, day)
    await store.studies.set_aside([], DAY)


async def test_source_that_no_parser_reads_is_named(store: SqlStore) -> None:
    """A kept version that cannot be parsed is an error that names the trial."""
    other = StudyKey("euctr", "2020-000000-01")
    await absorb(store, read(msgspec.structs.replace(study(1), key=other)))
    with pytest.raises(StoreError, match="euctr"):
        await store.studies.get(other)
