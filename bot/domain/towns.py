"""Places as points of a globe, with the circles around them that people follow within.

What is reckoned with stands one beside the other in memory: for every site a thousand places are
looked at, and fetching each of them from somewhere else is what would take the time.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from bot.domain.filters import is_near
from bot.domain.place import EARTH_KILOMETRES, Near
from bot.domain.traits import Spot

_UNSURE = 1e-11
"""Cosines that are closer than this say nothing: there the distance itself is reckoned."""

_EVERYWHERE = -2.0
"""Less than any cosine: of a circle that is larger than the Earth."""

Where = tuple[float, float]
"""Latitude and longitude in degrees."""


class Towns:
    """Places under slots, small numbers that are used again when a place is let go of.

    Each circle has a number, too, which is the caller's.
    """

    def __init__(self) -> None:
        self._slots: dict[Where, int] = {}
        self._free: list[int] = []
        self._x, self._y, self._z = array("d"), array("d"), array("d")
        self._nears: list[list[Near]] = []  # of a slot, the largest circle first
        self._numbers: list[array[int]] = []
        self._cosines: list[tuple[float, ...]] = []  # of the circles' angles: more is inside
        self._same: dict[tuple[float, ...], tuple[float, ...]] = {}

    def __len__(self) -> int:
        return len(self._slots)

    def slot(self, where: Where) -> int:
        """The slot of a place; one that has none is given one."""
        slot = self._slots.get(where)
        if slot is None:
            slot = self._slots[where] = self._free.pop() if self._free else self._another()
            self._x[slot], self._y[slot], self._z[slot] = _point(*where)
        return slot

    def widest(self, slot: int) -> int | None:
        """The kilometres of its largest circle; None where it has none."""
        return self._nears[slot][0].kilometres if self._nears[slot] else None

    def add(self, slot: int, number: int, near: Near) -> None:
        """Draw a circle around it."""
        at = sum(one.kilometres >= near.kilometres for one in self._nears[slot])
        self._nears[slot].insert(at, near)
        self._numbers[slot].insert(at, number)
        self._reckon(slot)

    def drop(self, slot: int, number: int) -> None:
        """Rub a circle out."""
        at = self._numbers[slot].index(number)
        del self._nears[slot][at], self._numbers[slot][at]
        self._reckon(slot)

    def let_go(self, where: Where) -> None:
        """A place without circles leaves its slot to the next."""
        self._free.append(self._slots.pop(where))

    def around(self, spot: Spot, slots: Sequence[int]) -> list[int]:
        """The numbers of these places' circles that a spot with coordinates is within."""
        x, y, z = _point(spot.latitude or 0.0, spot.longitude or 0.0)
        xs, ys, zs, of_circles = self._x, self._y, self._z, self._cosines
        cosines = [x * xs[slot] + y * ys[slot] + z * zs[slot] for slot in slots]
        found: list[int] = []
        for slot, cosine in zip(slots, cosines, strict=True):
            circles = of_circles[slot]
            sure = bisect_left(circles, cosine - _UNSURE)
            if sure:
                found += self._numbers[slot][:sure]
            if sure < len(circles) and circles[sure] <= cosine + _UNSURE:
                found += self._measured(spot, slot, sure)
        return found

    def _measured(self, spot: Spot, slot: int, first: int) -> Iterator[int]:
        """Those from the first on, whose distance has to be looked at."""
        rest = zip(self._nears[slot][first:], self._numbers[slot][first:], strict=True)
        return (number for near, number in rest if is_near(spot, near))

    def _another(self) -> int:
        for values in (self._x, self._y, self._z):
            values.append(0.0)
        self._nears.append([])
        self._numbers.append(array("I"))
        self._cosines.append(())
        return len(self._nears) - 1

    def _reckon(self, slot: int) -> None:
        cosines = tuple(_cosine(near.kilometres) for near in self._nears[slot])
        # People choose among few radii: equal ones are kept once, and so are at hand.
        self._cosines[slot] = self._same.setdefault(cosines, cosines)


def _point(latitude: float, longitude: float) -> tuple[float, float, float]:
    up, round_ = math.radians(latitude), math.radians(longitude)
    return math.cos(up) * math.cos(round_), math.cos(up) * math.sin(round_), math.sin(up)


def _cosine(kilometres: int) -> float:
    """Of a circle's angle as seen from the Earth's centre."""
    angle = kilometres / EARTH_KILOMETRES
    return math.cos(angle) if angle < math.pi else _EVERYWHERE
