"""What changed between two versions of a trial, as a reader would say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from bot.domain.catalogue import (
    CATALOGUE,
    HAS_RESULTS,
    LAST_KNOWN_STATUS,
    OVERALL_STATUS,
    RESULTS_FIRST_POSTED,
)
from bot.domain.change import Change, Kind, Op
from bot.domain.dates import DatedFact
from bot.domain.diff_lines import diff_lines
from bot.domain.diff_members import diff_members
from bot.domain.diff_sites import fold_sites
from bot.domain.fields import Field, How
from bot.domain.normal import normal
from bot.domain.study import OtherField, Study
from bot.domain.text import fold

UNKNOWN = "UNKNOWN"
"""The status that the registry itself sets, two years after a record was last verified."""


def diff(old: Study, new: Study) -> tuple[Change, ...]:
    """All changes, ordered by kind (the most telling first), then by path and item.

    Nothing is reported of what ``bot.domain.catalogue.NEVER`` names, of white space, of the order
    of lists, nor of a date that only became finer or actual. What a sponsor or the registry does
    in one stroke (results posted; recruitment closed and all sites cleared) is one change.

    Of a member that was added or removed (``Op.ADDED``, ``Op.REMOVED``) ``item`` is its name, and
    ``new`` or ``old`` its text: for a site its status, for results their date; both may be None.
    What happened to every site at once has ``ALL_SITES`` as its item. Of a line of the criteria
    ``item`` is the part that it stands in.
    """
    if old == new:
        return ()
    changes: list[Change] = []
    for field in CATALOGUE:
        mine, theirs = field.read(old), field.read(new)
        if mine != theirs:
            changes.extend(_COMPARE[field.how](field, mine, theirs))
    changes = fold_sites(old, new, _fold_results(old, new, _fold_status(old, changes)))
    return tuple(sorted(changes, key=_order))


_RANK = {kind: rank for rank, kind in enumerate(Kind)}


def _order(change: Change) -> tuple[object, ...]:
    texts = (change.path, change.item or "", change.op, change.old or "", change.new or "")
    return (_RANK[change.kind], *texts)


def _fold_status(old: Study, changes: list[Change]) -> list[Change]:
    """UNKNOWN tells what the trial was; the last known status comes and goes with it."""
    status = _at(changes, OVERALL_STATUS)
    if status is None:
        return changes
    kept = [change for change in changes if change.path != LAST_KNOWN_STATUS]
    if status.old == UNKNOWN and old.last_known_status:
        kept[kept.index(status)] = replace(status, item=fold(old.last_known_status))
    return kept


def _fold_results(old: Study, new: Study, changes: list[Change]) -> list[Change]:
    """Results posted (added) or withdrawn (removed) is one event, with its date where stated."""
    event, posted = _at(changes, HAS_RESULTS), _at(changes, RESULTS_FIRST_POSTED)
    if event is None:
        return changes
    kept = [change for change in changes if change is not posted]
    if event.new:
        told = replace(event, op=Op.ADDED, new=_day(new.results_first_posted))
    else:
        told = replace(event, op=Op.REMOVED, old=_day(old.results_first_posted))
    kept[kept.index(event)] = told
    return kept


def _day(fact: DatedFact | None) -> str | None:
    return None if fact is None else str(fact.date)


def _at(changes: Sequence[Change], path: str) -> Change | None:
    return next((change for change in changes if change.path == path), None)


def _scalar(field: Field, old: Any, new: Any) -> Iterator[Change]:
    mine, theirs = normal(old, field.how), normal(new, field.how)
    if mine != theirs:
        yield _set(field, mine, theirs)


def _dates(field: Field, old: Any, new: Any) -> Iterator[Change]:
    if old is not None and new is not None and old.date.agrees_with(new.date):
        return
    yield from _scalar(field, old, new)


def _words(field: Field, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    mine, theirs = normal(old, field.how), normal(new, field.how)
    if mine != theirs:
        yield _set(field, "; ".join(mine), "; ".join(theirs))


def _other_fields(
    field: Field, old: Sequence[OtherField], new: Sequence[OtherField]
) -> Iterator[Change]:
    values: defaultdict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, fields in enumerate((old, new)):
        for one in fields:
            values[one.path][side].append(one.value)
    for path, (mine, theirs) in values.items():
        if sorted(mine) != sorted(theirs):
            row = replace(field, path=path)
            yield _set(row, "; ".join(sorted(mine)), "; ".join(sorted(theirs)))


def _set(field: Field, old: Any, new: Any) -> Change:
    return Change(kind=field.kind, path=field.path, op=Op.SET, old=old or None, new=new or None)


_COMPARE: dict[How, Callable[[Field, Any, Any], Iterator[Change]]] = {
    How.TEXT: _scalar,
    How.FLAG: _scalar,
    How.NUMBER: _scalar,
    How.DATE: _dates,
    How.WORDS: _words,
    How.LINES: diff_lines,
    How.MEMBERS: diff_members,
    How.OTHER_FIELDS: _other_fields,
}
