"""Which trials fit a filter, and at which part the others end."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.filters import NO_FILTER, Filter, Miss, miss
from bot.domain.place import KILOMETRES_A_DEGREE, Near, Place, kilometres
from bot.domain.study import CTGOV, Eligibility, Intervention, Site, Sponsor, Study, StudyKey
from bot.domain.traits import traits_of

PARIS = Place(name="Paris, France", latitude=48.85341, longitude=2.3488, country="France")
LONDON = Site(city="London", country="United Kingdom", latitude=51.50853, longitude=-0.12574)
TRIAL = Study(
    key=StudyKey(CTGOV, "NCT00000001"),
    overall_status="RECRUITING",
    phases=("PHASE1", "PHASE2"),
    interventions=(Intervention(type="DRUG"), Intervention(type="DEVICE")),
    lead_sponsor=Sponsor("A company", "INDUSTRY"),
    eligibility=Eligibility(
        minimum_age="6 Months", maximum_age="65 Years", sex="FEMALE", healthy_volunteers=False
    ),
    sites=(LONDON,),
)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(statuses=("RECRUITING",)), None),
        (Filter(statuses=("NOT_YET_RECRUITING", "RECRUITING")), None),
        (Filter(statuses=("COMPLETED",)), Miss.STATUS),
        (Filter(phases=("PHASE2", "PHASE3")), None),
        (Filter(phases=("PHASE3",)), Miss.PHASE),
        (Filter(intervention_types=("DEVICE",)), None),
        (Filter(intervention_types=("PROCEDURE",)), Miss.INTERVENTION_TYPE),
        (Filter(sponsor_classes=("INDUSTRY", "NIH")), None),
        (Filter(sponsor_classes=("NIH",)), Miss.SPONSOR_CLASS),
        (Filter(sex="FEMALE"), None),
        (Filter(sex="MALE"), Miss.SEX),
        (Filter(age=0), None),
        (Filter(age=65), None),
        (Filter(age=66), Miss.AGE),
        (Filter(healthy_volunteers=False), None),
        (Filter(healthy_volunteers=True), Miss.HEALTHY_VOLUNTEERS),
        (Filter(countries=("France", "United Kingdom")), None),
        (Filter(countries=("UK",)), None),
        (Filter(countries=("France",)), Miss.COUNTRY),
        (Filter(near=Near(PARIS, 345)), None),
        (Filter(near=Near(PARIS, 340)), Miss.NEAR),
        (Filter(near=Near(PARIS, 345), phases=("PHASE3",)), Miss.PHASE),
    ],
)
def test_each_part_asks_for_what_it_says(wanted: Filter, expected: Miss | None) -> None:
    """One part that does not fit is enough, and it is named."""
    assert miss(wanted, traits_of(TRIAL)) is expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"age": 3}, None),
        ({"sex": "MALE"}, None),
        ({"phases": ("PHASE1",)}, Miss.PHASE),
        ({"statuses": ("RECRUITING",)}, Miss.STATUS),
        ({"near": Near(PARIS, 20000)}, Miss.NEAR),
        ({"healthy_volunteers": True}, Miss.HEALTHY_VOLUNTEERS),
    ],
)
def test_what_a_record_does_not_state(part: dict[str, object], expected: Miss | None) -> None:
    """No stated limit of age or sex keeps nobody out; what else is not stated does not fit."""
    bare = Study(key=TRIAL.key)
    assert miss(msgspec.convert(part, Filter), traits_of(bare)) is expected


def test_site_that_is_closed_for_good_brings_nothing_near() -> None:
    """A withdrawn site does not count; one that is not open yet does."""
    wanted = Filter(near=Near(PARIS, 345))
    for status, expected in (("WITHDRAWN", Miss.NEAR), ("NOT_YET_RECRUITING", None)):
        site = msgspec.structs.replace(LONDON, status=status)
        study = msgspec.structs.replace(TRIAL, sites=(site,))
        assert miss(wanted, traits_of(study)) is expected


def test_site_without_coordinates_is_near_in_the_same_city_only() -> None:
    """A record that gives no coordinates is held against the city's name and country."""
    for city, country, expected in (
        ("PARIS", "France", None),
        ("Paris", "United States", Miss.NEAR),
        ("Lyon", "France", Miss.NEAR),
    ):
        study = msgspec.structs.replace(TRIAL, sites=(Site(city=city, country=country),))
        assert miss(Filter(near=Near(PARIS, 50)), traits_of(study)) is expected


def test_no_filter_takes_every_trial() -> None:
    """An empty filter asks for nothing, even of an empty record."""
    assert miss(NO_FILTER, traits_of(Study(key=TRIAL.key))) is None


degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(a=degrees, b=degrees)
def test_distance_is_the_same_both_ways_and_no_shorter_than_the_latitudes(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    """The quick look at latitudes never throws away a site that is near."""
    there = kilometres(*a, Place(name="b", latitude=b[0], longitude=b[1]))
    back = kilometres(*b, Place(name="a", latitude=a[0], longitude=a[1]))
    assert there == pytest.approx(back, abs=1e-6)
    assert there >= abs(a[0] - b[0]) * KILOMETRES_A_DEGREE - 1e-6
