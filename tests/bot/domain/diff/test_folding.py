"""What a sponsor or the registry does in one stroke is one change, and hides nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain import paths as at
from bot.domain.change import Kind, Op
from bot.domain.diff.studies import diff
from bot.domain.papers import Document
from bot.domain.study import ArmGroup, Intervention, Study
from bot.domain.submission import ResultsTracking, Submission, UnpostedEvent
from tests.bot.domain.trials import fact, site, trial

A, B = site("Bell Clinic"), site("Chime Hospital", city="Dallas")


def told(old: Study, new: Study) -> list[tuple[str, Op, str | None, str | None]]:
    """The last name of the path, the operation and both values."""
    return [(one.path.rpartition(".")[2], one.op, one.old, one.new) for one in diff(old, new)]


@pytest.mark.parametrize("statuses", [("COMPLETED", "COMPLETED"), ("COMPLETED", None)])
def test_sites_that_follow_the_trial_are_one_event(statuses: Any) -> None:
    """A trial that ends and all whose sites get its status, or none, is told of once."""
    sites = tuple(replace(one, status=status) for one, status in zip((A, B), statuses, strict=True))
    after = trial(overall_status="COMPLETED", sites=sites)
    assert told(trial(), after) == [("overallStatus", Op.SET, "RECRUITING", "COMPLETED")]


def test_a_site_that_goes_another_way_is_told() -> None:
    """Where one site has a status of its own, each site is told of."""
    sites = (replace(A, status="COMPLETED"), replace(B, status="WITHDRAWN"))
    after = trial(overall_status="COMPLETED", sites=sites)
    assert [one.kind for one in diff(trial(), after)] == [Kind.STATUS, Kind.SITES, Kind.SITES]


def test_sites_that_open_with_the_trial_are_told() -> None:
    """That a site near somebody opens is news, even where all of them do."""
    sites = tuple(replace(one, status="NOT_YET_RECRUITING") for one in (A, B))
    before = trial(overall_status="NOT_YET_RECRUITING", sites=sites)
    assert [one.kind for one in diff(before, trial())] == [Kind.STATUS, Kind.SITES, Kind.SITES]


def tracking(*events: tuple[str, str]) -> ResultsTracking:
    """The way of results with these steps, as the registry writes them in three places."""
    return ResultsTracking(
        unposted_responsible_party="University of Bells",
        unposted_events=tuple(UnpostedEvent(type=kind, date=day) for kind, day in events),
        estimated_submitted=events[0][1],
        submissions=tuple(Submission(release_date=day) for _, day in events),
    )


def test_results_sent_in_are_told_once() -> None:
    """The same step stands in a record three times over."""
    before = trial(results_tracking=ResultsTracking())
    after = trial(results_tracking=tracking(("RELEASE", "2026-02-01")))
    assert told(before, after) == [("unpostedEvents", Op.ADDED, None, "2026-02-01")]


def test_posting_ends_the_way_of_results() -> None:
    """Results posted is one event; what the record forgets with it is no other."""
    before = trial(results_tracking=tracking(("RELEASE", "2026-02-01")))
    posted = fact("2026-03-01", "ACTUAL")
    after = trial(has_results=True, results_first_posted=posted, results_tracking=ResultsTracking())
    assert told(before, after) == [("hasResults", Op.ADDED, None, "2026-03-01")]


def test_documents_that_come_with_results_are_told() -> None:
    """The protocol that is posted with results keeps its own kind."""
    documents = (*trial().documents, Document(label="Statistical Analysis Plan", date="2025-05-05"))
    after = trial(has_results=True, documents=documents)
    assert [one.kind for one in diff(trial(), after)] == [Kind.RESULTS, Kind.DOCUMENTS]


def test_results_that_were_returned_are_not_posted() -> None:
    """The registry's history says that such a version has results: nobody can read them."""
    before = trial(results_tracking=ResultsTracking())
    after = trial(has_results=True, results_tracking=tracking(("RESET", "2026-02-20")))
    assert told(before, after) == [("unpostedEvents", Op.ADDED, None, "2026-02-20")]


def test_a_new_document_of_another_day_is_one_change() -> None:
    """That it was uploaded then goes without saying; uploaded again alone it is told."""
    (old,) = trial().documents
    dated = replace(old, date="2026-02-02", upload_date="2026-02-03T10:00")
    assert told(trial(), trial(documents=(dated,))) == [
        ("date", Op.CHANGED, "2025-01-01", "2026-02-02")
    ]
    again = replace(old, upload_date="2026-02-03T10:00")
    assert [name for name, *_ in told(trial(), trial(documents=(again,)))] == ["uploadDate"]


def treated(name: str, *given: str) -> dict[str, Any]:
    """A treatment, and an arm that is given these."""
    return {
        "interventions": (Intervention(type="DRUG", name=name),),
        "arm_groups": (ArmGroup(label="One", intervention_names=given),),
    }


def test_a_renamed_treatment_is_not_told_again_by_its_arms() -> None:
    """The arms call their treatments by name: the new name is one change."""
    before = trial(**treated("Bell extract", "Drug: Bell extract"))
    after = trial(**treated("Bell extract 5 mg", "Drug: Bell extract 5 mg"))
    assert told(before, after) == [("name", Op.CHANGED, "Bell extract", "Bell extract 5 mg")]
    more = trial(**treated("Bell extract 5 mg", "Drug: Bell extract 5 mg", "Drug: Gong"))
    assert [name for name, *_ in told(before, more)] == ["interventionNames", "name"]


def test_a_country_without_sites_is_told_by_its_sites() -> None:
    """The registry's list of such countries follows from the sites."""
    away = replace(B, country="France", city="Lyon")
    before = trial(sites=(A, away), removed_countries=())
    after = trial(sites=(A,), removed_countries=("France",))
    assert [one.path for one in diff(before, after)] == [at.LOCATIONS]
    alone = trial(sites=(A, away), removed_countries=("Spain",))
    assert [one.path for one in diff(before, alone)] == [at.REMOVED_COUNTRIES]
