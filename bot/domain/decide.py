"""What one reading of one trial means: a version to keep, changes, and who may have to be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.catalogue import NCT_ID
from bot.domain.change import Change, Kind, Op
from bot.domain.dates import DatedFact
from bot.domain.diff.sites import ALL_SITES
from bot.domain.diff.studies import diff
from bot.domain.digest import of_glimpse, of_study
from bot.domain.fields import How
from bot.domain.filters import Miss
from bot.domain.mass import lapsed, was_posted
from bot.domain.matching.index import Index
from bot.domain.normal import normal
from bot.domain.notice import Event, Match, Occurrence
from bot.domain.record import Record
from bot.domain.searched import NO_SEARCHES, NOT_SEARCHED, Searched, Searches
from bot.domain.study import Study, StudyKey, glimpse_of
from bot.domain.traits import Spot, spot_of
from bot.domain.version import Absorbed, StoredStudy


def decide(
    record: Record,
    previous: StoredStudy | None,
    index: Index,
    *,
    data_day: date,
    occurrences_today: int,
    searched: Searched = NOT_SEARCHED,
) -> Absorbed:
    """Compare a record with the newest kept version of the trial.

    Equal content makes no version. A first sight is never a change: it is told only where the trial
    was first posted since somebody follows what it matches. What changed before a condition was
    followed is none for those who follow it (see ``_is_news``). A trial that enters or leaves a
    condition, or what narrows it, is told so unless only the registry's filing moved (see
    ``_moves``). One that was removed is told as back, whatever else changed in it.

    What registry searches find moves without the content too, as the registry's index catches up:
    that is told only on the data day on which the version was first seen.
    """
    study = record.study
    digest, after = _digest(study, previous), index.match(study, searched.after)
    changes: tuple[Change, ...] = ()
    occurrence = None
    if previous is None:
        occurrence = _first_sight(study, after, index, data_day, _cause(occurrences_today))
    elif (
        previous.removed
        or digest != previous.digest
        or (searched.moved and previous.version_day >= data_day)
    ):
        changes = diff(previous.study, study) if digest != previous.digest else ()
        if previous.removed:
            changes = (_back(study.key), *changes)
        cause = _cause(occurrences_today)
        occurrence = _changed(previous, study, changes, index, data_day, cause, searched)
    return Absorbed(
        key=study.key,
        record=record,
        digest=digest,
        glimpse=of_glimpse(glimpse_of(study)),
        is_version=previous is None or digest != previous.digest,
        matched=bool(after) or index.touches(study, searched.after),
        changes=changes,
        occurrence=occurrence,
        posted=previous is not None and was_posted(previous.study, study),
        lapsed=previous is not None and lapsed(previous.study, study, data_day),
    )


def _digest(study: Study, previous: StoredStudy | None) -> bytes:
    """Of a study that stands as it was it is not reckoned anew: most that are read again do."""
    if previous is not None and previous.study == study:
        return previous.digest
    return of_study(study)


def _back(key: StudyKey) -> Change:
    """The registry has a record again that was told as removed."""
    return Change(kind=Kind.RECORD, path=NCT_ID, op=Op.ADDED, new=key.number)


def removed(
    previous: StoredStudy, index: Index, *, data_day: date, searches: Searches = NO_SEARCHES
) -> Absorbed:
    """The registry no longer has this record. Its last version stays as it is."""
    return _gone(previous, None, index, data_day, searches)


def merged(
    previous: StoredStudy,
    became: StudyKey,
    index: Index,
    *,
    data_day: date,
    searches: Searches = NO_SEARCHES,
) -> Absorbed:
    """The registry answers with another record, ``became``, for this one."""
    return _gone(previous, became, index, data_day, searches)


def _gone(
    previous: StoredStudy,
    became: StudyKey | None,
    index: Index,
    data_day: date,
    searches: Searches,
) -> Absorbed:
    key = previous.study.key
    change = Change(
        kind=Kind.RECORD,
        path=NCT_ID,
        op=Op.REMOVED if became is None else Op.CHANGED,
        old=key.number,
        new=became.number if became else None,
    )
    occurrence = Occurrence(
        key=key,
        data_day=data_day,
        # Never the cause of a reading, so that it stands beside one of the same data day.
        cause="removed" if became is None else "merged",
        changes=(change,),
        matches=_matches(index.match(previous.study, searches), Event.CHANGED),
    )
    return Absorbed(key=key, changes=(change,), occurrence=occurrence)


def _cause(occurrences_today: int) -> str:
    return "reading" if occurrences_today == 0 else f"reading-{occurrences_today + 1}"


def _first_sight(
    study: Study, matching: frozenset[int], index: Index, data_day: date, cause: str
) -> Occurrence | None:
    posted = _day_of(study.first_posted)
    if posted is None:
        return None
    matches = _matches((one for one in matching if index.since(one) <= posted), Event.NEW)
    if not matches:
        return None
    return Occurrence(
        key=study.key, data_day=data_day, cause=cause, matches=matches, first_posted=posted
    )


def _day_of(fact: DatedFact | None) -> date | None:
    """The day, where it is stated to the day: what is first posted "in March" is not known new."""
    if fact is None or fact.date.day is None:
        return None
    return fact.date.earliest()


def _changed(
    previous: StoredStudy,
    new: Study,
    changes: tuple[Change, ...],
    index: Index,
    data_day: date,
    cause: str,
    searched: Searched,
) -> Occurrence | None:
    old = previous.study
    told = tuple(change for change in changes if change.kind is not Kind.OTHER)
    before, after = index.match(old, searched.before), index.match(new, searched.after)
    matches = _moves(old, new, before, after, index, searched)
    if told:
        moved = {match.interest_id for match in matches}
        matches += _matches((before | after) - moved, Event.CHANGED)
    matches = tuple(one for one in matches if _is_news(one, previous, new, index))
    if not told and not matches:
        return None
    return Occurrence(
        key=new.key,
        data_day=data_day,
        cause=cause,
        changes=told,
        matches=tuple(sorted(matches, key=lambda match: match.interest_id)),
        spots=_spots(told, old, new),
    )


def _spots(changes: Iterable[Change], old: Study, new: Study) -> tuple[tuple[str, Spot], ...]:
    """Where the changed places are, those that went as they stood before."""
    of_sites = (change.item for change in changes if change.kind is Kind.SITES)
    items = {item for item in of_sites if item and item != ALL_SITES}
    if not items:
        return ()
    sites = {site.place: spot_of(site) for site in (*old.sites, *new.sites)}
    return tuple((item, sites[item]) for item in sorted(items & sites.keys()))


def _is_news(match: Match, previous: StoredStudy, new: Study, index: Index) -> bool:
    """Whether the change can have come after the condition was first followed.

    A trial that was stored long ago and that nobody watched is read again for the baseline: what
    changed in between was there when the condition came to be followed, and is silent.
    """
    since, updated = index.since(match.interest_id), _day_of(new.last_update_posted)
    return since <= previous.read_day or (updated is not None and since <= updated)


def _moves(
    old: Study,
    new: Study,
    before: frozenset[int],
    after: frozenset[int],
    index: Index,
    searched: Searched,
) -> tuple[Match, ...]:
    """The conditions that the trial came to belong to, and those that it no longer belongs to.

    The registry recomputes its MeSH lists by itself, for thousands of records at once: what moves
    with them alone is silent. Where conditions or keywords changed, the lists follow from what the
    sponsor wrote, and the move is a real one.
    """
    entered, left = after - before, before - after
    if not entered and not left:
        return ()
    came_as = stood_as = None
    if _filed_by(old) == _filed_by(new):
        came_as, stood_as = new, old
        entered -= index.match_filed_as(old, new, searched.before)
        left -= index.match_filed_as(new, old, searched.after)
    return (
        *_matches(entered, Event.ENTERED, index.missed(entered, old, came_as, searched.before)),
        *_matches(left, Event.LEFT, index.missed(left, new, stood_as, searched.after)),
    )


def _filed_by(study: Study) -> object:
    """What the registry computes its MeSH lists from."""
    return normal(study.conditions, How.WORDS), normal(study.keywords, How.WORDS)


def _matches(
    interests: Iterable[int], event: Event, parts: Mapping[int, Miss] | None = None
) -> tuple[Match, ...]:
    parts = parts or {}
    return tuple(Match(one, event, parts.get(one)) for one in sorted(interests))
