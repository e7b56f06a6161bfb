"""When chats are told, on clocks that skip and repeat hours, days and years."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.change import Change, Kind
from bot.domain.settings.chat import ChatSettings, Rhythm
from bot.domain.timing import is_quiet, is_urgent, next_digest, tell_at
from tests.studies import happened

NEW_YORK = "America/New_York"
DAILY = {"rhythm": Rhythm.DAILY}
WEEKLY = {"rhythm": Rhythm.WEEKLY}
NIGHT = {"quiet_from": 22, "quiet_to": 7}


def moment(text: str) -> datetime:
    """A moment in UTC, such as ``2026-03-08 12:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "settings", "owed", "told"),
    [
        ("UTC", {}, "2026-03-02 15:00", "2026-03-02 15:00"),
        ("UTC", DAILY, "2026-03-02 07:59", "2026-03-02 08:00"),
        ("UTC", DAILY, "2026-03-02 08:00", "2026-03-03 08:00"),
        # The clocks of New York go from 02:00 to 03:00 on 8 March 2026, and back on 1 November.
        (NEW_YORK, DAILY, "2026-03-07 20:00", "2026-03-08 12:00"),
        (NEW_YORK, DAILY, "2026-03-06 20:00", "2026-03-07 13:00"),
        (NEW_YORK, {**DAILY, "hour": 2}, "2026-03-08 05:00", "2026-03-08 07:00"),
        (NEW_YORK, {**DAILY, "hour": 1}, "2026-11-01 04:00", "2026-11-01 05:00"),
        (NEW_YORK, {**DAILY, "hour": 1}, "2026-11-01 05:30", "2026-11-02 06:00"),
        (NEW_YORK, DAILY, "2026-10-31 20:00", "2026-11-01 13:00"),
        # A leap day is a day like others.
        ("UTC", DAILY, "2028-02-28 09:00", "2028-02-29 08:00"),
        ("UTC", DAILY, "2028-02-29 09:00", "2028-03-01 08:00"),
        ("UTC", {**WEEKLY, "weekday": 1}, "2028-02-23 09:00", "2028-02-29 08:00"),
        # Samoa had no 30 December 2011: it went over the date line.
        ("Pacific/Apia", DAILY, "2011-12-29 19:00", "2011-12-30 18:00"),
        # Moscow gave up summer time for good in 2011, and went back for good in 2014.
        ("Europe/Moscow", DAILY, "2011-03-26 06:00", "2011-03-27 04:00"),
        ("Europe/Moscow", DAILY, "2014-10-25 06:00", "2014-10-26 05:00"),
        ("UTC", NIGHT, "2026-03-02 21:59", "2026-03-02 21:59"),
        ("UTC", NIGHT, "2026-03-02 22:00", "2026-03-03 07:00"),
        ("UTC", NIGHT, "2026-03-03 06:59", "2026-03-03 07:00"),
        ("UTC", {"quiet_from": 12, "quiet_to": 14}, "2026-03-03 13:00", "2026-03-03 14:00"),
        ("UTC", {**DAILY, **NIGHT, "hour": 6}, "2026-03-02 15:00", "2026-03-03 07:00"),
        (NEW_YORK, {"quiet_from": 0, "quiet_to": 2}, "2026-03-08 06:30", "2026-03-08 07:00"),
        (NEW_YORK, {"quiet_from": 0, "quiet_to": 2}, "2026-11-01 06:30", "2026-11-01 07:00"),
        # Havana shows midnight to one twice.
        ("America/Havana", {"quiet_from": 22, "quiet_to": 0}, "2026-11-01 03:30",
         "2026-11-01 04:00"),
        ("UTC", {**WEEKLY, "weekday": 0}, "2026-03-02 08:00", "2026-03-09 08:00"),
        ("UTC", {**WEEKLY, "weekday": 6, "hour": 20}, "2026-03-02 08:00", "2026-03-08 20:00"),
    ],
)  # fmt: skip
def test_what_is_owed_is_told_at_the_hour_that_was_chosen(
    zone: str, settings: dict[str, object], owed: str, told: str
) -> None:
    """The chat's own clock counts, whatever that clock does."""
    at = moment(owed)
    due = tell_at(
        ChatSettings(**settings),  # type: ignore[arg-type]  # the table holds them as one mapping
        ZoneInfo(zone),
        owed_at=at,
        now=at,
        urgent=False,
    )
    assert due == moment(told)


def test_digest_that_was_missed_is_told_now() -> None:
    """After an outage the digest of yesterday does not wait for tomorrow's hour."""
    settings = ChatSettings(rhythm=Rhythm.DAILY)
    owed, now = moment("2026-03-02 15:00"), moment("2026-03-03 11:00")
    assert tell_at(settings, UTC, owed_at=owed, now=now, urgent=False) == now


def test_urgent_news_comes_at_night_only_to_those_who_want_it() -> None:
    """Stopped or suspended breaks into quiet hours and digests where the chat said so."""
    now = moment("2026-03-02 23:00")
    for wanted, told in ((True, now), (False, moment("2026-03-03 08:00"))):
        settings = ChatSettings(
            rhythm=Rhythm.DAILY, quiet_from=22, quiet_to=7, urgent_in_quiet=wanted
        )
        assert tell_at(settings, UTC, owed_at=now, now=now, urgent=True) == told


@pytest.mark.parametrize(
    ("new", "urgent"),
    [("TERMINATED", True), ("SUSPENDED", True), ("WITHDRAWN", True), ("COMPLETED", False)],
)
def test_only_a_trial_that_stops_is_urgent(new: str, urgent: bool) -> None:
    """A planned end can wait for the morning."""
    change = Change(
        kind=Kind.STATUS, path="protocolSection.statusModule.overallStatus", old="X", new=new
    )
    assert is_urgent(happened(1, change)) is urgent


ZONES = st.sampled_from(
    ["UTC", NEW_YORK, "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe",
     "America/Havana", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Kiritimati"]
)  # fmt: skip
HOURS = st.integers(0, 23)
SECONDS = st.integers(1_104_537_600, 2_051_222_400)  # 2005 to 2035
MOMENTS = SECONDS.map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(zone=ZONES, start=HOURS, end=HOURS, owed=MOMENTS)
def test_nothing_is_told_in_quiet_hours_and_all_within_two_days(
    zone: str, start: int, end: int, owed: datetime
) -> None:
    """Quiet hours put off, never lose: what is owed is told, not before and outside of them."""
    settings = ChatSettings(quiet_from=start, quiet_to=end)
    clock = ZoneInfo(zone)
    told = tell_at(settings, clock, owed_at=owed, now=owed, urgent=False)
    assert owed <= told <= owed + timedelta(days=2)
    assert not is_quiet(settings, clock, told)


@given(zone=ZONES, hour=HOURS, after=MOMENTS)
def test_digests_follow_one_another_a_day_apart(zone: str, hour: int, after: datetime) -> None:
    """Going from digest to digest no day gets two, and none waits much over a day."""
    settings, clock = ChatSettings(rhythm=Rhythm.DAILY, hour=hour), ZoneInfo(zone)
    first = next_digest(settings, clock, after)
    second = next_digest(settings, clock, first)
    assert after < first <= after + timedelta(hours=26)
    assert timedelta(hours=22) <= second - first <= timedelta(hours=26)
    assert first.astimezone(clock).date() < second.astimezone(clock).date()
