"""A place on the globe, and how near it something is."""

from __future__ import annotations

import math

import msgspec

EARTH_KILOMETRES = 6371.0088
"""The mean radius of the Earth (IUGG)."""

KILOMETRES_A_DEGREE = math.pi * EARTH_KILOMETRES / 180
"""Between two circles of latitude that are one degree apart."""


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A city, or a spot that somebody shared. Coordinates are in degrees."""

    name: str
    """As it is told back to people: ``Paris, France`` or ``Paris, Texas, United States``."""
    latitude: float
    longitude: float
    country: str | None = None
    """As the registry spells it, such as ``United States``."""
    time_zone: str | None = None
    """An IANA name, such as ``Europe/Paris``."""


class Near(msgspec.Struct, frozen=True):
    """Within so many kilometres of a place, as the crow flies."""

    place: Place
    kilometres: int


def kilometres(a_latitude: float, a_longitude: float, place: Place) -> float:
    """The distance from a point (degrees) to a place along the surface (haversine formula)."""
    a, b = math.radians(a_latitude), math.radians(place.latitude)
    across = math.radians(place.longitude - a_longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * EARTH_KILOMETRES * math.asin(min(1.0, math.sqrt(half)))
