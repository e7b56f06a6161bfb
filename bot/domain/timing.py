"""When a chat may be told: at once or by digest, and never in its quiet hours unless it said so.

All moments go in and come out in UTC; hours are those on the chat's own clock, whose zone is passed
in. An hour that the clock skips (in spring) counts as the moment of the skip, and of an hour that
it shows twice (in autumn) the first one counts, so that a digest comes once on every day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot.domain.catalogue import OVERALL_STATUS
from bot.domain.notice import Occurrence
from bot.domain.settings.chat import ChatSettings, Rhythm

URGENT = frozenset({"SUSPENDED", "TERMINATED", "WITHDRAWN"})
"""The statuses that somebody may want to hear of in the night: stopped or suspended."""


def is_urgent(occurrence: Occurrence) -> bool:
    """Whether the trial was stopped or suspended by this."""
    return any(
        change.path == OVERALL_STATUS and change.new in URGENT for change in occurrence.changes
    )


def tell_at(
    settings: ChatSettings, zone: tzinfo, *, owed_at: datetime, now: datetime, urgent: bool
) -> datetime:
    """The first moment from ``now`` on at which what is owed since ``owed_at`` may be told."""
    if urgent and settings.urgent_in_quiet:
        return now
    due = owed_at if settings.rhythm is Rhythm.AT_ONCE else next_digest(settings, zone, owed_at)
    return _after_quiet(settings, zone, max(due, now))


def next_digest(settings: ChatSettings, zone: tzinfo, after: datetime) -> datetime:
    """The first moment of a digest that is later than ``after``."""
    weekly = settings.rhythm is Rhythm.WEEKLY
    return next(
        moment
        for day in _days_from(after.astimezone(zone).date())
        if (not weekly or day.weekday() == settings.weekday)
        and (moment := _on_the_clock(day, settings.hour, zone)) > after
    )


def is_quiet(settings: ChatSettings, zone: tzinfo, moment: datetime) -> bool:
    """Whether this is within the quiet hours; they may go past midnight."""
    start, end = settings.quiet_from, settings.quiet_to
    if start is None or end is None or start == end:
        return False
    hour = moment.astimezone(zone).hour
    return start <= hour < end if start < end else hour >= start or hour < end


def _after_quiet(settings: ChatSettings, zone: tzinfo, moment: datetime) -> datetime:
    if settings.quiet_to is None or not is_quiet(settings, zone, moment):
        return moment
    return next(
        end
        for day in _days_from(moment.astimezone(zone).date())
        if (end := _on_the_clock(day, settings.quiet_to, zone)) > moment
    )


def _days_from(first: date) -> Iterator[date]:
    """This day and those after it; the one before goes first, as zones may turn days back."""
    day = first - timedelta(days=1)
    while True:
        yield day
        day += timedelta(days=1)


def _on_the_clock(day: date, hour: int, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC)
