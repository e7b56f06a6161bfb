"""Matching by filters held together gives what each filter by itself would give."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.filters import Filter, is_near, miss
from bot.domain.matching.bits import bits_of, flags_of
from bot.domain.matching.filters import FilterIndex
from bot.domain.matching.index import Index
from bot.domain.matching.near import NearIndex
from bot.domain.place import Near, Place
from bot.domain.study import Eligibility, Intervention, Site, Sponsor, Study
from bot.domain.traits import Spot, traits_of
from bot.domain.watch import Interest, StoredInterest
from tests.bot.domain.trials import trial

DAY = date(2026, 2, 2)
CITIES = (
    ("Paris", "France", 48.85, 2.35),
    ("Lyon", "France", 45.76, 4.84),
    ("Boston", "United States", 42.36, -71.06),
    ("Suva", "Fiji", -18.14, 178.44),
    ("Apia", "Samoa", -13.83, -171.77),
    ("Longyearbyen", "Norway", 78.22, 15.65),
    ("McMurdo", "Antarctica", -77.85, 166.69),
)
LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


def some(values: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few different values."""
    return st.lists(values, max_size=most, unique=True).map(tuple)


STATUSES = st.sampled_from(["RECRUITING", "COMPLETED", "UNKNOWN"])
PHASES = st.sampled_from(["PHASE1", "PHASE2", "NA"])
TYPES = st.sampled_from(["DRUG", "DEVICE"])
CLASSES = st.sampled_from(["INDUSTRY", "NIH", "OTHER"])
SEXES = st.sampled_from(["FEMALE", "MALE", "ALL"])
COUNTRIES = st.sampled_from([country for _, country, _, _ in CITIES])
NEARS = st.builds(
    lambda city, km: Near(
        Place(name=city[0], country=city[1], latitude=city[2], longitude=city[3]), km
    ),
    st.sampled_from(CITIES),
    st.sampled_from([1, 50, 600, 2500, 20_100]),
)
FILTERS = st.builds(
    Filter,
    near=st.none() | NEARS,
    countries=some(COUNTRIES),
    age=st.none() | st.integers(0, 99),
    sex=st.none() | st.sampled_from(["FEMALE", "MALE"]),
    statuses=some(STATUSES),
    phases=some(PHASES),
    intervention_types=some(TYPES),
    sponsor_classes=some(CLASSES),
    healthy_volunteers=st.none() | st.booleans(),
)


def site(city: tuple[str, str, float, float], exact: bool) -> Site:
    """A site in a city, with its coordinates or by name alone."""
    name, country, latitude, longitude = city
    if not exact:
        return Site(city=name, country=country, status="RECRUITING")
    return Site(city=name, country=country, latitude=latitude, longitude=longitude)


STUDIES = st.builds(
    lambda sites, eligibility, status, phases, types, agency: replace(
        trial(conditions=("Sarcoma",)),
        sites=tuple(sites),
        eligibility=eligibility,
        overall_status=status,
        phases=phases,
        interventions=tuple(Intervention(type=one, name=one) for one in types),
        lead_sponsor=Sponsor(name="S", agency_class=agency),
    ),
    st.lists(st.builds(site, st.sampled_from(CITIES), st.booleans()), max_size=4),
    st.builds(
        Eligibility,
        sex=st.none() | SEXES,
        minimum_age=st.sampled_from([None, "18 Years", "6 Months"]),
        maximum_age=st.sampled_from([None, "65 Years", "17 Years"]),
        healthy_volunteers=st.none() | st.booleans(),
    ),
    st.none() | STATUSES,
    some(PHASES),
    some(TYPES),
    st.none() | CLASSES,
)


def followed(id_: int, wanted: Filter, *phrases: str) -> StoredInterest:
    """A followed condition."""
    what = Interest(words="typed", phrases=phrases or ("sarcoma",), filter=wanted)
    return StoredInterest(id=id_, interest=what, since=DAY)


@given(st.lists(FILTERS, min_size=1, max_size=12), st.lists(STUDIES, min_size=1, max_size=3))
def test_together_as_each_by_itself(filters: list[Filter], studies: list[Study]) -> None:
    """A study matches exactly the conditions whose filters it misses in no part."""
    index = Index()
    for number, wanted in enumerate(filters, 1):
        index.add(followed(number, wanted))
    index.add(followed(99, filters[0], "lupus"))
    for study in studies:
        traits = traits_of(study)
        fitting = {n for n, one in enumerate(filters, 1) if miss(one, traits) is None}
        assert index.match(study) == fitting
        parts = index.missed(list(index.ids), study)
        assert parts == {
            n: miss(one, traits) for n, one in enumerate(filters, 1) if n not in fitting
        }


@given(st.lists(FILTERS, min_size=1, max_size=8), STUDIES, st.data())
def test_what_is_dropped_is_forgotten(filters: list[Filter], study: Study, data: Any) -> None:
    """Those that stay match as before, and with the last one nothing is left."""
    index = Index()
    for number, wanted in enumerate(filters, 1):
        index.add(followed(number, wanted))
    before = index.match(study)
    gone = data.draw(st.sets(st.sampled_from(sorted(index.ids))))
    index.drop(gone)
    assert index.match(study) == before - gone
    index.drop(range(len(filters) + 1))
    assert index.match(study) == frozenset()
    left = index._filters
    assert not left._rests.values
    assert not left._nears.values
    facets = (left._trial, left._person, left._country)
    assert not any(facet._wanted.values for facet in facets)
    places = left._places
    assert not any((len(places._towns), places._cells, places._named))


@pytest.mark.parametrize("radius", [0, 1, 49, 500, 3000, 19_000])
@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES, st.floats(0.9, 1.1), st.booleans())
def test_grid_reaches_as_far_as_the_circle(
    radius: int, a: float, b: float, c: float, d: float, off: float, close: bool
) -> None:
    """Over the poles and the date line too: the grid leaves out nothing that is near."""
    if close:  # about as far away as the radius, in some direction
        c, d = max(-90.0, min(90.0, a + off * radius / 111.2 * (1 if c > 0 else -1))), b
    near = Near(Place(name="X", latitude=a, longitude=b), radius)
    spot = Spot("Y", None, c, d)
    index = NearIndex()
    if close:
        index.near_to([spot])  # what is remembered of a site learns of what comes later
    index.add(7, near)
    assert index.near_to([spot]) == (1 << 7 if is_near(spot, near) else 0)


@given(st.sets(st.integers(0, 5000)))
def test_numbers_as_bits(numbers: set[int]) -> None:
    """Numbers are there as bits, and as flags that can be asked after one by one."""
    bits = bits_of(numbers)
    assert bits.bit_count() == len(numbers)
    assert all(bits >> number & 1 for number in numbers)
    size = max(numbers, default=0) + 3
    assert list(flags_of(bits, size)) == [number in numbers for number in range(size)]


def test_equal_filters_are_kept_once() -> None:
    """A million who want the same take no more room than one."""
    index = FilterIndex()
    paris = Near(Place(name="Paris", latitude=48.85, longitude=2.35), 50)
    keys = {index.add(Filter(near=paris, age=age)) for age in (7, 8, 7, 8, 7)}
    assert len(keys) == 2
    assert (len(index._nears.values), len(index._rests.values)) == (1, 2)
