"""Settings as people say them: ``daily at 9``, ``weekly friday 17``, ``within 20 miles``.

Each is turned into the settings that it names; what they mean, ``bot.domain.settings.setting``
decides.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

import msgspec

from bot.domain.asking.distance import KILOMETRE, MILE, NUMBER, Distance, distance
from bot.domain.settings.chat import Rhythm

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

RHYTHMS = {
    "at once": Rhythm.AT_ONCE,
    "at_once": Rhythm.AT_ONCE,
    "now": Rhythm.AT_ONCE,
    "immediately": Rhythm.AT_ONCE,
    "instantly": Rhythm.AT_ONCE,
    "daily": Rhythm.DAILY,
    "every day": Rhythm.DAILY,
    "once a day": Rhythm.DAILY,
    "weekly": Rhythm.WEEKLY,
    "every week": Rhythm.WEEKLY,
    "once a week": Rhythm.WEEKLY,
}

SPELLINGS = {
    "timezone": "zone",
    "time zone": "zone",
    "tz": "zone",
    "clock": "zone",
    "where": "place",
    "city": "place",
    "location": "place",
    "near": "place",
    "distance": "radius",
    "within": "radius",
    "quiet hours": "quiet",
    "no quiet hours": "quiet off",
    "weekly line": "watching",
    "discreet messages": "discreet",
    "discreet mode": "discreet",
    "tell me": "tell",
    "discrete": "discreet",
    "at": "hour",
    "day": "weekday",
    "for": "audience",
    "i am a": "audience",
}
"""What settings are called too; the longest that fits counts."""

AUDIENCES = {
    "patient": "patient",
    "patients": "patient",
    "relative": "patient",
    "professional": "professional",
    "professionals": "professional",
    "work": "professional",
}

_HOURS = 24
_HALF = 12
_HOUR = re.compile(
    r"(\d{1,2})(?:[:.]?00|h)?(?:\s*o['\u2018\u2019]?clock)?(?:\s*(am|pm|a\.m\.|p\.m\.))?"
)
_NAMED_HOURS = {"noon": 12, "midnight": 0}
_SPAN = re.compile(r"\s*(?:[-\u2010-\u2014\u2212]+|\bto\b|\buntil\b|\band\b)\s*")
_IDLE = re.compile(r"\b(?:on|at|from|between|every)\b")
_BEHIND = re.compile(
    rf"(?P<place>.*?\S)[\s,]+(?:within\s+|radius\s+)?(?P<far>{NUMBER}\s*(?:{KILOMETRE}|{MILE}))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?P<far>{NUMBER}(?:\s*(?:{KILOMETRE}|{MILE}))?)\s+(?:of|from|around|near)\s+(?P<place>\S.*)",
    re.IGNORECASE,
)

_ALIKE = 0.75
"""How like the name of a setting a misspelt one must be, of 1."""


class When(msgspec.Struct, frozen=True):
    """How often, and when, as far as it was said; ``wrong`` is what was said and cannot be."""

    rhythm: Rhythm
    weekday: int | None = None
    hour: int | None = None
    wrong: str = ""


def spelt(text: str) -> str:
    """The text with the name of its setting as it is listed."""
    low = text.lower()
    names = [one for one in SPELLINGS if low == one or low.startswith(f"{one} ")]
    name = max(names, key=len, default="")
    if len(name) <= len(_rhythm(low) or ""):  # "at once" is no hour
        return text
    return f"{SPELLINGS[name]}{text[len(name) :]}"


def when(text: str) -> When | None:
    """What ``daily``, ``weekly on friday at 17`` or ``fridays 9am`` says; None for all else."""
    low = " ".join(text.lower().replace(",", " ").split())
    name = _rhythm(low)
    rest = low[len(name) :] if name else low
    words = _IDLE.sub(" ", rest).split()
    days = [day for word in words if (day := weekday(word)) is not None]
    left = " ".join(word for word in words if weekday(word) is None)
    at = hour(left) if left else None
    if name is None and (not days or (left and at is None)):
        return None
    rhythm = RHYTHMS[name] if name else Rhythm.WEEKLY
    fits = len(days) <= (rhythm is Rhythm.WEEKLY) and not (left and at is None)
    if not fits or (rhythm is Rhythm.AT_ONCE and words):
        return When(rhythm, wrong=rest.strip())
    return When(rhythm, days[0] if days else None, at)


def _rhythm(low: str) -> str | None:
    return next((one for one in RHYTHMS if low == one or low.startswith(f"{one} ")), None)


def weekday(word: str) -> int | None:
    """A day of the week by its name or at least three letters of it; 0 is Monday."""
    bare = word.removesuffix(".").removesuffix("s")
    found = [day for day, name in enumerate(WEEKDAYS) if len(bare) > 2 and name.startswith(bare)]
    return found[0] if len(found) == 1 else None


def hour(text: str) -> int | None:
    """``8``, ``08:00``, ``8.00``, ``8h``, ``8 am``, ``8 o'clock`` or ``noon``; only whole hours."""
    if text in _NAMED_HOURS:
        return _NAMED_HOURS[text]
    found = _HOUR.fullmatch(text)
    number = int(found[1]) if found else _HOURS
    half = found[2][0] if found and found[2] else None
    if half is not None:
        if not 1 <= number <= _HALF:
            return None
        number = number % _HALF + (_HALF if half == "p" else 0)
    return number if number < _HOURS else None


def hours(text: str) -> tuple[int, int] | None:
    """``22-7``, ``22:00 to 7:00``, ``10pm-7am`` or ``22 7``; None where it is no two hours."""
    plain = text.removeprefix("from ").removeprefix("between ").strip()
    ends = [hour(one) for one in _SPAN.split(plain)]
    if len(ends) == 1:
        ends = [hour(one) for one in plain.split()]
    if len(ends) != len(("from", "to")) or ends[0] is None or ends[1] is None:
        return None
    return (ends[0], ends[1])


def distance_from(text: str) -> tuple[str, Distance] | None:
    """``20 miles of Paris`` apart: the place, and how near it; None for anything else."""
    found = _BEFORE.fullmatch(text)
    far = distance(found["far"]) if found else None
    return (found["place"], far) if found and far else None


def place_and_distance(text: str) -> tuple[str, Distance | None]:
    """``Paris within 50 km`` apart; all of it is a place where no distance stands at its end."""
    found = _BEHIND.fullmatch(text)
    far = distance(found["far"]) if found else None
    return (found["place"], far) if found and far else (text, None)


_SIGN = r"[+\-\u2013\u2212]"
_OFFSET = re.compile(
    rf"(?:(?:utc|gmt)\s*{_SIGN}?|{_SIGN})\s*\d{{1,2}}(?::?[0-5]\d)?(?:\s*h(?:ours?)?)?",
    re.IGNORECASE,
)


def is_offset(text: str) -> bool:
    """Whether this is how far a clock is from UTC (``UTC+2``, ``GMT-05:00``), which is no zone."""
    return _OFFSET.fullmatch(text.strip()) is not None


_RARER = frozenset({"monthly", "fortnightly", "biweekly", "bi-weekly"})
"""Rhythms that there are not."""


def meant_for(word: str, names: list[str]) -> str | None:
    """The setting that a misspelt one was meant for, or the nearest to one that is none."""
    if word in _RARER:
        return "weekly"
    known = [*names, *(one for one in RHYTHMS if " " not in one)]
    near = get_close_matches(word, known, n=1, cutoff=_ALIKE)
    return near[0] if near else None
