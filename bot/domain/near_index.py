"""Which of many followed places a trial's sites are near to, looked at along a grid.

Each place stands in all cells of the grid that its largest circle reaches, so that of a site only
those are reckoned whose circles pass by, and each once for all its radii.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import chain
from typing import NamedTuple

from bot.domain.bits import bits_of
from bot.domain.countries import country_key
from bot.domain.filters import is_near
from bot.domain.place import EARTH_KILOMETRES, KILOMETRES_A_DEGREE, Near
from bot.domain.traits import Spot

MOST_CELLS = 600
"""A circle that reaches more cells (of one degree each) is tried with every site instead."""

SPOTS_KEPT = 8192
"""Sites of which it is remembered what they are near to: trials share their cities."""

_UNSURE = 1e-11
"""Cosines that are closer than this say nothing: there the distance itself is reckoned."""

_EVERYWHERE = -2.0
"""Less than any cosine: of a circle that is larger than the Earth."""

_Cell = tuple[int, int]
"""Whole degrees of latitude and longitude."""

_Circle = tuple[float, float, int, int]
"""The cosine of its angle as seen from the Earth's centre: what is less is outside for sure, and
what is more than the second inside; its kilometres, and its number."""


_Where = tuple[float, float]
"""Latitude and longitude in degrees."""


class _Town(NamedTuple):
    """A place as a point of the unit sphere, with the circles around it, the largest first."""

    x: float
    y: float
    z: float
    circles: list[_Circle]
    nears: dict[int, Near]


class NearIndex:
    """Places with radii, each under a number."""

    def __init__(self) -> None:
        self._towns: dict[_Where, _Town] = {}
        self._cells: defaultdict[_Cell, dict[_Where, _Town]] = defaultdict(dict)
        self._wide: dict[_Where, _Town] = {}
        self._named: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._known: dict[Spot, int] = {}

    def add(self, number: int, near: Near) -> None:
        """Take in what was not there."""
        for spot, known in self._known.items():
            if is_near(spot, near):
                self._known[spot] = known | 1 << number
        self._named[_name(near)].add(number)
        where = _where(near)
        town = self._towns.get(where)
        if town is None:
            town = self._towns[where] = _Town(*_point(*where), [], {})
        largest = not town.circles or near.kilometres > town.circles[0][2]
        if largest and town.circles:
            self._leave(where, town)
        insort(town.circles, _circle(number, near), key=lambda circle: -circle[2])
        town.nears[number] = near
        if largest:
            self._settle(where, town)

    def drop(self, number: int, near: Near) -> None:
        """Let go of what was added so."""
        self._known.clear()
        name, where = _name(near), _where(near)
        self._named[name].discard(number)
        if not self._named[name]:
            del self._named[name]
        town = self._towns[where]
        self._leave(where, town)
        town.circles.remove(_circle(number, near))
        del town.nears[number]
        if town.circles:
            self._settle(where, town)
        else:
            del self._towns[where]

    def near_to(self, spots: Iterable[Spot]) -> int:
        """Those that have one of these sites within their radius: their numbers as bits."""
        found = 0
        for spot in spots:
            known = self._known.get(spot)
            if known is None:
                if len(self._known) >= SPOTS_KEPT:
                    self._known.clear()
                known = self._known[spot] = bits_of(self._reckoned(spot))
            found |= known
        return found

    def _settle(self, where: _Where, town: _Town) -> None:
        """Have it in all cells that its largest circle reaches."""
        cells = _cells(*where, town.circles[0][2])
        if cells is None:
            self._wide[where] = town
        for cell in cells or ():
            self._cells[cell][where] = town

    def _leave(self, where: _Where, town: _Town) -> None:
        self._wide.pop(where, None)
        for cell in _cells(*where, town.circles[0][2]) or ():
            del self._cells[cell][where]
            if not self._cells[cell]:
                del self._cells[cell]

    def _reckoned(self, spot: Spot) -> Collection[int]:
        if spot.latitude is None or spot.longitude is None:
            name = country_key(spot.country or ""), (spot.city or "").casefold()
            return self._named.get(name, ())
        found: list[int] = []
        x, y, z = _point(spot.latitude, spot.longitude)
        cell = math.floor(spot.latitude), math.floor(spot.longitude) % 360
        towns = chain(self._cells.get(cell, {}).values(), self._wide.values())
        for a, b, c, circles, nears in towns:
            cosine = x * a + y * b + z * c
            for outside, inside, _, number in circles:
                if cosine < outside:
                    break  # and so of all smaller ones
                if cosine > inside or is_near(spot, nears[number]):
                    found.append(number)
        return found


def _where(near: Near) -> _Where:
    return near.place.latitude, near.place.longitude


def _name(near: Near) -> tuple[str, str]:
    """By what a site without coordinates is found that is in the very same city."""
    city = near.place.name.partition(",")[0]
    return country_key(near.place.country or ""), city.casefold()


def _point(latitude: float, longitude: float) -> tuple[float, float, float]:
    up, round_ = math.radians(latitude), math.radians(longitude)
    return math.cos(up) * math.cos(round_), math.cos(up) * math.sin(round_), math.sin(up)


def _circle(number: int, near: Near) -> _Circle:
    angle = near.kilometres / EARTH_KILOMETRES
    cosine = math.cos(angle) if angle < math.pi else _EVERYWHERE
    return cosine - _UNSURE, cosine + _UNSURE, near.kilometres, number


def _cells(latitude: float, longitude: float, kilometres: int) -> tuple[_Cell, ...] | None:
    """All cells that the circle can reach; None where there are too many, as around a pole."""
    up = kilometres / KILOMETRES_A_DEGREE + 0.01
    if abs(latitude) + up >= 90:
        return None
    # The circle reaches furthest to the sides not at its centre's latitude but nearer to the pole.
    across = math.degrees(math.asin(math.sin(math.radians(up)) / math.cos(math.radians(latitude))))
    rows = range(math.floor(latitude - up), math.floor(latitude + up) + 1)
    columns = range(math.floor(longitude - across), math.floor(longitude + across) + 1)
    if len(rows) * len(columns) > MOST_CELLS:
        return None
    return tuple((row, column % 360) for row in rows for column in columns)
