"""From what somebody typed or pressed behind /settings to what the chat chooses."""

from __future__ import annotations

import enum
import re

import msgspec
from msgspec.structs import replace

from bot.domain.asking.distance import Distance, distance
from bot.domain.place import Near, Place
from bot.domain.question import DEFAULT_KILOMETRES
from bot.domain.settings.chat import Audience, ChatSettings
from bot.domain.settings.words import (
    AUDIENCES,
    When,
    distance_from,
    hour,
    hours,
    meant_for,
    place_and_distance,
    spelt,
    weekday,
    when,
)

SWITCHES = {
    "urgent": "urgent_in_quiet",
    "watching": "still_watching",
    "discreet": "discreet",
}
"""What is on or off, as it is typed, and the name of its setting."""

NAMES = ("place", "radius", "zone", "quiet", "audience", "when", "tell", "hour", "weekday")
"""All others."""

NOTHING = frozenset({"off", "none", "no", "forget"})

AREAS = frozenset(
    {
        *("africa", "america", "antarctica", "arctic", "asia", "atlantic", "australia"),
        *("etc", "europe", "indian", "pacific", "us"),
    }
)
"""How the IANA names of time zones begin: alone it is none, though a city may be called so."""


CLOCKS = {
    **dict.fromkeys(("ET", "EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("CT", "CDT"), "America/Chicago"),
    **dict.fromkeys(("MT", "MST", "MDT"), "America/Denver"),
    **dict.fromkeys(("PT", "PST", "PDT"), "America/Los_Angeles"),
    "BST": "Europe/London",
    "CEST": "CET",
    "EEST": "EET",
}
"""Clocks as people call them, by zones that keep their summer time: the zones ``EST`` and ``MST``
of the IANA have none, and would tell an hour off for half of the year."""


class Page(enum.StrEnum):
    """A page of the settings."""

    ALL = "all"
    PLACE = "place"
    WHEN = "when"
    QUIET = "quiet"


class Problem(enum.StrEnum):
    """What is wrong with what was typed."""

    UNKNOWN = "unknown"
    HOUR = "hour"
    WEEKDAY = "weekday"
    QUIET = "quiet"
    RADIUS = "radius"
    RADIUS_FIRST = "radius_first"
    """Before it is known where."""
    SWITCH = "switch"
    RHYTHM = "rhythm"
    TIME = "time"
    """How often is clear, and what is said of when is not."""
    AUDIENCE = "audience"


class Show(msgspec.Struct, frozen=True):
    """Nothing is to be changed."""

    page: Page


class Chosen(msgspec.Struct, frozen=True):
    """These are the settings now, and the page that shows them."""

    settings: ChatSettings
    page: Page
    miles: float | None = None
    """How near was typed in miles."""


class Wrong(msgspec.Struct, frozen=True):
    """It cannot be chosen; ``name`` is the setting as typed, or all that was not understood."""

    problem: Problem
    name: str = ""
    meant: str | None = None
    """What it may have been meant for, to be asked behind /settings."""


class FindPlace(msgspec.Struct, frozen=True):
    """A place that has to be looked up."""

    text: str
    far: Distance | None = None
    """How near, where that was said too."""
    alone: bool = False
    """Whether nothing said that it is a place: it may be a time zone, or nothing at all."""
    meant: str | None = None
    """What it may have been meant for where it is neither."""


class FindZone(msgspec.Struct, frozen=True):
    """A time zone, or a city whose time zone is meant, that has to be looked up."""

    text: str


Meant = Show | Chosen | Wrong | FindPlace | FindZone


def meant(text: str, settings: ChatSettings) -> Meant:
    """What stands behind ``/settings``; nothing shows all of it."""
    asked = spelt(" ".join(text.split()))
    name, _, rest = asked.partition(" ")
    name = name.lower()
    if name in SWITCHES:
        return _switch(name, rest.lower(), settings)
    match name:
        case "":
            return Show(Page.ALL)
        case "place":
            return _place(rest, settings)
        case "radius":
            return _radius(rest, settings)
        case "zone":
            return FindZone(rest) if rest else Show(Page.WHEN)
        case "quiet":
            return _quiet(rest.lower(), settings)
        case "audience":
            return _audience(rest.lower(), settings)
        case _:
            return _when(name, rest.lower(), settings) or _said(asked, settings)


def _when(name: str, rest: str, settings: ChatSettings) -> Meant | None:
    if name == "when" and not rest:
        return Show(Page.WHEN)
    if name in ("tell", "when"):
        said = when(rest)
        return Wrong(Problem.RHYTHM) if said is None else _told(said, settings)
    if name == "hour":
        at = hour(rest)
        if at is None:
            return Wrong(Problem.HOUR)
        return Chosen(replace(settings, hour=at), Page.WHEN)
    if name == "weekday":
        day = weekday(rest)
        if day is None:
            return Wrong(Problem.WEEKDAY)
        return Chosen(replace(settings, weekday=day), Page.WHEN)
    return None


def _said(text: str, settings: ChatSettings) -> Meant:
    """What names no setting: how often, how near, for whom; else a place, a zone, or nothing."""
    low = text.lower()
    if (said := when(text)) is not None:
        return _told(said, settings)
    if not low.isdecimal() and (distance(low) or distance_from(text)):
        return _radius(text, settings)
    if not low.isdecimal() and hour(low) is not None:
        return _when("hour", low, settings) or Wrong(Problem.HOUR)
    if low in AUDIENCES:
        return _audience(low, settings)
    word, _, rest = low.partition(" ")
    name = meant_for(word, [*NAMES, *SWITCHES])
    likely = f"{name} {rest}".strip() if name else None
    if not re.search(r"[^\W\d_]", text):
        return Wrong(Problem.UNKNOWN, text, likely)
    place, far = place_and_distance(text)
    return FindPlace(place, far, alone=True, meant=likely)


def _told(said: When, settings: ChatSettings) -> Meant:
    if said.wrong:
        return Wrong(Problem.TIME, said.wrong)
    hour = settings.hour if said.hour is None else said.hour
    day = settings.weekday if said.weekday is None else said.weekday
    return Chosen(replace(settings, rhythm=said.rhythm, hour=hour, weekday=day), Page.WHEN)


def _place(rest: str, settings: ChatSettings) -> Meant:
    if not rest:
        return Show(Page.PLACE)
    if rest.lower() in NOTHING:
        return Chosen(replace(settings, near=None), Page.PLACE)
    place, far = place_and_distance(rest)
    return FindPlace(place, far)


def _radius(rest: str, settings: ChatSettings) -> Meant:
    if there := distance_from(rest):
        return FindPlace(*there)
    if settings.near is None:
        return Wrong(Problem.RADIUS_FIRST)
    far = distance(rest)
    if far is None:
        return Wrong(Problem.RADIUS)
    near = Near(settings.near.place, far.kilometres)
    return Chosen(replace(settings, near=near), Page.PLACE, far.miles)


def _quiet(rest: str, settings: ChatSettings) -> Meant:
    if not rest:
        return Show(Page.QUIET)
    if rest in NOTHING:
        return Chosen(replace(settings, quiet_from=None, quiet_to=None), Page.QUIET)
    both = hours(rest)
    if both is None or both[0] == both[1]:
        return Wrong(Problem.QUIET)
    return Chosen(replace(settings, quiet_from=both[0], quiet_to=both[1]), Page.QUIET)


def _switch(name: str, rest: str, settings: ChatSettings) -> Meant:
    on = {"on": True, "yes": True, "off": False, "no": False}.get(rest)
    if on is None:
        return Wrong(Problem.SWITCH, name)
    page = Page.QUIET if name == "urgent" else Page.ALL
    return Chosen(replace(settings, **{SWITCHES[name]: on}), page)


def _audience(rest: str, settings: ChatSettings) -> Meant:
    if rest not in AUDIENCES:
        return Wrong(Problem.AUDIENCE)
    return Chosen(replace(settings, audience=Audience(AUDIENCES[rest])), Page.ALL)


def spot(text: str) -> tuple[float, float] | None:
    """A position as the platform has it, ``48.8566 2.3522``: latitude and longitude in degrees."""
    found = _SPOT.fullmatch(text.strip())
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


_SPOT = re.compile(r"(-?\d{1,3}(?:\.\d{1,20})?) (-?\d{1,3}(?:\.\d{1,20})?)")


def placed(settings: ChatSettings, place: Place, far: Distance | None = None) -> Chosen:
    """The chat is there: near keeps its radius unless one is said; the clock is the one there."""
    before = settings.near.kilometres if settings.near else DEFAULT_KILOMETRES
    kilometres = far.kilometres if far else before
    zone = place.time_zone or settings.time_zone
    there = replace(settings, near=Near(place, kilometres), time_zone=zone)
    return Chosen(there, Page.PLACE, far.miles if far else None)
