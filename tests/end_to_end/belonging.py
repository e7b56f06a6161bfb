"""An independent reading of raw records: which trials belong to a followed condition.

It shares no code with the program; each of its rules is restated here in a line.
"""

from __future__ import annotations

import enum
import math
import re
from typing import Any

import msgspec

from tests.end_to_end.truth import filed_under, mentions

Raw = Any
CONDITIONS = {"asthma": "D001249", "cancer": "D009369", "depression": "D003866"}
TOWNS = {
    "Oslo": (59.91273, 10.74609, "Norway"),
    "Boston": (42.35843, -71.05977, "United States"),
    "Houston": (29.76328, -95.36327, "United States"),
}
"""Latitude, longitude and country."""

EARTH = 6371.0
CLOSED = {"WITHDRAWN", "TERMINATED", "COMPLETED", "NO_LONGER_AVAILABLE"}
"""Of a site: nobody can go there."""

A_YEAR = {"year": 1.0, "month": 1 / 12, "week": 1 / 52.18, "day": 1 / 365.25}


class Topic(msgspec.Struct, frozen=True):
    """A condition with what narrows it."""

    words: str
    near: tuple[str, int] | None = None
    """A town, and how many kilometres around it."""
    country: str | None = None
    status: str | None = None
    age: int | None = None


class Way(enum.StrEnum):
    """What a trial is to a topic from one day to the next."""

    NEW = "new"
    CAME = "came"
    LEFT = "left"
    STAYS = "stays"


def way(before: Raw | None, after: Raw, topic: Topic) -> Way | None:
    """What became of it; None where it belongs to the topic on neither day.

    What only the registry filed anew, by itself, neither comes nor leaves.
    """
    if before is None:
        return Way.NEW if belongs(after, topic) else None
    was, now = belongs(before, topic), belongs(after, topic)
    if was == now:
        return Way.STAYS if now else None
    if _stated(before) == _stated(after):
        moved_by_filing = (
            belongs(before, topic, filed_as=after) if now else belongs(after, topic, before)
        )
        if moved_by_filing:
            return Way.STAYS
    return Way.CAME if now else Way.LEFT


def belongs(record: Raw, topic: Topic, filed_as: Raw | None = None) -> bool:
    """Whether it matches and fits all that narrows the topic."""
    filed = filed_under(record if filed_as is None else filed_as, CONDITIONS[topic.words])
    return (
        (filed or mentions(record, topic.words))
        and (topic.status is None or status_of(record) == topic.status)
        and (topic.age is None or takes(record, topic.age))
        and (topic.country is None or any(is_in(one, topic.country) for one in open_sites(record)))
        and (topic.near is None or any(is_near(one, *topic.near) for one in open_sites(record)))
    )


def status_of(record: Raw) -> Any:
    """The overall status."""
    return record["protocolSection"]["statusModule"].get("overallStatus")


def takes(record: Raw, age: int) -> bool:
    """Whether somebody who is so many years old may join, until the next birthday."""
    module = record["protocolSection"].get("eligibilityModule", {})
    least, most = module.get("minimumAge"), module.get("maximumAge")
    return (least is None or age + 1 > _in_years(least)) and (
        most is None or age < _in_years(most, and_one=True)
    )


def sites(record: Raw) -> list[Raw]:
    """All its places."""
    module = record["protocolSection"].get("contactsLocationsModule", {})
    return list(module.get("locations", []))


def open_sites(record: Raw) -> list[Raw]:
    """Its places without those that are closed for good."""
    return [one for one in sites(record) if one.get("status") not in CLOSED]


def is_in(site: Raw, country: str) -> bool:
    """Whether it is in this country."""
    return bool(site.get("country") == country)


def is_near(site: Raw, town: str, kilometres: int) -> bool:
    """Whether it is within so many of the town; without coordinates, in the town."""
    latitude, longitude, country = TOWNS[town]
    point = site.get("geoPoint")
    if not point:
        return site.get("city") == town and is_in(site, country)
    here, there = _unit(latitude, longitude), _unit(point["lat"], point["lon"])
    # The angle between two directions from the Earth's centre, by the chord between them.
    return 2 * EARTH * math.asin(min(1.0, math.dist(here, there) / 2)) <= kilometres


def _unit(latitude: float, longitude: float) -> tuple[float, float, float]:
    up, round_ = math.radians(latitude), math.radians(longitude)
    return math.cos(up) * math.cos(round_), math.cos(up) * math.sin(round_), math.sin(up)


def _in_years(stated: str, *, and_one: bool = False) -> float:
    found = re.match(r"(\d+) (year|month|week|day)", stated.lower())
    assert found, stated
    return (int(found[1]) + and_one) * A_YEAR[found[2]]


def _stated(record: Raw) -> Any:
    """What the registry files a trial by."""
    module = record["protocolSection"].get("conditionsModule", {})
    return module.get("conditions"), module.get("keywords")
