"""Which of many filters a trial fits: equal parts of them are held against it once.

A filter is taken apart into its place and the rest, and the rest into facets that depend on a few
facts of a trial each. There are few different facets however many filters there are, and trials
share those facts, so that what is reckoned for one is remembered for the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable
from functools import reduce
from operator import or_
from typing import Generic, NamedTuple, TypeVar

from msgspec.structs import replace

from bot.domain.filters import Filter, Miss, miss
from bot.domain.matching.bits import flags_of
from bot.domain.matching.near import NearIndex
from bot.domain.place import Near
from bot.domain.traits import Spot, Traits

NOWHERE = 0
"""The number of no place: there every trial fits."""

TRAITS_KEPT = 512
"""For how many different facts of trials it is remembered which facets they fit."""

VERSIONS_KEPT = 8
"""For the sites of so many versions it is remembered what they are near to."""

_FACETS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("statuses", "phases", "intervention_types", "sponsor_classes"),
        ("status", "phases", "intervention_types", "sponsor_class"),
    ),
    (
        ("age", "sex", "healthy_volunteers"),
        ("youngest", "oldest", "sex", "healthy_volunteers"),
    ),
    (("countries",), ("countries",)),
)
"""Parts of a filter, and the facts of a trial that they are held against."""

_Value = TypeVar("_Value", bound=Hashable)


class _Numbered(Generic[_Value]):
    """Equal values kept once, under a number, for as long as they are needed.

    The numbers stay as small as there are values: what is let go of leaves its own to the next.
    """

    def __init__(self) -> None:
        self.values: dict[int, _Value] = {}
        self._numbers: dict[_Value, int] = {}
        self._needed: Counter[int] = Counter()
        self._free: list[int] = []

    @property
    def last(self) -> int:
        """The largest number that was ever given."""
        return NOWHERE + len(self.values) + len(self._free)

    def take(self, value: _Value) -> tuple[int, bool]:
        """Its number, and whether it is new."""
        number = self._numbers.get(value)
        is_new = number is None
        if number is None:
            number = self._free.pop() if self._free else NOWHERE + 1 + len(self.values)
            self._numbers[value], self.values[number] = number, value
        self._needed[number] += 1
        return number, is_new

    def release(self, number: int) -> _Value | None:
        """One who took it needs it no longer. Returns it where nobody does, and lets it go."""
        self._needed[number] -= 1
        if self._needed[number]:
            return None
        del self._needed[number]
        value = self.values.pop(number)
        del self._numbers[value]
        self._free.append(number)
        return value


class _Facet:
    """The different values that filters have in some of their parts."""

    def __init__(self, parts: tuple[str, ...], facts: tuple[str, ...]) -> None:
        self._parts = parts
        self._facts = facts
        self._wanted: _Numbered[Filter] = _Numbered()
        self._rests: defaultdict[int, int] = defaultdict(int)
        self._known: dict[tuple[object, ...], int] = {}

    def take(self, whole: Filter, rest: int) -> int:
        """The number of these parts of a new filter, which has the number ``rest``."""
        number, _ = self._wanted.take(
            Filter(**{name: getattr(whole, name) for name in self._parts})
        )
        self._rests[number] |= 1 << rest
        self._known.clear()
        return number

    def release(self, number: int, rest: int) -> None:
        """One filter with this facet is gone."""
        self._rests[number] &= ~(1 << rest)
        if self._wanted.release(number):
            del self._rests[number]
        self._known.clear()

    def fitting(self, traits: Traits) -> int:
        """The numbers of the filters whose facet the trial fits, as bits."""
        facts = tuple(getattr(traits, name) for name in self._facts)
        found = self._known.get(facts)
        if found is None:
            if len(self._known) >= TRAITS_KEPT:
                self._known.clear()
            values = self._wanted.values.items()
            fitting = (self._rests[number] for number, one in values if miss(one, traits) is None)
            found = self._known[facts] = reduce(or_, fitting, 0)
        return found


class Key(NamedTuple):
    """A filter's place and the rest of it, as numbers of a ``FilterIndex``."""

    near: int
    rest: int


class FilterIndex:
    """All filters that anybody follows something with."""

    def __init__(self) -> None:
        self._nears: _Numbered[Near] = _Numbered()
        self._places = NearIndex()
        self._rests: _Numbered[Filter] = _Numbered()
        self._trial, self._person, self._country = (_Facet(*both) for both in _FACETS)
        self._facets_of: dict[int, tuple[int, int, int]] = {}
        self._near_by_spots: dict[tuple[Spot, ...], bytes] = {}

    def add(self, wanted: Filter) -> Key:
        """Its key; equal filters have the same."""
        self._near_by_spots.clear()
        near = NOWHERE
        if wanted.near is not None:
            near, is_new = self._nears.take(wanted.near)
            if is_new:
                self._places.add(near, wanted.near)
            wanted = replace(wanted, near=None)
        rest, is_new = self._rests.take(wanted)
        if is_new:
            self._facets_of[rest] = (
                self._trial.take(wanted, rest),
                self._person.take(wanted, rest),
                self._country.take(wanted, rest),
            )
        return Key(near, rest)

    def drop(self, key: Key) -> None:
        """One that was added with this key is gone."""
        self._near_by_spots.clear()
        near = self._nears.release(key.near) if key.near != NOWHERE else None
        if near is not None:
            self._places.drop(key.near, near)
        if self._rests.release(key.rest) is not None:
            trial, person, country = self._facets_of.pop(key.rest)
            self._trial.release(trial, key.rest)
            self._person.release(person, key.rest)
            self._country.release(country, key.rest)

    def part_missed(self, rest: int, traits: Traits) -> Miss:
        """The first part of the rest of a filter that the trial does not fit.

        Raises ValueError where it fits all of it.
        """
        part = miss(self._rests.values[rest], traits)
        if part is None:
            raise ValueError("the trial fits it")
        return part

    def fitting(self, traits: Traits) -> tuple[bytes, bytes]:
        """What the trial fits: a flag for each number of a place, and of a rest, ever given."""
        rests = self._trial.fitting(traits) & self._person.fitting(traits)
        rests &= self._country.fitting(traits)
        return self._near_by(traits.spots), flags_of(rests, self._rests.last + 1)

    def _near_by(self, spots: tuple[Spot, ...]) -> bytes:
        """The versions of a trial, which are looked at one after the other, mostly share sites."""
        near_by = self._near_by_spots.get(spots)
        if near_by is None:
            if len(self._near_by_spots) >= VERSIONS_KEPT:
                self._near_by_spots.clear()
            nears = self._places.near_to(spots) | 1 << NOWHERE
            near_by = self._near_by_spots[spots] = flags_of(nears, self._nears.last + 1)
        return near_by
