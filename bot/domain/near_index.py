"""Which of many followed places a trial's sites are near to, looked at along a grid.

Each place with its radius stands in all cells of the grid that it can reach, so that of a site only
those are reckoned whose circle passes by.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from bot.domain.countries import country_key
from bot.domain.filters import is_near
from bot.domain.place import KILOMETRES_A_DEGREE, Near
from bot.domain.traits import Spot

MOST_CELLS = 600
"""A circle that reaches more cells (of one degree each) is tried with every site instead."""

SPOTS_KEPT = 4096
"""Sites of which it is remembered what they are near to: trials share their cities."""

_Cell = tuple[int, int] | tuple[str, str]
"""Whole degrees of latitude and longitude; or country and city, for sites without coordinates."""


class NearIndex:
    """Places with radii, each under a number."""

    def __init__(self) -> None:
        self._cells: defaultdict[_Cell, dict[int, Near]] = defaultdict(dict)
        self._wide: dict[int, Near] = {}
        self._known: dict[Spot, tuple[int, ...]] = {}

    def add(self, number: int, near: Near) -> None:
        """Take in what was not there."""
        self._known.clear()
        for cell in _names(near):
            self._cells[cell][number] = near
        cells = _cells(near)
        if cells is None:
            self._wide[number] = near
        for cell in cells or ():
            self._cells[cell][number] = near

    def drop(self, number: int, near: Near) -> None:
        """Let go of what was added so."""
        self._known.clear()
        self._wide.pop(number, None)
        for cell in (*_names(near), *(_cells(near) or ())):
            self._cells[cell].pop(number, None)
            if not self._cells[cell]:
                del self._cells[cell]

    def near_to(self, spots: Iterable[Spot]) -> Set[int]:
        """The numbers of those that have one of these sites within their radius."""
        found: set[int] = set()
        for spot in spots:
            known = self._known.get(spot)
            if known is None:
                if len(self._known) >= SPOTS_KEPT:
                    self._known.clear()
                known = self._known[spot] = tuple(self._reckoned(spot))
            found.update(known)
        return found

    def _reckoned(self, spot: Spot) -> Iterator[int]:
        there = self._cells.get(_cell_of(spot), {})
        for nears in (there, self._wide):
            for number, near in nears.items():
                if is_near(spot, near):
                    yield number


def _cell_of(spot: Spot) -> _Cell:
    if spot.latitude is None or spot.longitude is None:
        return country_key(spot.country or ""), (spot.city or "").casefold()
    return math.floor(spot.latitude), math.floor(spot.longitude) % 360


def _names(near: Near) -> tuple[_Cell, ...]:
    """Where a site without coordinates in the very same city is looked for."""
    city = near.place.name.partition(",")[0]
    return ((country_key(near.place.country or ""), city.casefold()),)


def _cells(near: Near) -> tuple[_Cell, ...] | None:
    """All cells that the circle can reach; None where there are too many, as around a pole."""
    place, up = near.place, near.kilometres / KILOMETRES_A_DEGREE + 0.01
    if abs(place.latitude) + up >= 90:
        return None
    # The circle reaches furthest to the sides not at its centre's latitude but nearer to the pole.
    angle = math.radians(up)
    across = math.degrees(math.asin(math.sin(angle) / math.cos(math.radians(place.latitude))))
    rows = range(math.floor(place.latitude - up), math.floor(place.latitude + up) + 1)
    columns = range(math.floor(place.longitude - across), math.floor(place.longitude + across) + 1)
    if len(rows) * len(columns) > MOST_CELLS:
        return None
    return tuple((row, column % 360) for row in rows for column in columns)
