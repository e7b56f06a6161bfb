"""Distances as people type them. Trialbell reckons in kilometres; miles are told beside them."""

from __future__ import annotations

import re

import msgspec

from bot.domain.question import FARTHEST

KILOMETRES_A_MILE = 1.609344

NUMBER = r"(?:\d{1,2},\d{3}|\d{1,5}(?:[.,]\d{1,2})?)"
"""``20``, ``12.5``, ``12,5`` or ``1,000``: three digits behind a comma are thousands."""

KILOMETRE = r"(?:km|kms|kilomet(?:er|re)s?)"
MILE = r"(?:mi|miles?)"

_DISTANCE = re.compile(rf"({NUMBER})\s*(?:{KILOMETRE}|({MILE}))?", re.IGNORECASE)


class Distance(msgspec.Struct, frozen=True):
    """How far, in whole kilometres from 1; ``miles`` where it was typed in them."""

    kilometres: int
    miles: float | None = None


def distance(typed: str) -> Distance | None:
    """What ``30``, ``30km`` or ``20 miles`` says; None where it is no distance on Earth."""
    found = _DISTANCE.fullmatch(typed.strip())
    number = number_in(found[1]) if found else 0
    if found is None or number <= 0:
        return None
    miles = number if found[2] else None
    kilometres = max(1, round(number if miles is None else miles_in_kilometres(number)))
    return Distance(kilometres, miles) if kilometres <= FARTHEST else None


def number_in(typed: str) -> float:
    """What a ``NUMBER`` says."""
    head, comma, tail = typed.partition(",")
    return float(f"{head}{tail}" if len(tail) == len("000") else f"{head}{comma and '.'}{tail}")


def miles_in_kilometres(miles: float) -> float:
    """The same in kilometres."""
    return miles * KILOMETRES_A_MILE


def in_miles(miles: float | None, kilometres: int) -> str | None:
    """Miles as they were typed (``20``, ``12.5``) where they are these kilometres; else None."""
    if miles is None or max(1, round(miles_in_kilometres(miles))) != kilometres:
        return None
    return f"{miles:.7g}"
