"""What the sandbox finds, by the registry's search areas and operators."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.ctgov.sandbox import Sandbox
from adapters.ctgov.sandbox.essie import QueryError
from adapters.ctgov.sandbox.parameters import read_query
from adapters.ctgov.sandbox.values import kilometres
from tests.adapters.ctgov.sandbox_records import (
    HOUSTON,
    PARIS,
    found,
    located,
    nct,
    study,
    updated,
)

RECORDS: list[dict[str, Any]] = [
    study(
        1,
        identificationModule={"briefTitle": "Breathing Again", "acronym": "AIR-1"},
        conditionsModule={"conditions": ["Non-small Cell Lung Cancer"], "keywords": ["NSCLC"]},
        designModule={"phases": ["PHASE1", "PHASE2"], "enrollmentInfo": {"count": 40}},
        eligibilityModule={"minimumAge": "18 Years", "sex": "ALL"},
        contactsLocationsModule=located(
            ("Paris", "France", "COMPLETED", PARIS),
            ("Houston", "United States", "RECRUITING", HOUSTON),
        ),
    ),
    study(
        2,
        statusModule={"overallStatus": "ACTIVE_NOT_RECRUITING", **updated("2026-02-10")},
        conditionsModule={"conditions": ["Cancers of the Lung and Bronchus"]},
        designModule={"phases": ["PHASE2"], "enrollmentInfo": {"count": 200}},
        eligibilityModule={"minimumAge": "6 Months", "sex": "FEMALE"},
        contactsLocationsModule=located(("Lyon", "France", "RECRUITING", None)),
    ),
    study(
        3,
        statusModule={"overallStatus": "COMPLETED", **updated("2025-12-31")},
        descriptionModule={"briefSummary": "Vaccine against lung cancer."},
        conditionsModule={"conditions": ["Sjögren Syndrome"]},
        sponsorCollaboratorsModule={"leadSponsor": {"name": "Hôpital Necker", "class": "OTHER"}},
        armsInterventionsModule={"interventions": [{"type": "DRUG", "name": "Rituximab"}]},
    ),
    study(
        4,
        statusModule={"overallStatus": "UNKNOWN", "startDateStruct": {"date": "2022-05"}},
        conditionsModule={"conditions": ["Diabetes"]},
        eligibilityModule={"healthyVolunteers": True},
    ),
]


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    """Four studies, standing on one day."""
    return Sandbox.from_days({"2026-02-11": RECORDS})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lung cancer", {1, 2}),  # words apart are found, plurals are the same word
        ('"lung cancer"', {1}),
        ("EXPANSION[Concept]lung cancer", {1}),
        ("EXPANSION[Lossy]lung diabetes", {1, 2, 4}),
        ("LUNG", {1, 2}),
        ("sjogren", {3}),
        ("EXPANSION[None]sjogren", set()),
        ("EXPANSION[None]Sjögren", {3}),
        ("lung OR diabetes", {1, 2, 4}),
        ("lung NOT bronchus", {1}),
        ("NOT lung", {3, 4}),
        ("COVERAGE[FullMatch]diabetes", {4}),
        ("COVERAGE[StartsWith]cancer", {2}),
        ("COVERAGE[EndsWith]cancer", {1}),
        ("nsclc", {1}),
        ("rituximab", set()),
        ("-", set()),
        ("ALL", {1, 2, 3, 4}),
    ],
)
def test_conditions_are_searched_as_the_registry_does(
    sandbox: Sandbox, query: str, expected: set[int]
) -> None:
    """Case, accents and plurals do not count; quotes and EXPANSION keep words together."""
    assert set(found(sandbox, query__cond=query)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"query.term": "lung cancer"}, {1, 2, 3}),
        ({"query.intr": "rituximab"}, {3}),
        ({"query.intr": "drug"}, {3}),
        ({"query.locn": "Paris, France"}, {1}),
        ({"query.locn": "france"}, {1, 2}),
        ({"query.titles": "AIR-1"}, {1}),
        ({"query.spons": "hopital necker"}, {3}),
        ({"query.lead": "necker"}, {3}),
        ({"query.id": "NCT00000004 OR AIR-1"}, {1, 4}),
        ({"query.cond": "lung", "query.locn": "Lyon"}, {2}),
        ({"query.cond": " ", "query.locn": "Lyon"}, {2}),
        ({"filter.overallStatus": "RECRUITING|COMPLETED"}, {1, 3}),
        ({"filter.overallStatus": "RECRUITING,UNKNOWN"}, {1, 4}),
        ({"postFilter.overallStatus": "UNKNOWN"}, {4}),
        ({"filter.geo": "distance(29.76,-95.37,50mi)"}, {1}),
        ({"filter.geo": "distance(45.0,4.0,20km)"}, set()),
        ({"filter.ids": "NCT00000002,nct3|NCT99999999 NCT00000004"}, {2, 3, 4}),
        ({"filter.ids": "NCT00000002,NCT00000003", "postFilter.ids": "NCT00000003"}, {3}),
    ],
)
def test_each_parameter_searches_its_own_area(
    sandbox: Sandbox, given: dict[str, str], expected: set[int]
) -> None:
    """Parameters narrow one another; an empty one is as good as none."""
    assert {int(one.nct_id[3:]) for one in sandbox.search(read_query(given))} == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("AREA[LastUpdatePostDate]RANGE[2026-02-01,MAX]", {1, 2, 4}),
        ("AREA[LastUpdatePostDate]RANGE[2026-02-02,MAX]", {2}),
        ("AREA[LastUpdatePostDate]RANGE[MIN,2025]", {3}),
        ("AREA[LastUpdatePostDate]RANGE[02/01/2026,02/2026]", {1, 2, 4}),
        ("AREA[LastUpdatePostDate]RANGE[2026-02-01,2026-02-01]", {1, 4}),
        ("AREA[StartDate]2022", {4}),
        ("AREA[StartDate]2022-06", set()),
        ("AREA[StartDate]MISSING", {1, 2, 3}),
        ("NOT AREA[StartDate]MISSING", {4}),
        ("AREA[OverallStatus]RECRUITING", {1}),
        ("AREA[OverallStatus]Active, not recruiting", {2}),
        ("AREA[OverallStatus](COMPLETED OR UNKNOWN)", {3, 4}),
        ("AREA[Phase]PHASE2", {1, 2}),
        ("AREA[Phase]Phase 1", {1}),
        ("AREA[Phase:size]2", {1}),
        ("AREA[Phase:size]RANGE[1,MAX]", {1, 2}),
        ("AREA[EnrollmentCount]RANGE[100,MAX]", {2}),
        ("AREA[EnrollmentCount]40", {1}),
        ("AREA[MinimumAge]RANGE[MIN,1 year]", {2}),
        ("AREA[MinimumAge]RANGE[7 months,MAX]", {1}),
        ("AREA[HealthyVolunteers]true", {4}),
        ("AREA[NCTId]NCT00000003", {3}),
        ("AREA[ConditionSearch]diabetes OR AREA[Acronym]AIR-1", {1, 4}),
        ("AREA[EligibilityModule]MISSING", {3}),
        ("AREA[protocolSection.designModule.phases]PHASE1", {1}),
        ("AREA[VersionHolder]2026-02-11", {1, 2, 3, 4}),
        ("AREA[LocationGeoPoint]DISTANCE[48.8,2.3,20km]", {1}),
        ("TILT[LastUpdatePostDate]lung", {1, 2, 3}),
        ("AREA[LocationCountry]France AND AREA[LocationStatus]RECRUITING", {1, 2}),
        ("SEARCH[Location](AREA[LocationCountry]France AND AREA[LocationStatus]RECRUITING)", {2}),
        ("SEARCH[Location](france AND NOT AREA[LocationStatus]RECRUITING)", {1}),
        ("SEARCH[Location](AREA[LocationGeoPoint]MISSING)", {2}),
        ("SEARCH[Study](lung)", {1, 2, 3}),
    ],
)
def test_advanced_expressions_find_by_field(
    sandbox: Sandbox, expression: str, expected: set[int]
) -> None:
    """Dates of any precision, ages with units, enumerations in any spelling, one site at a time."""
    assert set(found(sandbox, filter__advanced=expression)) == expected


@pytest.mark.parametrize(
    "given",
    [
        {"filter.advanced": "AREA[Nonsense]x"},
        {"filter.advanced": "AREA[Phase:length]2"},
        {"filter.advanced": "AREA[BriefTitle]RANGE[a,b]"},
        {"filter.advanced": "AREA[LastUpdatePostDate]RANGE[2026-13,MAX]"},
        {"filter.advanced": "AREA[LastUpdatePostDate]RANGE[MIN,2026-02-30]"},
        {"filter.advanced": "AREA[BriefTitle]DISTANCE[1,2,3mi]"},
        {"filter.advanced": "SEARCH[Arm](x)"},
        {"filter.advanced": "SEARCH[Location](AREA[BriefTitle]x)"},
        {"filter.advanced": "EXPANSION[Wild]x"},
        {"filter.advanced": "COVERAGE[Some]x"},
        {"filter.advanced": "TILT[Nonsense]x"},
        {"filter.overallStatus": "OPEN"},
        {"filter.geo": "distance(29.76, -95.37, 50mi)"},
        {"filter.ids": "NCT00000001,12345"},
        {"filter.synonyms": "ConditionSearch:1651367"},
        {"aggFilters": "results:with"},
        {"sort": "BriefTitle"},
        {"sort": "Nonsense"},
        {"sort": "LastUpdatePostDate:down"},
        {"sort": "LastUpdatePostDate,EnrollmentCount,StartDate"},
    ],
)
def test_what_the_registry_would_refuse_is_refused(sandbox: Sandbox, given: dict[str, str]) -> None:
    """An unknown name or a wrong value is an error, never an empty answer."""
    with pytest.raises(QueryError):
        sandbox.search(read_query(given))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("LastUpdatePostDate", [2, 1, 4, 3]),
        ("LastUpdatePostDate:asc", [3, 1, 4, 2]),
        ("EnrollmentCount", [1, 2, 3, 4]),
        ("EnrollmentCount:desc", [2, 1, 3, 4]),
        ("LastUpdatePostDate:desc|EnrollmentCount:asc", [2, 1, 4, 3]),
        ("", [1, 2, 3, 4]),
    ],
)
def test_sorting_puts_what_has_no_value_last(
    sandbox: Sandbox, sort: str, expected: list[int]
) -> None:
    """Dates come latest first and numbers smallest first, unless told otherwise."""
    assert found(sandbox, sort=sort) == expected


def test_words_found_together_rank_before_words_found_apart(sandbox: Sandbox) -> None:
    """Relevance is the order of a search, and can be turned round."""
    assert found(sandbox, query__term="lung cancer") == [1, 3, 2]
    assert found(sandbox, query__term="lung cancer", sort="@relevance:asc") == [2, 3, 1]


@pytest.mark.parametrize("words", ["NCT00000003", "nct3, NCT00000001", "NCT00000001 NCT00000003"])
def test_a_query_of_only_numbers_makes_every_filter_ignored(sandbox: Sandbox, words: str) -> None:
    """The registry's own rule, and a trap for who asks for numbers and a status at once."""
    alone = found(sandbox, query__cond=words)
    assert 3 in alone
    filtered = found(
        sandbox,
        query__cond=words,
        filter__overallStatus="WITHDRAWN",
        postFilter__ids="NCT00000004",
    )
    assert filtered == alone


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ((0.0, 0.0), (0.0, 1.0), 111.195),
        ((60.0, 10.0), (60.0, 11.0), 55.597),
        ((0.0, 179.5), (0.0, -179.5), 111.195),
        ((90.0, 0.0), (-90.0, 120.0), 20015.1),
    ],
)
def test_distances_are_great_circles(
    here: tuple[float, float], there: tuple[float, float], expected: float
) -> None:
    """A degree of longitude shrinks with the latitude, and the date line is no wall."""
    assert kilometres(*here, *there) == pytest.approx(expected, rel=1e-4)


@given(st.lists(st.dates(date(2000, 1, 1), date(2030, 12, 31)), min_size=1, max_size=6), st.data())
def test_a_range_of_dates_holds_both_its_ends(days: list[date], data: st.DataObject) -> None:
    """A range finds exactly the days between its bounds, bounds included."""
    records = [study(at + 1, statusModule=updated(str(day))) for at, day in enumerate(days)]
    low, high = sorted(data.draw(st.tuples(st.sampled_from(days), st.sampled_from(days))))
    sandbox = Sandbox.from_days({"2026-02-11": records})
    within = [at + 1 for at, day in enumerate(days) if low <= day <= high]
    expression = f"AREA[LastUpdatePostDate]RANGE[{low},{high}]"
    assert found(sandbox, filter__advanced=expression) == within


@given(st.sets(st.integers(1, 30), min_size=1), st.sets(st.integers(1, 40)))
def test_numbers_find_exactly_themselves(standing: set[int], asked: set[int]) -> None:
    """An absent number is just not there."""
    sandbox = Sandbox.from_days({"2026-02-11": [study(number) for number in standing]})
    ids = ",".join(nct(number) for number in asked)
    expected = standing & asked if asked else standing
    assert set(found(sandbox, filter__ids=ids)) == expected
