"""What changed between two versions of a trial, as a reader would say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from bot.domain.catalogue import CATALOGUE
from bot.domain.change import Change, Kind, Op
from bot.domain.diff.folding import folded
from bot.domain.diff.lines import diff_lines
from bot.domain.diff.members import diff_members
from bot.domain.fields import Field, How
from bot.domain.normal import normal, shown
from bot.domain.study import OtherField, Study


def diff(old: Study, new: Study) -> tuple[Change, ...]:
    """All changes, ordered by kind (the most telling first), then by path and item.

    Nothing is reported of what ``bot.domain.left_out`` names, of white space, of the order
    of lists, nor of a date that only became finer or actual. What a sponsor or the registry does
    in one stroke (results posted; recruitment closed and all sites cleared) is one change.

    Of a member that was added or removed (``Op.ADDED``, ``Op.REMOVED``) ``item`` is its name, and
    ``new`` or ``old`` its text: for a site its status, for results their date; both may be None.
    What happened to every site at once has ``ALL_SITES`` as its item. Of a line of the criteria
    ``item`` is the part that it stands in.
    """
    return tuple(sorted(folded(old, new, differences(old, new)), key=_order))


def differences(old: Study, new: Study) -> list[Change]:
    """Row by row what differs, before what belongs together is taken together."""
    if old == new:
        return []
    changes: list[Change] = []
    for root, rows in _ROWS:
        if root(old) == root(new):
            continue
        for field in rows:
            mine, theirs = field.read(old), field.read(new)
            if mine != theirs:
                changes.extend(_COMPARE[field.how](field, mine, theirs))
    return changes


def _by_root() -> Iterator[tuple[Callable[[Study], Any], tuple[Field, ...]]]:
    """The rows by the attribute that they read from: most are equal, and spare all their rows."""
    rows: defaultdict[str, list[Field]] = defaultdict(list)
    for field in CATALOGUE:
        rows[field.root].append(field)
    return ((attrgetter(root), tuple(of_root)) for root, of_root in rows.items())


_ROWS = tuple(_by_root())


_RANK = {kind: rank for rank, kind in enumerate(Kind)}


def _order(change: Change) -> tuple[object, ...]:
    texts = (change.path, change.item or "", change.op, change.old or "", change.new or "")
    return (_RANK[change.kind], *texts)


def _scalar(field: Field, old: Any, new: Any) -> Iterator[Change]:
    if normal(old, field.how) != normal(new, field.how):
        yield _set(field, shown(old, field.how), shown(new, field.how))


def _dates(field: Field, old: Any, new: Any) -> Iterator[Change]:
    if old is not None and new is not None and old.date.agrees_with(new.date):
        return
    yield from _scalar(field, old, new)


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
    How.PROSE: _scalar,
    How.FLAG: _scalar,
    How.YES: _scalar,
    How.NUMBER: _scalar,
    How.DATE: _dates,
    How.WORDS: _scalar,
    How.LINES: diff_lines,
    How.MEMBERS: diff_members,
    How.OTHER_FIELDS: _other_fields,
}
