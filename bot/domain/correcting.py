"""Changes that go back: passing faults of the source, and values that go to and fro.

Judged over the kept changes of the same trial. A *move* is a change of one field of one member
between the same two values, in either direction; moves that follow one another before the value
stood still for long enough make a *run*.

- The second move of a run, within two data days, takes back the first: a correction.
- The third is told with a word that it is the last. Those behind it are not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec
from msgspec.structs import replace

from bot.domain import paths as at
from bot.domain.change import Change, Op
from bot.domain.diff.sites import ALL_SITES
from bot.domain.filters import Miss
from bot.domain.notice import Corrected, Event, Occurrence
from bot.domain.version import Absorbed, VersionSeen

BACK_WITHIN: Final = 2
"""Data days within which a change that goes back is taken for a fault of the source."""

TOLD_TIMES: Final = 3
"""So often is one run of moves told."""

STILL: Final = timedelta(days=14)
"""A value that stood still for longer than this begins a new run."""

LOOK_BACK: Final = TOLD_TIMES * STILL
"""How far back the kept changes can matter."""

_WITH_THE_STATUS: Final = frozenset({at.SITE_STATUS, at.SITE_CONTACTS})
"""What a trial that stops recruiting loses at each place, told by its status alone."""

_NAMELESS: Final = frozenset({at.OVERALL_STATUS, at.LOCATIONS + ".facility"})
"""Fields whose changes have an item that goes to and fro with the value."""

_BACK: Final = {Op.SET: Op.SET, Op.CHANGED: Op.CHANGED, Op.ADDED: Op.REMOVED, Op.REMOVED: Op.ADDED}

_Move = tuple[str, str | None, frozenset[str | None]]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the changes of one version are, in view of those before it."""

    news: tuple[Change, ...]
    corrected: tuple[Corrected, ...] = ()
    restless: tuple[Change, ...] = ()
    """Those of ``news`` that are told for the last time."""
    silent: tuple[Change, ...] = ()
    """Those that are told no more."""


def corrected(one: Absorbed, seen: Sequence[VersionSeen], data_day: date) -> Absorbed:
    """The same reading, with what went back taken out of what is told.

    ``seen`` are the trial's kept changes of the last ``LOOK_BACK``, oldest first.
    """
    told = one.occurrence
    if told is None or not told.changes:
        return one
    verdict = judge(told.changes, seen, data_day)
    if verdict.news == told.changes and not verdict.restless:
        return one
    return replace(
        one,
        occurrence=_remaining(told, verdict),
        correction=_correction(told, verdict.corrected),
    )


def judge(changes: Sequence[Change], seen: Sequence[VersionSeen], data_day: date) -> Verdict:
    """Which of these changes are news, and which have gone back."""
    news, restless, silent = list[Change](), list[Change](), list[Change]()
    back: dict[Change, Corrected] = {}
    for change in changes:
        # That a record is gone is told after days only: its return is news, and no correction.
        run = [] if change.path == at.NCT_ID else _run(change, seen, data_day)
        if len(run) + 1 > TOLD_TIMES:
            silent.append(change)
            continue
        if len(run) + 1 == TOLD_TIMES:
            restless.append(change)
        elif run and _takes_back(change, run[-1], data_day):
            back[change] = run[-1]
            continue
        news.append(change)
    if news:
        _take_back_places(news, back, seen, data_day)
    return Verdict(
        news=tuple(news),
        corrected=tuple(dict.fromkeys(back.values())),
        restless=tuple(change for change in restless if change in news),
        silent=tuple(silent),
    )


def data_days_between(earlier: date, later: date) -> int:
    """How many data days after the one the other is: Monday to Friday, holidays counted too."""
    days = (earlier + timedelta(days=n) for n in range(1, (later - earlier).days + 1))
    return sum(day.isoweekday() <= 5 for day in days)


def _move(change: Change) -> _Move:
    # The last known status, or the name from before, which come and go themselves.
    item = None if change.path in _NAMELESS else change.item
    return change.path, item, frozenset({change.old, change.new})


def _run(change: Change, seen: Iterable[VersionSeen], data_day: date) -> list[Corrected]:
    """The moves before this one in its run, oldest first."""
    move, run = _move(change), list[Corrected]()
    for version in seen:
        for one in version.changes:
            if _move(one) != move:
                continue
            if run and version.data_day - run[-1].day > STILL:
                run.clear()
            run.append(Corrected(day=version.data_day, change=one))
    return run if run and data_day - run[-1].day <= STILL else []


def _takes_back(change: Change, earlier: Corrected, data_day: date) -> bool:
    before = earlier.change
    return (
        change.old == before.new
        and change.new == before.old
        and _BACK[change.op] is before.op
        and data_days_between(earlier.day, data_day) <= BACK_WITHIN
    )


def _take_back_places(
    news: list[Change], back: dict[Change, Corrected], seen: Sequence[VersionSeen], data_day: date
) -> None:
    """What all places lost in one stroke comes back to each of them: no news of any of them."""
    reopened = any(change.path == at.OVERALL_STATUS for change in back)
    wiped = {
        one.path: Corrected(day=version.data_day, change=one)
        for version in seen
        if data_days_between(version.data_day, data_day) <= BACK_WITHIN
        for one in version.changes
        if one.item == ALL_SITES and one.new is None
    }
    for change in list(news):
        if change.path not in _WITH_THE_STATUS or change.old is not None:
            continue
        if change.path in wiped and change.new in (wiped[change.path].change.old or "").split(", "):
            back[change] = wiped[change.path]
            news.remove(change)
        elif reopened and change.path not in wiped:
            news.remove(change)


def _remaining(told: Occurrence, verdict: Verdict) -> Occurrence | None:
    matches = told.matches
    if any(change.path == at.OVERALL_STATUS for change in verdict.silent):
        # Who follows by status is not to hear in another way what goes to and fro in silence.
        matches = tuple(match for match in matches if match.part is not Miss.STATUS)
    if not verdict.news:
        matches = tuple(match for match in matches if match.event is not Event.CHANGED)
        if not matches:
            return None
    return replace(told, changes=verdict.news, matches=matches, restless=verdict.restless)


def _correction(told: Occurrence, back: tuple[Corrected, ...]) -> Occurrence | None:
    if not back:
        return None
    return replace(
        told,
        # Numbered as the reading is, so that two of one data day stand beside each other.
        cause=told.cause.replace("reading", "correction"),
        changes=(),
        matches=tuple(match for match in told.matches if match.event is Event.CHANGED),
        corrected=back,
    )
