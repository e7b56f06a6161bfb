"""The order in which what a search finds is shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.filters import NO_FILTER, Filter
from bot.domain.hits import Hit, Hits, is_open, open_first, spot
from bot.domain.place import Near, Place
from bot.domain.question import Question
from bot.domain.replies.search import found
from bot.domain.study import CTGOV, Site, StudyKey
from tests.bot.services.support import lines

LYON = Place(name="Lyon, France", latitude=45.75, longitude=4.85, country="France")
NEAR = Filter(near=Near(LYON, 500))
STATUSES = ("RECRUITING", "NOT_YET_RECRUITING", "AVAILABLE", "ENROLLING_BY_INVITATION", "COMPLETED")


def site(latitude: float | None) -> Site:
    """A place straight north or south of Lyon, or one whose place is not known."""
    return Site(city="X", country="France", latitude=latitude, longitude=latitude and 4.85)


HITS = st.lists(
    st.builds(
        Hit,
        key=st.integers(1, 9999).map(lambda number: StudyKey(CTGOV, f"NCT{number:08}")),
        title=st.just("A trial"),
        status=st.sampled_from((*STATUSES, None)),
        sites=st.lists(st.none() | st.floats(40, 50), max_size=2).map(
            lambda found: tuple(map(site, found))
        ),
    )
).map(tuple)


@given(HITS)
def test_near_a_place_what_is_open_is_before_what_is_not(hits: tuple[Hit, ...]) -> None:
    """Each from near to far, and what has no distance behind; none is lost or doubled."""
    ordered = open_first(hits, NEAR)
    assert sorted(map(repr, ordered)) == sorted(map(repr, hits))
    assert [is_open(one) for one in ordered] == sorted(map(is_open, hits), reverse=True)
    for openness in (True, False):
        far = [spot(one, NEAR).kilometres for one in ordered if is_open(one) is openness]
        known = [one for one in far if one is not None]
        assert far == [*sorted(known), *[None] * (len(far) - len(known))]


@given(HITS)
def test_without_a_place_the_order_is_the_registry_s(hits: tuple[Hit, ...]) -> None:
    """Nothing is ranked that nobody asked for."""
    assert open_first(hits, NO_FILTER) == hits


@pytest.mark.parametrize(
    ("wanted", "said"), [(NEAR, "only they are put in this order"), (NO_FILTER, "The first 1 can")]
)
def test_what_is_not_looked_through_is_not_in_the_order(wanted: Filter, said: str) -> None:
    """The registry may know of one that is nearer, or open, behind those that it gives."""
    hit = Hit(key=StudyKey(CTGOV, "NCT00000001"), title="A trial", status="RECRUITING")
    page = found(
        Question(words="gout", filter=wanted), Hits(hits=(hit,), total=700), date(2026, 3, 2), None
    )
    assert said in lines(page)
