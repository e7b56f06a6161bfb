"""The bundled records of the demonstration, in the registry's JSON format.

Two are extracts, in our own words, of trials that exist (NCT00902044 and NCT04995003); nothing that
is not known of them is stated, and nothing ever happens to them here. All others are invented, say
so, and carry numbers from NCT90000000 on, which the registry will not reach.

Their dates are written as distances from the day on which the record is first served, so that the
demonstration looks current whenever it is started: ``@-36d`` is a day, ``@+16m`` a month.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

Registered = dict[str, Any]
"""A study as the registry's API gives it."""

_DISTANCE = re.compile(r"@([+-]\d+)([dm])\Z")


def baseline(day: date) -> list[Registered]:
    """Every record that is there from the beginning, dated as seen on ``day``, by number."""
    names = sorted(entry.name for entry in _folder("records").iterdir())
    return [_read(_folder("records") / name, day) for name in names]


def arrival(number: str, day: date) -> Registered:
    """A record that is first posted on ``day``."""
    return _read(_folder("arrivals") / f"{number}.json", day)


def results(number: str) -> Registered:
    """The results section that this trial posts later."""
    return _read(_folder("results") / f"{number}.json", date.min)


def number_of(record: Registered) -> str:
    """The record's NCT number."""
    return str(record["protocolSection"]["identificationModule"]["nctId"])


def month_from(day: date, months: int) -> str:
    """The month that lies so many months from ``day``, as ``yyyy-MM``."""
    count = day.year * 12 + day.month - 1 + months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def _folder(name: str) -> Traversable:
    return files("trialbell.demo") / name


def _read(file: Traversable, day: date) -> Registered:
    record: Registered = _dated(json.loads(file.read_text(encoding="utf-8")), day)
    return record


def _dated(value: Any, day: date) -> Any:
    """The same value with every distance in it replaced by its date."""
    if isinstance(value, dict):
        return {name: _dated(member, day) for name, member in value.items()}
    if isinstance(value, list):
        return [_dated(member, day) for member in value]
    if isinstance(value, str) and (distance := _DISTANCE.match(value)):
        count = int(distance[1])
        if distance[2] == "m":
            return month_from(day, count)
        return (day + timedelta(days=count)).isoformat()
    return value
