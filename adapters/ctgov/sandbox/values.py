"""Comparing words, dates, ages and places as the registry's search does."""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from typing import Any

from adapters.ctgov.sandbox.pieces import Kind

_NOT_A_WORD = re.compile(r"[\W_]+")
_PLURAL_IES = re.compile(r"(?<=\w\w)ies\b")
_PLURAL_S = re.compile(r"(?<=\w\w[^\Wsui])s\b")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?", re.ASCII)
_US_DATE = re.compile(r"(\d{1,2})/(?:(\d{1,2})/)?(\d{4})", re.ASCII)
_AGE = re.compile(
    r"(\d+(?:\.\d+)?)\s*(year|month|week|day|hour|minute)s?", re.IGNORECASE | re.ASCII
)
_DAYS = {"year": 365.25, "month": 30.4375, "week": 7, "day": 1, "hour": 1 / 24, "minute": 1 / 1440}
EARTH_KM = 6371.0088
"""The mean radius of the Earth."""

Span = tuple[Any, Any]
"""The first and the last ordered value that a written one stands for: a year is 366 days wide."""


def fold(text: str) -> str:
    """Words without case, accents, punctuation or plural, with a space at each end."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = _NOT_A_WORD.sub(" ", text.casefold())
    return f" {_PLURAL_S.sub('', _PLURAL_IES.sub('y', words)).strip()} "


def exactly(text: str) -> str:
    """The text with single spaces and a space at each end: what ``EXPANSION[None]`` compares."""
    return f" {' '.join(text.split())} "


def squeeze(value: object) -> str:
    """An enumeration's value, number or yes/no without what people spell differently."""
    if isinstance(value, bool):
        return "YES" if value else "NO"
    text = _NOT_A_WORD.sub("", str(value).upper())
    return {"TRUE": "YES", "FALSE": "NO"}.get(text, text)


def span(kind: Kind, written: str) -> Span | None:
    """What a written value of an ordered kind stands for; None where it is not of the kind."""
    if kind == "date":
        return _days(written)
    if kind == "age":
        match = _AGE.fullmatch(written.strip())
        if match is None:
            return None
        days = float(match[1]) * _DAYS[match[2].lower()]
        return days, days
    try:
        number = float(written)
    except ValueError:
        return None
    return (number, number) if math.isfinite(number) else None


def order(kind: Kind, value: object) -> Any | None:
    """Where a record's value stands among its kind; a partial date stands on its first day."""
    both = span(kind, str(value))
    return None if both is None else both[0]


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance (haversine formula)."""
    up, across = math.radians(other_lat - lat), math.radians(other_lon - lon)
    narrowing = math.cos(math.radians(lat)) * math.cos(math.radians(other_lat))
    half = math.sin(up / 2) ** 2 + narrowing * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _days(written: str) -> tuple[str, str] | None:
    if match := _ISO_DATE.fullmatch(written.strip()):
        year, month, day = match.groups()
    elif match := _US_DATE.fullmatch(written.strip()):
        month, day, year = match.groups()
    else:
        return None
    low_month, high_month = int(month or 1), int(month or 12)
    if low_month < 1 or high_month > 12 or int(year) < 1:
        return None
    last = calendar.monthrange(int(year), high_month)[1]
    low_day, high_day = int(day or 1), int(day or last)
    if low_day < 1 or high_day > last:
        return None
    return f"{year}-{low_month:02}-{low_day:02}", f"{year}-{high_month:02}-{high_day:02}"
