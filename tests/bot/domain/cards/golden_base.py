"""What the trials that were made up for the golden cards have in common."""

from __future__ import annotations

from datetime import date

from bot.domain.dates import DatedFact, PartialDate
from bot.domain.study import (
    CTGOV,
    Sponsor,
    Study,
    StudyKey,
)

DATA_DAY = date(2026, 3, 2)
TODAY = date(2026, 3, 3)


def key_of(number: int) -> StudyKey:
    """A number that the registry has not given."""
    return StudyKey(CTGOV, f"NCT900002{number:02}")


def day_of(text: str, type_: str = "ACTUAL") -> DatedFact:
    """A date that has passed, unless it is said to be ESTIMATED."""
    return DatedFact(PartialDate.parse(text), type_)


BASE = Study(
    key=key_of(0),
    study_type="INTERVENTIONAL",
    primary_purpose="TREATMENT",
    overall_status="RECRUITING",
    status_verified=PartialDate(2026, 2),
    first_posted=day_of("2025-01-15"),
    last_update_posted=day_of("2026-02-20"),
    start=day_of("2025-03-01"),
    primary_completion=day_of("2027-06", "ESTIMATED"),
    completion=day_of("2028-06", "ESTIMATED"),
    lead_sponsor=Sponsor("University of the Two Rivers", "OTHER"),
)
