"""Places as points of a globe, with the circles around them that people follow within.

For every site a thousand places are looked at. Most of it is done without a step of Python's for
each, and what few different values there are is kept once, so as to be near at hand.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import repeat

from bot.domain.filters import is_near
from bot.domain.place import EARTH_KILOMETRES, Near
from bot.domain.traits import Spot

_UNSURE = 1e-11
"""Chords that differ by less (of the Earth's radius: a tenth of a millimetre) say nothing: there
the distance itself is reckoned."""

_EVERYWHERE = 3.0
"""Longer than any chord: of a circle that is larger than the Earth."""

Where = tuple[float, float]
"""Latitude and longitude in degrees."""

_Point = tuple[float, float, float]
"""Of the unit sphere."""

_ORIGIN: _Point = (0.0, 0.0, 0.0)


class Towns:
    """Places under slots, small numbers that are used again when a place is let go of.

    Each circle has a number, too, which is the caller's.
    """

    def __init__(self) -> None:
        self._slots: dict[Where, int] = {}
        self._free: list[int] = []
        self._points: list[_Point] = []
        self._nears: list[list[Near]] = []  # of a slot, the smallest circle first
        self._numbers: list[tuple[int, ...]] = []
        self._chords: list[tuple[float, ...]] = []  # from the place to the circles: less is inside
        self._same: dict[tuple[float, ...], tuple[float, ...]] = {}

    def __len__(self) -> int:
        return len(self._slots)

    def slot(self, where: Where) -> int:
        """The slot of a place; one that has none is given one."""
        slot = self._slots.get(where)
        if slot is None:
            slot = self._slots[where] = self._free.pop() if self._free else self._another()
            self._points[slot] = _point(*where)
        return slot

    def widest(self, slot: int) -> int | None:
        """The kilometres of its largest circle; None where it has none."""
        return self._nears[slot][-1].kilometres if self._nears[slot] else None

    def add(self, slot: int, number: int, near: Near) -> None:
        """Draw a circle around it."""
        at = sum(one.kilometres < near.kilometres for one in self._nears[slot])
        self._nears[slot].insert(at, near)
        numbers = self._numbers[slot]
        self._numbers[slot] = (*numbers[:at], number, *numbers[at:])
        self._reckon(slot)

    def drop(self, slot: int, number: int) -> None:
        """Rub a circle out."""
        numbers = self._numbers[slot]
        at = numbers.index(number)
        del self._nears[slot][at]
        self._numbers[slot] = numbers[:at] + numbers[at + 1 :]
        self._reckon(slot)

    def let_go(self, where: Where) -> None:
        """A place without circles leaves its slot to the next."""
        self._free.append(self._slots.pop(where))

    def around(self, spot: Spot, slots: Sequence[int]) -> list[int]:
        """The numbers of these places' circles that a spot with coordinates is within."""
        here = _point(spot.latitude or 0.0, spot.longitude or 0.0)
        chords = map(math.dist, repeat(here), map(self._points.__getitem__, slots))
        of_circles, numbers = self._chords, self._numbers
        found: list[int] = []
        for slot, chord in zip(slots, chords, strict=True):
            circles = of_circles[slot]
            if chord > circles[-1] + _UNSURE:
                continue
            sure = bisect_right(circles, chord + _UNSURE)
            found += numbers[slot][sure:]
            if sure and circles[sure - 1] >= chord - _UNSURE:
                found += self._measured(spot, slot, sure)
        return found

    def _measured(self, spot: Spot, slot: int, end: int) -> Iterator[int]:
        """Those before ``end``, whose distance has to be looked at."""
        rest = zip(self._nears[slot][:end], self._numbers[slot][:end], strict=True)
        return (number for near, number in rest if is_near(spot, near))

    def _another(self) -> int:
        self._points.append(_ORIGIN)
        self._nears.append([])
        self._numbers.append(())
        self._chords.append(())
        return len(self._nears) - 1

    def _reckon(self, slot: int) -> None:
        chords = tuple(_chord(near.kilometres) for near in self._nears[slot])
        # People choose among few radii: equal ones are kept once, and so are at hand.
        self._chords[slot] = self._same.setdefault(chords, chords)


def _point(latitude: float, longitude: float) -> _Point:
    up, round_ = math.radians(latitude), math.radians(longitude)
    return math.cos(up) * math.cos(round_), math.cos(up) * math.sin(round_), math.sin(up)


def _chord(kilometres: int) -> float:
    """Straight through the Earth to the circle, in radii of the Earth."""
    angle = kilometres / EARTH_KILOMETRES
    return 2 * math.sin(angle / 2) if angle < math.pi else _EVERYWHERE
