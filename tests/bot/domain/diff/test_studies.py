"""What changed between two versions: laws, and each planted change with both values."""

from __future__ import annotations

import itertools
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.catalogue import HAS_RESULTS
from bot.domain.change import Change, Kind, Op
from bot.domain.diff.studies import diff
from bot.domain.digest import of_study
from bot.domain.study import Enrollment, OtherField, Sponsor, Study
from tests.bot.domain.trials import (
    fact,
    parsed,
    recorded,
    shuffled,
    spaced,
    touched,
    trial,
)
from tests.pace import slowness
from tests.shared import SHARED, needs_shared, read_jsonl

studies = st.sampled_from((trial(), *recorded(60)))


@given(studies, st.integers())
@settings(deadline=None)
def test_noise_is_no_change(study: Study, seed: int) -> None:
    """Order, white space and what is never a change are not told of, alone or together."""
    assert diff(study, study) == ()
    assert diff(study, spaced(shuffled(touched(study), seed))) == ()


@given(studies, studies, st.integers())
@settings(deadline=None)
def test_order_of_lists_does_not_matter(old: Study, new: Study, seed: int) -> None:
    """Two versions that differ give the same changes whatever the order of their lists."""
    assert diff(shuffled(old, seed), shuffled(new, seed + 1)) == diff(old, new)


@given(studies, studies)
@settings(deadline=None)
def test_changes_are_real_and_ordered(old: Study, new: Study) -> None:
    """Every change has two different values or one member that came or went, sorted by kind."""
    changes = diff(old, new)
    for change in changes:
        assert change.old != change.new or change.op in {Op.ADDED, Op.REMOVED}
    ranks = [list(Kind).index(change.kind) for change in changes]
    assert ranks == sorted(ranks)
    assert changes == () or of_study(old) != of_study(new)


def planted(kind: Kind, path: str, old: str | None, new: str | None, **study: Any) -> Any:
    """A row: the one change that must be found where these fields are replaced."""
    return pytest.param(study, kind, path, old, new, id=path)


BASE = trial()
BASE_ELIGIBILITY = BASE.eligibility


@pytest.mark.parametrize(
    ("fields", "kind", "path", "old", "new"),
    [
        planted(
            Kind.STATUS, "overallStatus", "RECRUITING", "UNKNOWN", overall_status="UNKNOWN"
        ),
        planted(Kind.WHY_STOPPED, "whyStopped", "Low accrual", "Money", why_stopped="Money"),
        planted(Kind.WHY_STOPPED, "whyStopped", "Low accrual", None, why_stopped=None),
        planted(
            Kind.EXPANDED_ACCESS,
            "hasExpandedAccess",
            "true",
            None,
            expanded_access=replace(BASE.expanded_access, has_expanded_access=False),
        ),
        planted(
            Kind.EXPANDED_ACCESS,
            "statusForNctId",
            "AVAILABLE",
            "NO_LONGER_AVAILABLE",
            expanded_access=replace(
                BASE.expanded_access, status_for_nct_id="NO_LONGER_AVAILABLE"
            ),
        ),
        planted(
            Kind.ELIGIBILITY,
            "minimumAge",
            "18 Years",
            "16 Years",
            eligibility=replace(BASE_ELIGIBILITY, minimum_age="16 Years"),
        ),
        planted(
            Kind.ELIGIBILITY,
            "sex",
            "ALL",
            "FEMALE",
            eligibility=replace(BASE_ELIGIBILITY, sex="FEMALE"),
        ),
        planted(
            Kind.ELIGIBILITY,
            "healthyVolunteers",
            "false",
            "true",
            eligibility=replace(BASE_ELIGIBILITY, healthy_volunteers=True),
        ),
        planted(
            Kind.ELIGIBILITY,
            "healthyVolunteers",
            "false",
            None,
            eligibility=replace(BASE_ELIGIBILITY, healthy_volunteers=None),
        ),
        planted(Kind.DATES, "startDateStruct", "2025-03", "2025-04", start=fact("2025-04")),
        planted(Kind.DATES, "completionDateStruct", "2028-05-01", None, completion=None),
        planted(Kind.ENROLLMENT, "count", "120", "80", enrollment=Enrollment(80, "ESTIMATED")),
        planted(
            Kind.ENROLLMENT, "type", "ESTIMATED", "ACTUAL", enrollment=Enrollment(120, "ACTUAL")
        ),
        planted(Kind.DESIGN, "phases", "PHASE1; PHASE2", "PHASE3", phases=("PHASE3",)),
        planted(Kind.DESIGN, "masking", "DOUBLE", "NONE", masking="NONE"),
        planted(Kind.DESCRIPTION, "briefTitle", "Bell therapy for sarcoma", "T", brief_title="T"),
        planted(Kind.DESCRIPTION, "briefSummary", "Whether bells help. They may.", "No",
                brief_summary="No"),
        planted(Kind.DESCRIPTION, "conditions", "Osteosarcoma; Sarcoma", "Sarcoma",
                conditions=("Sarcoma",)),
        planted(Kind.SPONSOR, "name", "University of Bells", "Chime Inc",
                lead_sponsor=Sponsor("Chime Inc", "OTHER")),
        planted(Kind.RECORD, "nctIdAliases", "NCT99999900", None, aliases=()),
        planted(Kind.STATUS, "lastKnownStatus", "NOT_YET_RECRUITING", None, last_known_status=None),
        planted(Kind.OTHER, "novelty", "true", "false",
                other_fields=(OtherField(BASE.other_fields[0].path, "false"),)),
        planted(Kind.OTHER, "seeAlsoLinks", None, "[]",
                other_fields=(*BASE.other_fields, OtherField("a.seeAlsoLinks", "[]"))),
    ],
)  # fmt: skip
def test_planted_change_is_found(
    fields: dict[str, Any], kind: Kind, path: str, old: str | None, new: str | None
) -> None:
    """One field that changed is one change, with both values, in both directions."""
    (change,) = diff(BASE, replace(BASE, **fields))
    assert (change.kind, change.path.rpartition(".")[2]) == (kind, path)
    assert (change.op, change.old, change.new) == (Op.SET, old, new)
    (back,) = diff(replace(BASE, **fields), BASE)
    assert (back.old, back.new) == (new, old)


@pytest.mark.parametrize(
    ("old", "new", "is_change"),
    [
        ("2026-03", "2026-03-15", False),
        ("2026-03-15", "2026-03", False),
        ("2026", "2026-12-31", False),
        ("2026-03-15", "2026-03-16", True),
        ("2026-03", "2026-04-01", True),
    ],
)
def test_dates_change_when_they_move(old: str, new: str, is_change: bool) -> None:
    """A finer date and an estimate that came true on its day are no change; a moved one is."""
    before, after = trial(start=fact(old, "ESTIMATED")), trial(start=fact(new, "ACTUAL"))
    assert bool(diff(before, after)) is is_change


def test_unknown_keeps_what_it_was() -> None:
    """The registry's UNKNOWN is one change: the last known status beside it is not told twice."""
    before = trial(last_known_status=None)
    after = trial(overall_status="UNKNOWN", last_known_status="RECRUITING")
    (change,) = diff(before, after)
    assert (change.kind, change.old, change.new) == (Kind.STATUS, "RECRUITING", "UNKNOWN")
    (back,) = diff(after, trial(overall_status="COMPLETED", last_known_status=None))
    assert (back.item, back.old, back.new) == ("RECRUITING", "UNKNOWN", "COMPLETED")


def test_results_are_one_event() -> None:
    """Results posted is one change with its date, and results withdrawn another."""
    before = trial()
    after = trial(has_results=True, results_first_posted=fact("2026-02-10", "ACTUAL"))
    expected = Change(kind=Kind.RESULTS, path=HAS_RESULTS, op=Op.ADDED, new="2026-02-10")
    assert diff(before, after) == (expected,)
    assert diff(after, before) == (replace(expected, op=Op.REMOVED, old="2026-02-10", new=None),)
    assert diff(before, trial(has_results=True)) == (replace(expected, new=None),)


def test_silent_no_says_nothing() -> None:
    """Records gain "no" for expanded access when they are touched: that is not news."""
    silent = replace(BASE.expanded_access, has_expanded_access=None)
    said = replace(BASE.expanded_access, has_expanded_access=False)
    assert diff(trial(expanded_access=silent), trial(expanded_access=said)) == ()


@needs_shared
def test_recorded_noise_is_no_change() -> None:
    """Recorded versions that the registry only stamped anew give nothing."""
    for line in read_jsonl(SHARED / "ctgov" / "noise.jsonl.gz"):
        old, new = (parsed(version) for version in line["versions"])
        assert diff(old, new) == ()


@needs_shared
def test_recorded_versions_give_real_changes() -> None:
    """Every change between recorded versions can be read off the two, and going back undoes it."""
    found = 0
    for line in read_jsonl(SHARED / "ctgov" / "versions.jsonl.gz"):
        versions = [parsed(version["study"]) for version in line["versions"]]
        for old, new in itertools.pairwise(versions):
            changes, back = diff(old, new), diff(new, old)
            found += len(changes)
            assert {(c.path, c.old, c.new) for c in changes} == {
                (c.path, c.new, c.old) for c in back
            }
    assert found > 1_100


@needs_shared
def test_diff_is_fast() -> None:
    """At least 5,000 pairs a second, and the widest recorded trial in under 50 ms."""
    pairs = [(one, replace(one, overall_status="SUSPENDED")) for one in recorded(300)]
    began = time.process_time()
    for old, new in pairs:
        diff(old, new)
    assert len(pairs) / (time.process_time() - began) > 5_000 / slowness()
    lines = read_jsonl(SHARED / "ctgov" / "versions.jsonl.gz")
    every = [parsed(version["study"]) for line in lines for version in line["versions"]]
    widest = max(every, key=lambda study: len(study.sites))
    assert len(widest.sites) == 1_148
    opened = replace(widest, sites=tuple(replace(one, status="OPEN") for one in widest.sites))
    took = []
    for _ in range(3):  # the least of three: the collector of garbage may strike in one
        began = time.process_time()
        assert len(diff(widest, opened)) == 1_148
        took.append(time.process_time() - began)
    assert min(took) < 0.05 * slowness()
