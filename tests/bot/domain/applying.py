"""What was found, applied to the old version: does it give the new one, row by row?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from bot.domain.change import Change, Kind, Op
from bot.domain.fields import Field, How, Members
from bot.domain.normal import normal, shown
from bot.domain.study import Study
from bot.domain.text import fold, lines

Member = dict[str, str | None]
"""A member as text: its parts by their paths, its name and its value."""

_NAME, _VALUE = "its name", "its value"


def applied(row: Field, old: Study, new: Study, changes: Sequence[Change]) -> tuple[Any, Any]:
    """The old value with the row's changes, and the new one: to be compared.

    A change names a member that was added by its name and value alone; its other parts are taken
    from the new version.
    """
    mine, theirs = row.read(old), row.read(new)
    own = [one for one in changes if _is_of(row, one)]
    if row.how is How.MEMBERS and row.members is not None:
        return _members(row, row.members, mine, theirs, own)
    if row.how is How.LINES:
        return _lines(mine, theirs, own)
    if row.how is How.OTHER_FIELDS:
        return _others(mine, theirs, [one for one in changes if one.kind is Kind.OTHER])
    if row.how is How.DATE and not own and mine and theirs and mine.date.agrees_with(theirs.date):
        return None, None  # it only became finer
    before = shown(mine, row.how)
    for change in own:
        assert (change.op, change.old) == (Op.SET, before)
        before = change.new
    return before, shown(theirs, row.how) if own or _differ(row, mine, theirs) else before


def _differ(row: Field, mine: Any, theirs: Any) -> bool:
    return normal(mine, row.how) != normal(theirs, row.how)


def _is_of(row: Field, change: Change) -> bool:
    return bool(row.path) and (change.path == row.path or change.path.startswith(f"{row.path}."))


def _lines(mine: str | None, theirs: str | None, changes: list[Change]) -> tuple[Any, Any]:
    """Lines by their words; which part they stand in is told where they moved between two."""
    before, after = (Counter(line.key for line in lines(text)) for text in (mine, theirs))
    for change in changes:
        for text, count in ((change.old, -1), (change.new, 1)):
            if text is not None:
                before[next(lines(text)).key] += count
    assert all(count >= 0 for count in before.values())
    if not changes and _run_on(mine) == _run_on(theirs):
        return None, None  # only wrapped anew
    return +before, after


def _run_on(text: str | None) -> str:
    return " ".join(line.key for line in lines(text))


def _others(mine: Any, theirs: Any, changes: Sequence[Change]) -> tuple[Any, Any]:
    """Fields that nobody knows yet; the registry gives each path one value."""
    before, after = ({one.path: one.value for one in side} for side in (mine, theirs))
    for change in changes:
        assert before.pop(change.path, None) == change.old
        if change.new is not None:
            before[change.path] = change.new
    return before, after


def _members(
    row: Field, of: Members, mine: Any, theirs: Any, changes: list[Change]
) -> tuple[Any, Any]:
    before, after = ([_member(of, one) for one in side] for side in (mine, theirs))
    before, after = _left_over(before, after), _left_over(after, before)
    for side in (before, after):
        names = Counter(one[_NAME] for one in side)
        if any(count > 1 for count in names.values()):
            return _counted(row, before, after, changes)
    return _by_name(row, of, before, after, changes)


def _member(of: Members, value: Any) -> Member:
    parts = {
        part.path: shown(part.read(value), part.how, part.members)
        for part in (*of.identity, *of.parts)
    }
    name, text = fold(of.name(value)) or None, fold(of.value(value)) or None
    return {**parts, _NAME: name, _VALUE: text}


def _left_over(mine: list[Member], theirs: list[Member]) -> list[Member]:
    known = Counter(map(_key, theirs))
    left = []
    for one in mine:
        if known[_key(one)] > 0:
            known[_key(one)] -= 1
        else:
            left.append(one)
    return left


def _key(one: Member) -> tuple[Any, ...]:
    return tuple(sorted(one.items()))


def _counted(
    row: Field, before: list[Member], after: list[Member], changes: list[Change]
) -> tuple[Any, Any]:
    """Where several have one name it cannot be told which is meant: their number must be right."""
    removed = sum(one.op is Op.REMOVED for one in changes)
    added = sum(one.op is Op.ADDED for one in changes)
    return len(before) - removed + added, len(after)


def _by_name(
    row: Field, of: Members, before: list[Member], after: list[Member], changes: list[Change]
) -> tuple[Any, Any]:
    names = {one[_NAME]: one for one in after}
    identity = {part.path for part in of.identity}
    state = {one[_NAME]: dict(one) for one in before}
    for change in changes:
        if change.op is Op.REMOVED:
            gone = state.pop(change.item)
            assert gone[_VALUE] == change.old
    for item in {one.item for one in changes if _part(row, one) in identity}:
        renamed = [one for one in changes if one.item == item and _part(row, one) in identity]
        was = {path: names[item][path] for path in identity}
        was |= {_part(row, one): one.old for one in renamed}
        (former,) = (one for one in state.values() if {p: one[p] for p in identity} == was)
        moved = state.pop(former[_NAME])
        moved |= {_part(row, one): one.new for one in renamed}
        state[item] = moved
    for change in changes:
        part = _part(row, change)
        if change.op is Op.CHANGED and part not in identity:
            assert state[change.item][part] == change.old
            state[change.item][part] = change.new
        if change.op is Op.ADDED:
            assert names[change.item][_VALUE] == change.new
            state[change.item] = names[change.item]
    stated = [path for path in (after or before or [{}])[0] if path not in {_NAME, _VALUE}]
    return _texts(state.values(), stated), _texts(after, stated)


def _texts(members: Iterable[Member], stated: Sequence[str]) -> list[str]:
    return sorted(repr([one.get(path) for path in stated]) for one in members)


def _part(row: Field, change: Change) -> str:
    return change.path.removeprefix(row.path).lstrip(".")
