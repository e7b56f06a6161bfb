"""Taking in what was read: one way for a reading, a baseline and somebody's look-up.

    records -> previous versions and followed conditions -> decide -> one transaction

The transaction holds a batch of trials rather than one: each trial's version, changes and debts are
still committed together or not at all, and three thousand changed records cost thirty commits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
import structlog

from bot.domain.correcting import LOOK_BACK, corrected
from bot.domain.decide import decide
from bot.domain.matching.index import Index
from bot.domain.record import Page, Record, Unreadable
from bot.domain.searched import NO_SEARCHES, Answers, Baselined, Searched, Searches, less
from bot.domain.study import StudyKey
from bot.domain.version import Absorbed, StoredStudy
from bot.ports.absorbing import Absorbing
from bot.ports.clock import Clock
from bot.ports.readings import Readings
from bot.ports.store import Store
from bot.ports.store_errors import StoredUnreadable
from bot.ports.telemetry import UNMEASURED, Step, Telemetry
from bot.services.measure import timed

BATCH = 100

LEARNED = 5000
"""Followed conditions that are read at once."""

log = structlog.get_logger()


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """What a page brought."""

    records: int = 0
    versions: int = 0
    occurrences: int = 0
    notices: int = 0
    set_aside: int = 0

    def __add__(self, other: Intake) -> Intake:
        return Intake(
            records=self.records + other.records,
            versions=self.versions + other.versions,
            occurrences=self.occurrences + other.occurrences,
            notices=self.notices + other.notices,
            set_aside=self.set_aside + other.set_aside,
        )


class Absorber:
    """Writes what was read, with what it means for those who follow."""

    def __init__(self, store: Store, clock: Clock, telemetry: Telemetry = UNMEASURED) -> None:
        self._store = store
        self._clock = clock
        self._telemetry = telemetry
        self._index = Index()
        self._learning = asyncio.Lock()
        self.taken_in = 0
        """Records since a reading began or ended: of what a mass change is a share."""

    async def page(
        self, page: Page, data_day: date, found: Answers | Baselined | None = None
    ) -> Intake:
        """Take in a page of a reading; a record that cannot be read is kept aside and reported.

        ``found`` is what followed searches find of it, where that was asked. What it brings is owed
        at the end of a reading (``bot.services.breaker``).
        """
        self.taken_in += len(page.records)
        intake = Intake()
        for batch in _batches(page.records):
            intake += await self._batch(batch, data_day, found)
        if page.unreadable:
            await self._set_aside(page.unreadable, data_day)
        return intake + Intake(set_aside=len(page.unreadable))

    async def _batch(
        self, records: Sequence[Record], data_day: date, found: Answers | Baselined | None
    ) -> Intake:
        """Take in a batch without the trials whose kept version can no longer be read.

        Those hold up none of the others. Whatever else the database cannot do is about no record,
        and ends the reading: nothing is set aside for it, and the next reading does it again.
        """
        odd: dict[StudyKey, Unreadable] = {}
        while True:
            rest = [record for record in records if record.study.key not in odd]
            try:
                intake = await self.records(rest, data_day, waits=True, found=found)
                break
            except StoredUnreadable as error:
                named = [record for record in rest if record.study.key == error.key]
                if not named:
                    raise
                odd[error.key] = _odd(named[-1], str(error))
        if odd:
            await self._set_aside(list(odd.values()), data_day)
        return intake + Intake(records=len(records) - len(rest), set_aside=len(odd))

    async def records(
        self,
        records: Sequence[Record],
        data_day: date,
        *,
        waits: bool = False,
        found: Answers | Baselined | None = None,
    ) -> Intake:
        """Take in some records in one transaction; what ``waits`` is owed after a reading only.

        A record of an older data day than what is kept says nothing: it was asked for before the
        data moved, and taken in late it would undo, and tell again, what the newer reading found.
        """
        with timed(self._telemetry, self._clock, Step.ABSORB):
            return await self._records(records, data_day, waits, found)

    async def _records(
        self,
        records: Sequence[Record],
        data_day: date,
        waits: bool,
        found: Answers | Baselined | None,
    ) -> Intake:
        await self.catch_up()
        odd: list[Unreadable] = []
        once = {record.study.key: record for record in records}  # a walk may meet one twice
        async with self._store.absorbing() as transaction:
            index = await self.learn(transaction)
            previous = await transaction.previous(list(once))
            members = await transaction.found_by(list(once), index.searches)
            absorbed = []
            for key, record in once.items():
                kept = previous.get(key)
                if kept is not None and kept.read_day > data_day:
                    continue
                today = await _occurrences_today(transaction, kept, data_day)
                searched = _searched(record, members.get(key, NO_SEARCHES), found)
                await asyncio.sleep(0)  # a record against a million conditions takes 10 ms
                decided = self._decide(record, kept, data_day, today, searched)
                if isinstance(decided, Unreadable):
                    odd.append(decided)
                else:
                    absorbed.append(_moved(decided, members.get(key, NO_SEARCHES), searched))
            absorbed = await _in_view_of_history(transaction, absorbed, data_day)
            now = self._clock.now()
            notices = await transaction.write(absorbed, data_day, now, waits=waits)
        self._measure(absorbed)
        if odd:
            await self._set_aside(odd, data_day)
        return Intake(
            records=len(records),
            versions=sum(one.is_version for one in absorbed),
            occurrences=sum(one.occurrence is not None for one in absorbed),
            notices=notices,
            set_aside=len(odd),
        )

    def _measure(self, absorbed: Sequence[Absorbed]) -> None:
        for change in (change for one in absorbed if one.occurrence for change in one.changes):
            self._telemetry.changed(change.kind)

    async def catch_up(self) -> Index:
        """The index of followed conditions as they are now. Raises StoreError.

        Before a transaction, so that it holds up nobody: of a million, a process that has just
        begun learns for a minute.
        """
        async with self._learning:
            return await self._learn(self._store.readings)

    async def learn(self, transaction: Absorbing) -> Index:
        """The same as this transaction sees it, with the few that came since."""
        return await self._learn(transaction)

    async def _learn(self, source: Absorbing | Readings) -> Index:
        while some := await source.interests(self._index.last_id, LEARNED):
            for interest in some:
                self._index.add(interest)
        return self._index

    async def drop_unfollowed(self) -> None:
        """Let go of followed conditions that nobody follows any more. Raises StoreError."""
        known = self._index.ids  # before the look: what is learned meanwhile is followed
        if known:
            self._index.drop(known - await self._store.readings.interest_ids())

    def _decide(
        self,
        record: Record,
        previous: StoredStudy | None,
        data_day: date,
        today: int,
        searched: Searched,
    ) -> Absorbed | Unreadable:
        try:
            return decide(
                record,
                previous,
                self._index,
                data_day=data_day,
                occurrences_today=today,
                searched=searched,
            )
        except Exception as error:  # one odd record must not stop the reading of all the others
            log.exception("record could not be compared")
            return _odd(record, f"could not be compared: {type(error).__name__}")

    async def _set_aside(self, unreadable: Sequence[Unreadable], data_day: date) -> None:
        # Without their numbers: where few trials are watched, a number tells what is followed. They
        # stand in the store.
        why = "; ".join(sorted({one.reason for one in unreadable}))
        log.warning("records set aside", records=len(unreadable), why=why)
        await self._store.studies.set_aside(unreadable, data_day)


def _searched(record: Record, kept: Searches, found: Answers | Baselined | None) -> Searched:
    """By which searches it was and is found; what was not asked is as it was."""
    return found.of(record.study, kept) if found else Searched(kept, kept)


def _moved(one: Absorbed, kept: Searches, searched: Searched) -> Absorbed:
    if searched.after == kept:
        return one
    joined, parted = less(searched.after, kept), less(kept, searched.after)
    return msgspec.structs.replace(one, joined=joined, parted=parted)


def _odd(record: Record, reason: str) -> Unreadable:
    return Unreadable(key=record.study.key, reason=reason, source=record.source)


async def _in_view_of_history(
    transaction: Absorbing, absorbed: list[Absorbed], data_day: date
) -> list[Absorbed]:
    """What was absorbed, with what only went back taken out of the news."""
    told = [one.key for one in absorbed if one.occurrence and one.occurrence.changes]
    if not told:
        return absorbed
    seen = await transaction.lately(told, data_day - LOOK_BACK)
    return [corrected(one, seen.get(one.key, ()), data_day) for one in absorbed]


async def _occurrences_today(
    transaction: Absorbing, previous: StoredStudy | None, data_day: date
) -> int:
    """How many occurrences the trial has on this data day; none where no version is of today."""
    if previous is None or previous.version_day < data_day:
        return 0
    return await transaction.versions_on(previous.study.key, data_day)


def _batches(records: Iterable[Record]) -> Iterable[tuple[Record, ...]]:
    remaining = list(records)
    for start in range(0, len(remaining), BATCH):
        yield tuple(remaining[start : start + BATCH])
