"""Which of many followed places a trial's sites are near to, looked at along a grid.

Each place stands in all cells of the grid that its largest circle reaches, so that of a site only
those are reckoned whose circles pass by, and each once for all its radii.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable

from bot.domain.countries import country_key
from bot.domain.filters import is_near
from bot.domain.matching.bits import bits_of
from bot.domain.matching.towns import Towns, Where
from bot.domain.place import KILOMETRES_A_DEGREE, Near
from bot.domain.traits import Spot

MOST_CELLS = 600
"""A circle that reaches more cells (of one degree each) is tried with every site instead."""

SPOTS_KEPT = 8192
"""Sites of which it is remembered what they are near to: trials share their cities."""

_Cell = tuple[int, int] | None
"""Whole degrees of latitude and longitude; None for the whole globe."""


def _no_slots() -> array[int]:
    return array("I")


class NearIndex:
    """Places with radii, each under a number."""

    def __init__(self) -> None:
        self._towns = Towns()
        self._cells: defaultdict[_Cell, array[int]] = defaultdict(_no_slots)
        self._named: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._known: dict[Spot, int] = {}

    def add(self, number: int, near: Near) -> None:
        """Take in what was not there."""
        for spot, known in self._known.items():
            if is_near(spot, near):
                self._known[spot] = known | 1 << number
        self._named[_name(near)].add(number)
        where = _where(near)
        slot = self._towns.slot(where)
        reached = self._towns.widest(slot)
        self._towns.add(slot, number, near)
        if reached is None or near.kilometres > reached:
            self._move(where, slot, reached, near.kilometres)

    def drop(self, number: int, near: Near) -> None:
        """Let go of what was added so."""
        self._known.clear()
        name, where = _name(near), _where(near)
        self._named[name].discard(number)
        if not self._named[name]:
            del self._named[name]
        slot = self._towns.slot(where)
        reached = self._towns.widest(slot)
        self._towns.drop(slot, number)
        left = self._towns.widest(slot)
        if left != reached:
            self._move(where, slot, reached, left)
        if left is None:
            self._towns.let_go(where)

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

    def _move(self, where: Where, slot: int, reached: int | None, reaches: int | None) -> None:
        """From the cells that its largest circle reached to those that it reaches (kilometres)."""
        for cell in _cells(*where, reached):
            self._cells[cell].remove(slot)
            if not self._cells[cell]:
                del self._cells[cell]
        for cell in _cells(*where, reaches):
            self._cells[cell].append(slot)

    def _reckoned(self, spot: Spot) -> Collection[int]:
        if spot.latitude is None or spot.longitude is None:
            name = country_key(spot.country or ""), (spot.city or "").casefold()
            return self._named.get(name, ())
        cell = math.floor(spot.latitude), math.floor(spot.longitude) % 360
        none = _no_slots()
        slots = self._cells.get(cell, none) + self._cells.get(None, none)
        return self._towns.around(spot, slots)


def _where(near: Near) -> Where:
    return near.place.latitude, near.place.longitude


def _name(near: Near) -> tuple[str, str]:
    """By what a site without coordinates is found that is in the very same city."""
    city = near.place.name.partition(",")[0]
    return country_key(near.place.country or ""), city.casefold()


def _cells(latitude: float, longitude: float, kilometres: int | None) -> Iterable[_Cell]:
    """All cells that the circle can reach; the globe where they are too many, as around a pole."""
    if kilometres is None:
        return ()
    up = kilometres / KILOMETRES_A_DEGREE + 0.01
    if abs(latitude) + up >= 90:
        return (None,)
    # The circle reaches furthest to the sides not at its centre's latitude but nearer to the pole.
    across = math.degrees(math.asin(math.sin(math.radians(up)) / math.cos(math.radians(latitude))))
    rows = range(math.floor(latitude - up), math.floor(latitude + up) + 1)
    columns = range(math.floor(longitude - across), math.floor(longitude + across) + 1)
    if len(rows) * len(columns) > MOST_CELLS:
        return (None,)
    return ((row, column % 360) for row in rows for column in columns)
