"""What changed between two lists of things that have a name and parts: arms, outcomes, sites."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from bot.domain.change import Change, Op
from bot.domain.fields import Field, Members, Part
from bot.domain.names import NEARLY_EQUAL, name_likeness, name_words, sentence_likeness
from bot.domain.normal import Normal, member, part_of, shown
from bot.domain.phrases import phrase
from bot.domain.text import fold, pair_alike


class _Entry(msgspec.Struct, frozen=True, eq=False):
    """A member beside its normal form."""

    value: Any
    normal: tuple[Normal, ...]


def diff_members(field: Field, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """Members added and removed, and the parts that changed in those that stayed.

    Members that share an identity (the registry allows it) are told apart by their parts: equal
    ones cancel out first, and what is left is compared in the order of the normal forms.
    """
    of = field.members
    if of is None:
        raise ValueError(f"{field.path} has no members")
    gone, come = _left_over(of, old, new)
    pairs = _by_identity(of, gone, come)
    for mine, theirs in pairs:
        yield from _diff_parts(field, of, mine, theirs)
    for mine, theirs in (*_by_name(of, gone, come), *_renamed(of, gone, come)):
        yield from _diff_name(field, of, mine, theirs)
        yield from _diff_parts(field, of, mine, theirs)
    for entry in gone:
        yield _whole(field, of, Op.REMOVED, entry)
    for entry in come:
        yield _whole(field, of, Op.ADDED, entry)


def _left_over(
    of: Members, old: Sequence[Any], new: Sequence[Any]
) -> tuple[list[_Entry], list[_Entry]]:
    """What is not on both sides alike, in the order of the normal forms."""
    if len(old) == len(new):  # mostly the same things in the same order: spare their hashes
        unlike = [(mine, theirs) for mine, theirs in zip(old, new, strict=True) if mine != theirs]
        old, new = [mine for mine, _ in unlike], [theirs for _, theirs in unlike]
    old, new = _minus(old, new), _minus(new, old)  # and what only moved: spare its normal forms
    before = [_Entry(one, member(one, of)) for one in old]
    after = [_Entry(one, member(one, of)) for one in new]
    return _without(before, after), _without(after, before)


def _minus(mine: Sequence[Any], theirs: Sequence[Any]) -> Sequence[Any]:
    """What of one side is not on the other letter by letter, as often as it is not."""
    if not mine or not theirs:
        return mine
    known = Counter(theirs)
    left = []
    for one in mine:
        if known[one] > 0:
            known[one] -= 1
        else:
            left.append(one)
    return left


def _without(mine: list[_Entry], theirs: list[_Entry]) -> list[_Entry]:
    known = Counter(entry.normal for entry in theirs)
    left = []
    for entry in mine:
        if known[entry.normal] > 0:
            known[entry.normal] -= 1
        else:
            left.append(entry)
    return sorted(left, key=lambda entry: entry.normal)


def _by_identity(
    of: Members, gone: list[_Entry], come: list[_Entry]
) -> list[tuple[_Entry, _Entry]]:
    """Pairs of one identity; they are taken out of the two lists."""
    width = _width(of)
    return _pairs(gone, come, lambda entry: entry.normal[:width])


def _by_name(of: Members, gone: list[_Entry], come: list[_Entry]) -> list[tuple[_Entry, _Entry]]:
    """Pairs that people know by one name (a person with another role, a link that moved)."""
    if not gone or not come:
        return []
    return _pairs(gone, come, lambda entry: fold(of.name(entry.value)))


def _pairs(
    gone: list[_Entry], come: list[_Entry], key: Callable[[_Entry], Any]
) -> list[tuple[_Entry, _Entry]]:
    """Pairs with equal keys, in the order of the normal forms; taken out of the two lists."""
    waiting: defaultdict[Any, list[_Entry]] = defaultdict(list)
    for entry in reversed(come):
        waiting[key(entry)].append(entry)
    pairs = []
    left = []
    for entry in gone:
        same = waiting[key(entry)]
        if same:
            pairs.append((entry, same.pop()))
        else:
            left.append(entry)
    gone[:] = left
    come[:] = sorted(
        (entry for entries in waiting.values() for entry in entries),
        key=lambda entry: entry.normal,
    )
    return pairs


def _width(of: Members) -> int:
    """How many places of the normal form are the identity."""
    return 1 if of.key is not None else len(of.identity)


def _renamed(of: Members, gone: list[_Entry], come: list[_Entry]) -> list[tuple[_Entry, _Entry]]:
    """Pairs with nearly the same name and, for sites, the same town; taken out of the lists."""
    if not of.renamed or not gone or not come:
        return []
    towns: defaultdict[tuple[str, ...], tuple[list[_Entry], list[_Entry]]]
    towns = defaultdict(lambda: ([], []))
    for side, entries in enumerate((gone, come)):
        for entry in entries:
            towns[_town(of, entry)][side].append(entry)
    both = [(town, *sides) for town, sides in towns.items() if all(sides)]
    names = {
        id(entry): _own_words(entry, town)
        for town, mine, theirs in both
        for entry in (*mine, *theirs)
    }

    def likeness(mine: _Entry, theirs: _Entry) -> float:
        one, other = names[id(mine)], names[id(theirs)]
        if of.telltale is not None and _reworded(of, mine, theirs, one, other):
            return REWORDED
        return name_likeness(one, other)

    pairs = [
        pair
        for _, mine, theirs in both
        for pair in pair_alike(mine, theirs, likeness, NEARLY_EQUAL)
    ]
    for mine, theirs in pairs:
        gone.remove(mine)
        come.remove(theirs)
    return pairs


def _reworded(
    of: Members, mine: _Entry, theirs: _Entry, one: Sequence[str], other: Sequence[str]
) -> bool:
    """Whether two members are one under another name: a sentence reworded, or all else equal."""
    if of.telltale is None:
        return False
    width = _width(of)
    same_parts = mine.normal[width:] == theirs.normal[width:]
    if same_parts and len((of.telltale(mine.value) or "").split()) >= _TELLING:
        return True
    if min(len(one), len(other)) < _SENTENCE:
        return False
    return sentence_likeness(one, other) >= REWORDED


REWORDED = 0.75
"""The least share of words in common of two sentences that are one, reworded. Outcomes of one trial
share many ("Change from baseline in ..."), so it is more than what two lines of criteria need."""

_TELLING = 6
"""Words. A shorter description ("Oral tablet") can be that of two things."""

_SENTENCE = 4
"""Words from which on a name is a sentence."""


def _own_words(entry: _Entry, town: Sequence[str]) -> tuple[str, ...]:
    """The words of the name that are not the town's, which a new spelling adds or drops."""
    words = name_words(str(entry.normal[0]))
    of_town = {word for part in town for word in part.split()}
    return tuple(word for word in words if word not in of_town) or words


def _town(of: Members, entry: _Entry) -> tuple[str, ...]:
    """What besides the name makes the member, without case and accents (Montréal, Montreal)."""
    return tuple(phrase(str(part)) for part in entry.normal[1 : _width(of)])


def _diff_name(field: Field, of: Members, mine: _Entry, theirs: _Entry) -> Iterator[Change]:
    for part in of.identity:
        if part_of(mine.value, part) != part_of(theirs.value, part):
            yield _changed(field, of, part, mine, theirs)


def _diff_parts(field: Field, of: Members, mine: _Entry, theirs: _Entry) -> Iterator[Change]:
    width = _width(of)
    for place, part in enumerate(of.parts, width):
        if mine.normal[place] != theirs.normal[place]:
            yield _changed(field, of, part, mine, theirs)


def _changed(field: Field, of: Members, part: Part, mine: _Entry, theirs: _Entry) -> Change:
    return Change(
        kind=part.kind,
        path=f"{field.path}.{part.path}",
        op=Op.CHANGED,
        item=_item(of, theirs),
        old=shown(part.read(mine.value), part.how, part.members),
        new=shown(part.read(theirs.value), part.how, part.members),
    )


def _whole(field: Field, of: Members, op: Op, entry: _Entry) -> Change:
    value = fold(of.value(entry.value)) or None
    return Change(
        kind=field.kind,
        path=field.path,
        op=op,
        item=_item(of, entry),
        old=value if op is Op.REMOVED else None,
        new=value if op is Op.ADDED else None,
    )


def _item(of: Members, entry: _Entry) -> str | None:
    return fold(of.name(entry.value)) or None
