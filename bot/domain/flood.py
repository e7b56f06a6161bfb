"""Whether a condition is so wide that telling of each change at once would flood a chat."""

from __future__ import annotations

UPDATES_A_YEAR = 2.1
"""Posted updates of one trial, as measured over 6,010 daily snapshots of the registry."""

DATA_DAYS_A_YEAR = 250
"""Monday to Friday without the public holidays of the United States."""

MOST_A_DAY = 10
"""Changes on a data day: with more, a chat that is told at once is told once a day instead."""


def changes_a_day(trials: int) -> int:
    """About how many of so many trials change on a data day."""
    return round(trials * UPDATES_A_YEAR / DATA_DAYS_A_YEAR)


def would_flood(trials: int) -> bool:
    """Whether so many trials change more often than a person can follow (more than 1,250)."""
    return changes_a_day(trials) > MOST_A_DAY
