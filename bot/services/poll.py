"""One reading of the registry: is there a new data day, what is in it, what moved silently.

    data date moved? -> what followed searches find of what is new and updated ->
    new and updated records by date -> the watched ones' small projection ->
    those that differ, and a fifth of the others, in full -> those that are missing ->
    what was found is owed, or held where too many had it -> cursor

The cursor moves only at the end, so that whatever stops a reading, the next one does all of it
again; what was already taken in is recognised and says nothing twice.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec
import structlog

from bot.domain.decide import merged, removed
from bot.domain.digest import of_glimpse
from bot.domain.mass import DEFAULT_LIMITS, Limits
from bot.domain.record import Page
from bot.domain.searched import NO_SEARCHES, Answers
from bot.domain.study import StudyKey
from bot.ports.clock import Clock
from bot.ports.registry import DataMoved, Glimpses, NotFound, Registry, RegistryError
from bot.ports.store import Store
from bot.ports.store_errors import StoredUnreadable
from bot.ports.studies import Watched
from bot.services.absorb import Absorber, Intake
from bot.services.breaker import Breaker
from bot.services.data_date import DataDate
from bot.services.searches import MOST_SEARCHES, FollowedSearches

OVERLAP = timedelta(days=4)
"""How far before the last data day to read again: a long weekend, and the registry's own delays."""

ROTATION = 5
"""One in so many watched trials is read in full each data day: all of them in a working week."""

MISSING_DAYS = 3
"""A watched trial that answers 404 on so many data days running is told as removed."""

WHOLE_PAGES = 600
"""Pages of the whole registry's small projection (581,000 records in April 2026, 1,000 a page)."""

BROKEN_OFF = timedelta(hours=1)
"""When readings fail for so long, what they found until then is owed without waiting for an end."""

BATCH_OF_IDS = 100

RESTARTS = 3

_LOOKED = "looked:"

log = structlog.get_logger()


def looked_at(notes: Mapping[str, str], registry: str) -> datetime | None:
    """When a registry was last asked for newer data and had none, by our clock."""
    noted = notes.get(f"{_LOOKED}{registry}")
    return datetime.fromisoformat(noted) if noted else None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one reading did. ``data`` is the data timestamp; ``fresh`` whether it was a new one."""

    data: datetime
    fresh: bool
    intake: Intake = Intake()
    glimpsed: int = 0
    read_in_full: int = 0
    missing: int = 0
    recovered: bool = False
    """Whether the reading before this one failed."""


class Poll:
    """Reads one registry for everyone."""

    def __init__(
        self,
        registry: Registry,
        store: Store,
        absorber: Absorber,
        data_date: DataDate,
        clock: Clock,
        *,
        whole_pages: int = WHOLE_PAGES,
        limits: Limits = DEFAULT_LIMITS,
        most_searches: int = MOST_SEARCHES,
    ) -> None:
        self._searches = FollowedSearches(registry, store, most_searches)
        self._registry = registry
        self._whole_pages = whole_pages
        self._data_date = data_date
        self._store = store
        self._absorber = absorber
        self._clock = clock
        self._breaker = Breaker(store, clock, limits)

    async def run(self) -> Reading:
        """Read what is new, if the data date moved. Raises RegistryError and StoreError."""
        for _ in range(RESTARTS):
            try:
                return await self._run()
            except DataMoved:
                log.info("data moved during the reading: starting again")
        raise DataMoved("the data moved during each of several readings")

    async def _run(self) -> Reading:
        name = self._registry.name
        timestamp = await self._data_date.ask()
        state = await self._store.readings.state(name)
        if state.done is not None and state.done >= timestamp:
            await self._store.notes.put(f"{_LOOKED}{name}", self._clock.now().isoformat())
            await self._let_go(state.done.date())  # of what was read in between for conditions
            if state.failed_at is not None:
                await self._store.readings.complete(name, state.done, self._clock.now())
            return Reading(data=timestamp, fresh=False, recovered=state.failed_at is not None)
        await self._absorber.drop_unfollowed()
        day = timestamp.date()
        if state.failed_at is not None and self._clock.now() - state.failed_at >= BROKEN_OFF:
            await self._let_go(day)
        self._absorber.taken_in = 0
        since = min(state.done.date() if state.done else day, day) - OVERLAP
        intake, seen = await self._read_updated(since, await self._searches.ask(since, day))
        watched = await self._store.studies.watched(name)
        unread = [one for one in watched if one.key not in seen]
        due, missing, renamed = await self._glimpse(unread)
        absent = {*missing, *(old for old, _ in renamed)}
        there = [one for one in unread if not one.removed and one.key not in absent]
        due |= _rotation((one for one in there if one.key not in due), len(watched))
        intake += await self._read_in_full(sorted(due), day)
        for old, new in renamed:
            await self._merge(old, new, day)
        for key in missing:
            await self._check_missing(key, day)
        intake += Intake(notices=await self._let_go(day))
        await self._breaker.day_read(day)
        await self._store.readings.complete(name, timestamp, self._clock.now())
        return Reading(
            data=timestamp,
            fresh=True,
            intake=intake,
            glimpsed=len(unread),
            read_in_full=len(due),
            missing=len(missing),
            recovered=state.failed_at is not None,
        )

    async def _let_go(self, day: date) -> int:
        """Owe what was found, but for what the breaker holds. Returns how many notices."""
        read, self._absorber.taken_in = self._absorber.taken_in, 0
        return await self._breaker.let_go(day, read)

    async def _read_updated(self, since: date, answers: Answers) -> tuple[Intake, set[StudyKey]]:
        intake, seen = Intake(), set[StudyKey]()
        async for page in self._registry.updated_since(since):
            intake += await self._absorber.page(page, answers.data_day, answers)
            seen.update(record.study.key for record in page.records)
            del page  # it is large: not to be held beside the next one
        return intake, seen

    async def _glimpse(
        self, watched: Sequence[Watched]
    ) -> tuple[set[StudyKey], list[StudyKey], list[tuple[StudyKey, StudyKey]]]:
        """Which of the watched have to be read in full, are missing, or have a new number.

        What came back unreadable is neither found nor missing: it is read in full too, which says
        what is wrong with it. The whole registry's projection does not name those, nor numbers that
        are aliases: what is not in it has to be asked for alone. What was removed is asked for
        along with the others: still missing it says nothing, and there again it is read in full.
        """
        kept = {one.key: one.glimpse for one in watched}
        removed_before = {one.key for one in watched if one.removed}
        whole = math.ceil(len(kept) / BATCH_OF_IDS) > self._whole_pages
        differing, renamed = set[StudyKey](), dict[StudyKey, StudyKey]()
        found, missing = set[StudyKey](), set[StudyKey]()
        async for glimpses in self._glimpses(list(kept), whole=whole):
            missing.update(glimpses.missing)
            for glimpse in glimpses.glimpses:
                if glimpse.key in kept:
                    found.add(glimpse.key)
                    if glimpse.key in removed_before or of_glimpse(glimpse) != kept[glimpse.key]:
                        differing.add(glimpse.key)
            renamed.update({old: new for old, new in glimpses.renamed if old in kept})
        await self._store.studies.confirm(sorted(found))
        unsure = kept.keys() - found - missing - renamed.keys()
        (missing if whole else differing).update(unsure)
        return differing, sorted(missing - removed_before), sorted(renamed.items())

    def _glimpses(self, keys: Sequence[StudyKey], *, whole: bool) -> AsyncIterator[Glimpses]:
        """By number or the whole registry, whichever asks the registry less."""
        return self._registry.glimpse_all() if whole else self._registry.glimpse(keys)

    async def _read_in_full(self, keys: Sequence[StudyKey], day: date) -> Intake:
        intake = Intake()
        if keys:
            async for page in self._registry.read(keys):
                intake += await self._absorber.page(page, day)
        return intake

    async def _check_missing(self, key: StudyKey, day: date) -> None:
        """Ask for it alone: a batch without it proves nothing."""
        try:
            record = await self._registry.look_up(key.number)
        except NotFound:
            days = await self._store.studies.missing(key, day)
            log.warning("watched trial is missing", days=days)
            if days >= MISSING_DAYS:
                await self._gone(key, None, day)
        except RegistryError as error:
            # It proves nothing, and one trial that cannot be asked for must not keep the reading of
            # all the others from its end: it is asked for again on the next data day.
            log.warning("missing trial not checked", why=type(error).__name__)
        else:
            await self._absorber.page(Page(records=(record,)), day)
            await self._store.studies.confirm([key])
            if record.study.key != key:
                await self._gone(key, record.study.key, day)

    async def _merge(self, old: StudyKey, new: StudyKey, day: date) -> None:
        """The registry answers for ``old`` with ``new``: keep that one, and say so."""
        await self._read_in_full([new], day)
        await self._gone(old, new, day)

    async def _gone(self, key: StudyKey, became: StudyKey | None, day: date) -> None:
        """Tell once that a record was removed, or merged into another.

        One whose kept version cannot be read says nothing, and keeps no other from its turn.
        """
        try:
            await self._tell_gone(key, became, day)
        except StoredUnreadable as error:
            log.warning("trial that is gone not told", why=str(error))

    async def _tell_gone(self, key: StudyKey, became: StudyKey | None, day: date) -> None:
        await self._absorber.catch_up()
        async with self._store.absorbing() as transaction:
            index = await self._absorber.learn(transaction)
            stored = (await transaction.previous([key])).get(key)
            if stored is None:
                return
            found = (await transaction.found_by([key], index.searches)).get(key, NO_SEARCHES)
            if became is None:
                told = removed(stored, index, data_day=day, searches=found)
            else:
                if became not in await transaction.previous([became]):
                    # Nothing of it could be kept yet: who follows would be led to nothing.
                    log.warning("merged trial cannot be read")
                    return
                told = merged(stored, became, index, data_day=day, searches=found)
            await transaction.write([told], day, self._clock.now(), waits=True)
            if became is not None:
                await transaction.merge(key, became)


def _rotation(unread: Iterable[Watched], watched: int) -> set[StudyKey]:
    """Those read in full the longest ago: enough of them that a working week covers all."""
    oldest = sorted(unread, key=lambda one: (one.read_day, one.key))
    return {one.key for one in oldest[: math.ceil(watched / ROTATION)]}
