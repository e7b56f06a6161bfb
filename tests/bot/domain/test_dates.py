"""How far a date moved, as far as the two dates say it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import Moved, PartialDate, moved_by

days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("old", "new", "expected", "rounded"),
    [
        ("2026-03-15", "2026-07-15", Moved(later=True, months=4, days=0), (4, "month")),
        ("2026-03-15", "2026-07-10", Moved(later=True, months=3, days=25), (4, "month")),
        ("2026-07-15", "2026-03-15", Moved(later=False, months=4, days=0), (4, "month")),
        ("2026-03-01", "2026-03-08", Moved(later=True, months=0, days=7), (7, "day")),
        ("2026-01-31", "2026-03-01", Moved(later=True, months=1, days=1), (1, "month")),
        ("2026-03", "2026-07", Moved(later=True, months=4), (4, "month")),
        ("2026-03", "2026-07-15", Moved(later=True, months=4), (4, "month")),
        ("2026", "2027-02", Moved(later=True, months=12), (12, "month")),
        ("2026-01", "2028-01", Moved(later=True, months=24), (2, "year")),
        ("2026-01", "2028-02", Moved(later=True, months=25), (25, "month")),
        ("2027-12-01", "2027-11-30", Moved(later=False, months=0, days=1), (1, "day")),
    ],
)
def test_a_date_moved(old: str, new: str, expected: Moved, rounded: tuple[int, str]) -> None:
    """The coarser date sets what is counted; people hear a round number."""
    moved = moved_by(PartialDate.parse(old), PartialDate.parse(new))
    assert moved == expected
    assert moved.rounded == rounded


@pytest.mark.parametrize(
    ("old", "new"), [("2026-03", "2026-03-15"), ("2026", "2026-12"), ("2026-03-01", "2026-03-01")]
)
def test_a_finer_date_did_not_move(old: str, new: str) -> None:
    """What can mean the same day is no move."""
    assert moved_by(PartialDate.parse(old), PartialDate.parse(new)) is None


@given(days, days)
def test_there_and_back_is_as_far(one: date, other: date) -> None:
    """A move and its reverse differ in the direction alone, and are never negative."""
    there = moved_by(PartialDate.of(one), PartialDate.of(other))
    back = moved_by(PartialDate.of(other), PartialDate.of(one))
    if there is None or back is None:
        assert one == other
        return
    assert (there.months, there.days, there.later) == (back.months, back.days, not back.later)
    assert there.days is not None
    assert there.months >= 0
    assert 0 <= there.days <= 31
    assert there.months + there.days > 0
    assert there.later == (other > one)
