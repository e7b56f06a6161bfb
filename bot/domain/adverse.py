"""Adverse events as results state them: how many of how many people in each group had one.

They are shown to whoever asks and are neither stored nor compared: results are most of a record's
size, and their counts are corrected often.
"""

from __future__ import annotations

import msgspec


class EventGroup(msgspec.Struct, frozen=True, kw_only=True):
    """One group of the table of adverse events; the numbers are people, None where not stated."""

    title: str | None = None
    serious_affected: int | None = None
    serious_at_risk: int | None = None
    other_affected: int | None = None
    """With an event that is not serious and is as frequent as the sponsor's threshold asks."""
    other_at_risk: int | None = None
