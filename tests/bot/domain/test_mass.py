"""What is beyond the usual among the changes of a reading, and what is held of it."""

from __future__ import annotations

import sys
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import paths as at
from bot.domain.change import Change, Kind, Op
from bot.domain.dates import PartialDate
from bot.domain.diff.studies import diff
from bot.domain.mass import (
    DEFAULT_LIMITS,
    Limits,
    Tally,
    Waiting,
    lapsed,
    split,
    was_posted,
    way_of,
    ways_of,
)
from bot.domain.notice import Event, Match, Occurrence
from bot.domain.study import Study
from tests.shared import needs_shared
from tests.studies import key, study
from tests.studies_recorded import ONE_PROCESS, replayed_studies

DAY = date(2026, 3, 2)
TEXT, COUNT = at.CRITERIA, at.DESIGN + "enrollmentInfo.count"


def status(old: str | None, new: str | None) -> Change:
    """A change of the overall status."""
    return Change(kind=Kind.STATUS, path=at.OVERALL_STATUS, old=old, new=new)


def line(new: str) -> Change:
    """A line of the criteria that was added."""
    return Change(kind=Kind.ELIGIBILITY, path=TEXT, op=Op.ADDED, new=new)


def found(
    *changes: Change,
    posted: bool = False,
    is_lapse: bool = False,
) -> Waiting:
    """These changes of a record, as they wait."""
    return Waiting(id=1, changes=changes, posted=posted, lapsed=is_lapse)


def told(*changes: Change, matches: tuple[Match, ...] = ()) -> Occurrence:
    """An occurrence of these changes."""
    return Occurrence(key=key(1), data_day=DAY, cause="reading", changes=changes, matches=matches)


def tally(*many: Waiting) -> Tally:
    """All of them counted."""
    made = Tally()
    for one in many:
        made.add(one)
    return made


def test_the_same_field_in_the_same_way_makes_a_mass_from_both_limits_on() -> None:
    """Fifty records and five percent: one fewer of either is none."""
    fifty = tally(*[found(line(f"line {n}")) for n in range(50)])
    assert [mass.count for mass in fifty.masses(1000, DEFAULT_LIMITS)] == [50]
    assert fifty.masses(1001, DEFAULT_LIMITS) == ()
    assert tally(*[found(line("x"))] * 49).masses(100, DEFAULT_LIMITS) == ()


def test_codes_count_by_both_values_and_free_text_by_the_field() -> None:
    """Forty that were suspended and forty that were completed are no mass; eighty texts are."""
    halves = [status("RECRUITING", new) for new in ("SUSPENDED", "COMPLETED")] * 40
    assert tally(*map(found, halves)).masses(100, DEFAULT_LIMITS) == ()
    texts = [found(line(f"line {n}")) for n in range(80)]
    assert len(tally(*texts).masses(100, DEFAULT_LIMITS)) == 1


def test_a_record_counts_once_however_many_of_its_members_changed() -> None:
    """Sixty lines of one record are one record's change."""
    assert tally(found(*[line(f"line {n}") for n in range(60)])).masses(1, DEFAULT_LIMITS) == ()


def test_what_sponsors_post_is_measured_against_what_they_usually_post() -> None:
    """Half of the posted updates add a place; the same share of silent changes is a mass."""
    added = Change(
        kind=Kind.SITES, path=at.LOCATIONS, op=Op.ADDED, item="A, B, C", new="RECRUITING"
    )
    posted = [found(added, posted=True)] * 100 + [found(line("x"), posted=True)] * 100
    assert all(mass.way.path != at.LOCATIONS for mass in tally(*posted).masses(300, DEFAULT_LIMITS))
    silent = tally(*[found(added)] * 100)
    assert silent.masses(300, DEFAULT_LIMITS)[0].way == way_of(added)


def test_statuses_that_lapse_as_their_verified_date_explains_are_no_mass() -> None:
    """The registry sets them in batches; those that nothing explains are held."""
    unknown = status("RECRUITING", "UNKNOWN")
    assert tally(*[found(unknown, is_lapse=True)] * 500).masses(600, DEFAULT_LIMITS) == ()
    assert tally(*[found(unknown)] * 500).masses(600, DEFAULT_LIMITS)


def test_a_lapse_is_explained_two_years_after_the_record_was_verified() -> None:
    """To the month; without a verified date nothing explains it."""
    old = study(1, overall_status="RECRUITING")
    for verified, expected in (("2024-03", True), ("2024-04", False), ("2024-03-02", True)):
        new = study(1, overall_status="UNKNOWN", status_verified=PartialDate.parse(verified))
        assert lapsed(old, new, DAY) is expected, verified
    assert not lapsed(old, study(1, overall_status="UNKNOWN"), DAY)


def test_what_is_held_is_taken_out_and_everything_else_goes_on() -> None:
    """No change is lost or doubled, and a follower of a condition hears of both parts."""
    held, goes = status("RECRUITING", "SUSPENDED"), line("Age over 18")
    matches = (Match(7, Event.CHANGED),)
    going, parts = split(told(held, goes, matches=matches), {way_of(held)})
    assert going.changes == (goes,)
    assert {way: part.changes for way, part in parts.items()} == {way_of(held): (held,)}
    assert going.matches == parts[way_of(held)].matches == matches


def test_that_a_trial_matches_now_is_held_with_the_words_that_made_it_match() -> None:
    """And goes on where the words were not held."""
    title = Change(kind=Kind.DESCRIPTION, path=at.ID + "briefTitle", old="A b", new="C d")
    matches = (Match(7, Event.ENTERED),)
    one = told(title, line("x"), matches=matches)
    going, parts = split(one, {way_of(title)})
    assert going.matches == ()
    assert parts[way_of(title)].matches == matches
    assert split(one, {way_of(line("x"))})[0].matches == matches


CHANGES = st.lists(
    st.builds(
        Change,
        kind=st.just(Kind.STATUS),
        path=st.sampled_from([at.OVERALL_STATUS, TEXT, COUNT]),
        op=st.sampled_from(Op),
        old=st.sampled_from([None, "RECRUITING", "Some words", "12"]),
        new=st.sampled_from([None, "COMPLETED", "Other words", "13"]),
    ),
    max_size=6,
)


@given(CHANGES, st.data())
def test_parting_keeps_every_change_once(changes: list[Change], data: st.DataObject) -> None:
    """What goes on and what is held are together what was found, whatever is held."""
    ways = sorted(ways_of(found(*changes)), key=str)
    held = data.draw(st.sets(st.sampled_from(ways))) if changes else set()
    going, parts = split(told(*changes), held)
    kept = [*going.changes, *(change for part in parts.values() for change in part.changes)]
    assert sorted(map(str, kept)) == sorted(map(str, changes))
    assert all(way_of(change) not in held for change in going.changes)
    assert set(parts) == held


@needs_shared
@ONE_PROCESS
def test_nothing_of_the_recorded_days_is_held() -> None:
    """Over all consecutive versions of twelve days, at five percent and even from one record on."""
    kept: dict[object, Study] = {}
    highest = 0.0
    for day, studies in replayed_studies():
        read, counted = len(studies), Tally()
        for new in studies:
            old = kept.get(new.key)
            kept[new.key] = new
            told = [c for c in diff(old, new) if c.kind is not Kind.OTHER] if old else []
            if old and told:
                posted, is_lapse = was_posted(old, new), lapsed(old, new, day)
                counted.add(found(*told, posted=posted, is_lapse=is_lapse))
        highest = max([highest, *(count / read for _, count in counted.most())])
        assert counted.masses(read, Limits(at_least=1)) == (), day
    sys.stdout.write(f"\nthe most frequent change of a recorded day: {highest:.1%} of the read\n")
