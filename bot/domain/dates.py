"""Dates as registries give them: a year, a month or a day, and nothing finer than was said."""

from __future__ import annotations

import re
from datetime import date

import msgspec

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


class PartialDate(msgspec.Struct, frozen=True, order=True):
    """A calendar date of known precision; ``month`` and ``day`` are None where not stated."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``yyyy``, ``yyyy-MM`` or ``yyyy-MM-dd``; raises ValueError on anything else."""
        shape = _SHAPE.match(text.strip())
        if shape is None:
            raise ValueError(f"not a date of the form yyyy, yyyy-MM or yyyy-MM-dd: {text!r}")
        year = int(shape[1])
        month, day = (int(part) if part else None for part in shape.groups()[1:])
        date(year, month or 1, day or 1)  # refuses month 13 and day 31 of June
        return cls(year, month, day)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The same day, at day precision."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        return "-".join(
            f"{part:0{width}d}"
            for part, width in ((self.year, 4), (self.month, 2), (self.day, 2))
            if part is not None
        )

    def agrees_with(self, other: PartialDate) -> bool:
        """Whether both can name the same day: ``2026-03`` agrees with ``2026-03-15``."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)

    def earliest(self) -> date:
        """The first day that this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)


class DatedFact(msgspec.Struct, frozen=True):
    """A date and whether it has happened: ``type`` is ``ACTUAL``, ``ESTIMATED`` or not stated."""

    date: PartialDate
    type: str | None = None
