"""From what somebody typed or pressed behind /settings to what the chat chooses."""

from __future__ import annotations

import enum
import re

import msgspec
from msgspec.structs import replace

from bot.domain.chat_settings import Audience, ChatSettings, Rhythm
from bot.domain.place import Near, Place
from bot.domain.question import DEFAULT_KILOMETRES, FARTHEST

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

RHYTHMS = {
    "at once": Rhythm.AT_ONCE,
    "at_once": Rhythm.AT_ONCE,
    "now": Rhythm.AT_ONCE,
    "daily": Rhythm.DAILY,
    "weekly": Rhythm.WEEKLY,
}

SWITCHES = {
    "urgent": "urgent_in_quiet",
    "watching": "still_watching",
    "discreet": "discreet",
}
"""What is on or off, as it is typed, and the name of its setting."""

NOTHING = frozenset({"off", "none", "no", "forget"})

AREAS = frozenset(
    {
        *("africa", "america", "antarctica", "arctic", "asia", "atlantic", "australia"),
        *("etc", "europe", "indian", "pacific", "us"),
    }
)
"""How the IANA names of time zones begin: alone it is none, though a city may be called so."""

_HOUR = re.compile(r"(\d{1,2})(?::?00)?")


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
    AUDIENCE = "audience"


class Show(msgspec.Struct, frozen=True):
    """Nothing is to be changed."""

    page: Page


class Chosen(msgspec.Struct, frozen=True):
    """These are the settings now, and the page that shows them."""

    settings: ChatSettings
    page: Page


class Wrong(msgspec.Struct, frozen=True):
    """It cannot be chosen; ``name`` is the setting as typed."""

    problem: Problem
    name: str = ""


class FindPlace(msgspec.Struct, frozen=True):
    """A place that has to be looked up."""

    text: str


class FindZone(msgspec.Struct, frozen=True):
    """A time zone, or a city whose time zone is meant, that has to be looked up."""

    text: str


Meant = Show | Chosen | Wrong | FindPlace | FindZone


def meant(text: str, settings: ChatSettings) -> Meant:
    """What stands behind ``/settings``; nothing shows all of it."""
    name, _, rest = " ".join(text.split()).partition(" ")
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
            return _when(name, rest.lower(), settings)


def _when(name: str, rest: str, settings: ChatSettings) -> Meant:
    if name == "when":
        return Show(Page.WHEN)
    if name == "tell":
        rhythm = RHYTHMS.get(rest)
        if rhythm is None:
            return Wrong(Problem.RHYTHM)
        return Chosen(replace(settings, rhythm=rhythm), Page.WHEN)
    if name == "hour":
        hour = _hour(rest)
        if hour is None:
            return Wrong(Problem.HOUR)
        return Chosen(replace(settings, hour=hour), Page.WHEN)
    if name == "weekday":
        found = [day for day, word in enumerate(WEEKDAYS) if rest and word.startswith(rest)]
        if len(found) != 1:
            return Wrong(Problem.WEEKDAY)
        return Chosen(replace(settings, weekday=found[0]), Page.WHEN)
    return Wrong(Problem.UNKNOWN)


def _place(rest: str, settings: ChatSettings) -> Meant:
    if not rest:
        return Show(Page.PLACE)
    if rest.lower() in NOTHING:
        return Chosen(replace(settings, near=None), Page.PLACE)
    return FindPlace(rest)


def _radius(rest: str, settings: ChatSettings) -> Meant:
    if settings.near is None:
        return Wrong(Problem.RADIUS_FIRST)
    digits = rest.lower().removesuffix("km").strip()
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < _LONGEST else 0
    if not 1 <= number <= FARTHEST:
        return Wrong(Problem.RADIUS)
    return Chosen(replace(settings, near=Near(settings.near.place, number)), Page.PLACE)


_LONGEST = 7
"""Digits of the farthest that can be typed, and some more."""


def _quiet(rest: str, settings: ChatSettings) -> Meant:
    if not rest:
        return Show(Page.QUIET)
    if rest in NOTHING:
        return Chosen(replace(settings, quiet_from=None, quiet_to=None), Page.QUIET)
    hours = [_hour(word) for word in re.split(r"\s*(?:-|–|\bto\b|\s)\s*", rest)]
    if len(hours) != len(("from", "to")) or None in hours or hours[0] == hours[1]:
        return Wrong(Problem.QUIET)
    return Chosen(replace(settings, quiet_from=hours[0], quiet_to=hours[1]), Page.QUIET)


def _switch(name: str, rest: str, settings: ChatSettings) -> Meant:
    on = {"on": True, "yes": True, "off": False, "no": False}.get(rest)
    if on is None:
        return Wrong(Problem.SWITCH, name)
    page = Page.QUIET if name == "urgent" else Page.ALL
    return Chosen(replace(settings, **{SWITCHES[name]: on}), page)


def _audience(rest: str, settings: ChatSettings) -> Meant:
    word = rest.removesuffix("s")
    if word not in list(Audience):
        return Wrong(Problem.AUDIENCE)
    return Chosen(replace(settings, audience=Audience(word)), Page.ALL)


def _hour(text: str) -> int | None:
    """``8``, ``08`` or ``8:00``; only whole hours."""
    found = _HOUR.fullmatch(text)
    hour = int(found[1]) if found else _HOURS
    return hour if hour < _HOURS else None


_HOURS = 24


def spot(text: str) -> tuple[float, float] | None:
    """A position as the platform has it, ``48.8566 2.3522``: latitude and longitude in degrees."""
    found = _SPOT.fullmatch(text.strip())
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


_SPOT = re.compile(r"(-?\d{1,3}(?:\.\d{1,20})?) (-?\d{1,3}(?:\.\d{1,20})?)")


def placed(settings: ChatSettings, place: Place) -> Chosen:
    """The chat is there: near keeps its radius, and the clock is the one there."""
    kilometres = settings.near.kilometres if settings.near else DEFAULT_KILOMETRES
    zone = place.time_zone or settings.time_zone
    return Chosen(replace(settings, near=Near(place, kilometres), time_zone=zone), Page.PLACE)
