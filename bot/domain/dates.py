"""Dates as registries give them: a year, a month or a day, and nothing finer than was said."""

from __future__ import annotations

import calendar
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

    def exact(self) -> date | None:
        """The day, where it is stated."""
        return self.earliest() if self.day else None

    def earliest(self) -> date:
        """The first day that this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)


class DatedFact(msgspec.Struct, frozen=True):
    """A date and whether it has happened: ``type`` is ``ACTUAL``, ``ESTIMATED`` or not stated."""

    date: PartialDate
    type: str | None = None


class Moved(msgspec.Struct, frozen=True):
    """By how much a date moved: whole calendar months, and the days left over.

    ``days`` is None where one of the two dates has no day. Both are counted without a sign.
    """

    later: bool
    months: int
    days: int | None = None

    @property
    def rounded(self) -> tuple[int, str]:
        """A number and its unit (``day``, ``month`` or ``year``) as people say it.

        Days where it is less than a month, whole years where it is two years or more and no month
        is left over, and else months, half of one rounded up.
        """
        if self.months == 0 and self.days:
            return self.days, "day"
        months = self.months + ((self.days or 0) >= _HALF_A_MONTH)
        if months >= _TWO_YEARS and months % 12 == 0:
            return months // 12, "year"
        return months, "month"


_HALF_A_MONTH = 15
_TWO_YEARS = 24


def moved_by(old: PartialDate, new: PartialDate) -> Moved | None:
    """How far a date moved; None where it did not, or where both can mean the same day.

    Of two dates the coarser one sets what is counted: 2026-03 and 2026-07-15 are four months apart,
    2026 and 2027-02 are a year.
    """
    if old.agrees_with(new):
        return None
    first, last = sorted((old, new), key=PartialDate.earliest)
    later = last is new
    if old.month is None or new.month is None:
        return Moved(later, 12 * (last.year - first.year))
    months = 12 * (last.year - first.year) + (last.month or 1) - (first.month or 1)
    if first.day is None or last.day is None:
        return Moved(later, months)
    if last.day < first.day:
        months -= 1
    days = (last.earliest() - _after(first, months)).days
    return Moved(later, months, days)


def _after(start: PartialDate, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short for it."""
    years, month = divmod((start.month or 1) - 1 + months, 12)
    year, month = start.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(start.day or 1, last))
