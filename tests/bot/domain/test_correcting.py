"""Which changes are news, which only went back, and which go to and fro."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from adapters.ctgov.parse import parse
from bot.domain import paths as at
from bot.domain.change import Change, Kind, Op
from bot.domain.correcting import (
    BACK_WITHIN,
    STILL,
    TOLD_TIMES,
    Verdict,
    corrected,
    data_days_between,
    judge,
)
from bot.domain.diff.sites import ALL_SITES
from bot.domain.diff.studies import diff
from bot.domain.filters import Miss
from bot.domain.notice import Event, Match
from bot.domain.telling import tell
from bot.domain.version import VersionSeen
from bot.domain.watch import Subscription
from tests.shared import SHARED, needs_shared, read_jsonl
from tests.studies import ALL, changed, key, study

MONDAY = date(2026, 3, 2)
COUNT = at.ENROLLMENT_COUNT


def day(number: int) -> date:
    """So many days after a Monday."""
    return MONDAY + timedelta(days=number)


def change(old: str | None, new: str | None, path: str = COUNT) -> Change:
    """A change of a number or a status."""
    kind = Kind.STATUS if path == at.OVERALL_STATUS else Kind.ENROLLMENT
    return Change(kind=kind, path=path, old=old, new=new)


def seen(number: int, *changes: Change) -> VersionSeen:
    """A version that was first seen so many days after the Monday."""
    return VersionSeen(ordinal=number + 2, data_day=day(number), changes=changes)


def moves(*days: int) -> tuple[list[VersionSeen], Verdict]:
    """A value that goes to and fro on these days; the verdict on the last move."""
    values = ("10", "20")
    each = [
        seen(number, change(values[index % 2], values[1 - index % 2]))
        for index, number in enumerate(days)
    ]
    return each, judge(each[-1].changes, each[:-1], each[-1].data_day)


def test_a_change_that_goes_back_within_two_data_days_is_no_news() -> None:
    """It takes back the one before; a third day later, or over no weekend, it is news."""
    _, verdict = moves(0, 2)
    assert verdict.news == ()
    assert [(one.day, one.change.new) for one in verdict.corrected] == [(day(0), "20")]
    assert moves(0, 3)[1].corrected == ()
    assert moves(4, 8)[1].corrected  # Friday and Tuesday


def test_data_days_are_monday_to_friday() -> None:
    """A weekend is no time."""
    assert data_days_between(day(4), day(7)) == 1
    assert data_days_between(day(0), day(0)) == 0
    assert data_days_between(day(3), day(7)) == BACK_WITHIN


def test_the_third_move_is_told_with_a_word_and_those_behind_it_are_not() -> None:
    """Until the value has stood still for two weeks: then it begins anew."""
    third = moves(0, 4, 8)[1]
    assert third.news == third.restless != ()
    assert moves(0, 4, 8, 12)[1].news == ()
    assert moves(0, 4, 8, 12, 12 + STILL.days)[1].news == ()
    assert len(moves(0, 4, 8, 12)[1].silent) == 1
    anew = moves(0, 4, 8, 12, 12 + STILL.days + 1)[1]
    assert anew.news
    assert not anew.restless


def test_only_the_field_that_went_back_is_taken_out() -> None:
    """What else the version brings is news, and so is another value of the same field."""
    earlier = [seen(0, change("10", "20"))]
    other = change("RECRUITING", "COMPLETED", at.OVERALL_STATUS)
    verdict = judge([change("20", "10"), other], earlier, day(1))
    assert verdict.news == (other,)
    assert judge([change("20", "30")], earlier, day(1)).news == (change("20", "30"),)


def test_statuses_of_all_places_that_come_back_are_no_news_of_each_place() -> None:
    """They were lost in one stroke, whether told by itself or with the trial's status."""
    wiped = Change(
        kind=Kind.SITES, path=at.SITE_STATUS, op=Op.CHANGED, item=ALL_SITES, old="RECRUITING"
    )
    back = [
        Change(kind=Kind.SITES, path=at.SITE_STATUS, op=Op.CHANGED, item=place, new="RECRUITING")
        for place in ("Bern", "Wien")
    ]
    verdict = judge(back, [seen(0, wiped)], day(1))
    assert (verdict.news, [one.change for one in verdict.corrected]) == ((), [wiped])
    closed = change("RECRUITING", "COMPLETED", at.OVERALL_STATUS)
    opened = change("COMPLETED", "RECRUITING", at.OVERALL_STATUS)
    assert judge([opened, *back], [seen(0, closed)], day(1)).news == ()


def test_a_correction_stands_beside_what_is_left_of_the_news() -> None:
    """The occurrence keeps what is news; with nothing left there is none."""
    one = changed(1, change("20", "10"), matches=[Match(3, Event.CHANGED)], day=day(1))
    result = corrected(one, [seen(0, change("10", "20"))], day(1))
    assert result.occurrence is None
    assert result.correction is not None
    assert result.correction.cause == "correction"
    assert result.correction.matches == (Match(3, Event.CHANGED),)
    assert result.changes == one.changes  # the history keeps it
    assert corrected(one, [], day(1)) == one


def test_who_follows_by_status_is_not_told_of_its_silent_moves_either() -> None:
    """Neither that the trial came nor that it left by a status that goes to and fro."""
    there = change("RECRUITING", "SUSPENDED", at.OVERALL_STATUS)
    back = change("SUSPENDED", "RECRUITING", at.OVERALL_STATUS)
    seen_so_far = [seen(0, there), seen(4, back), seen(8, there)]
    matches = [Match(3, Event.ENTERED, Miss.STATUS), Match(4, Event.ENTERED, Miss.AGE)]
    result = corrected(changed(1, back, matches=matches, day=day(12)), seen_so_far, day(12))
    assert result.occurrence is not None
    assert (result.occurrence.changes, result.occurrence.matches) == ((), (matches[1],))


def test_a_correction_says_what_was_told_and_what_stands_again() -> None:
    """In whole sentences, to those who ask for that kind, and to nobody else."""
    told = change("RECRUITING", "SUSPENDED", at.OVERALL_STATUS)
    back = change("SUSPENDED", "RECRUITING", at.OVERALL_STATUS)
    result = corrected(changed(1, back, day=day(1)), [seen(0, told)], day(1))
    assert result.correction is not None
    follows = Subscription(id=1, chat_id=1, study=key(1), kinds=ALL, since=day(0))
    message = tell(result.correction, [follows], study(1))
    assert message is not None
    assert message.lede == "A correction: the record has gone back on what you were told."
    (line,) = message.sections[0].lines
    assert line == (
        "The record says “Recruiting” again. The message about the data of 2026-03-02 said: "
        "The status was “Recruiting” and is now “Suspended”."
    )
    deaf = Subscription(id=1, chat_id=1, study=key(1), kinds=0, since=day(0))
    assert tell(result.correction, [deaf], study(1)) is None


@given(st.lists(st.integers(1, 20), min_size=1, max_size=12))
def test_a_value_is_never_told_more_than_three_times_without_standing_still(
    gaps: list[int],
) -> None:
    """Of every run of moves the first three at most are said, as news or as a correction."""
    days = [sum(gaps[: index + 1]) for index in range(len(gaps))]
    said, last = 0, None
    for index in range(len(days)):
        verdict = moves(*days[: index + 1])[1]
        if last is not None and days[index] - last > STILL.days:
            said = 0
        said, last = said + 1, days[index]
        is_told = bool(verdict.news or verdict.corrected)
        assert is_told == (said <= TOLD_TIMES)
        assert bool(verdict.restless) == (said == TOLD_TIMES)


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=4))
def test_without_a_history_everything_is_news(pairs: list[tuple[str, str]]) -> None:
    """And what is judged is told, corrected or silent: nothing is made up."""
    changes = [change(old, new) for old, new in pairs]
    assert judge(changes, [], MONDAY) == Verdict(news=tuple(changes))


@needs_shared
def test_real_versions_that_go_back_leave_next_to_nothing_to_tell() -> None:
    """A registry that takes back a real version a day later: hardly a change is told as news."""
    told = back = 0
    for one in read_jsonl(SHARED / "ctgov" / "versions.jsonl.gz"):
        versions = [parse(json.dumps(v["study"]).encode()) for v in one["versions"]]
        for old, new in pairwise(versions):
            gone = diff(new, old)
            verdict = judge(gone, [seen(0, *diff(old, new))], day(1))
            told, back = told + len(verdict.news), back + len(gone)
    sys.stdout.write(f"\nof {back} changes that went back {told} would be told as news\n")
    assert told <= back * 0.01
