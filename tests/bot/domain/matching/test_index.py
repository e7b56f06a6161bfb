"""Which followed conditions a study belongs to."""

from __future__ import annotations

import sys
from datetime import date
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.filters import NO_FILTER, Filter
from bot.domain.matching.index import Index
from bot.domain.place import Near, Place
from bot.domain.study import MeshTerm, Site, Study
from bot.domain.watch import Interest, StoredInterest
from tests.bot.domain.trials import trial

DAY = date(2026, 2, 2)
PHRASES = ("ewing sarcoma", "ewing", "sarcoma of bone", "sarcoma", "asthma", "ewing sarcoma")

PARIS, LYON, BOSTON = (
    Near(Place(name=name, country=country, latitude=latitude, longitude=longitude), 50)
    for name, country, latitude, longitude in (
        ("Paris", "France", 48.85, 2.35),
        ("Lyon", "France", 45.76, 4.84),
        ("Boston", "United States", 42.36, -71.06),
    )
)


def interest(
    id_: int, *phrases: str, terms: tuple[MeshTerm, ...] = (), narrowed: Filter = NO_FILTER
) -> StoredInterest:
    """A followed condition."""
    what = Interest(words="typed", phrases=phrases, terms=terms, filter=narrowed)
    return StoredInterest(id=id_, interest=what, since=DAY)


def index_of(*interests: StoredInterest) -> Index:
    """An index of these."""
    index = Index()
    for one in interests:
        index.add(one)
    return index


BARE = replace(
    trial(),
    brief_title=None,
    official_title=None,
    acronym=None,
    conditions=(),
    keywords=(),
    condition_meshes=(),
    condition_ancestors=(),
)


@pytest.mark.parametrize(
    ("study", "matches"),
    [
        (replace(BARE, conditions=("Metastatic Ewing's Sarcomas",)), True),
        (replace(BARE, keywords=("EWING SARCOMA",)), True),
        (replace(BARE, brief_title="A trial in Ewing-sarcoma."), True),
        (replace(BARE, official_title="Of Ewing sarcoma"), True),
        (replace(BARE, acronym="Ewing Sarcoma"), True),
        (replace(BARE, conditions=("Ewing", "Sarcoma")), False),
        (replace(BARE, conditions=("Sarcoma of Ewing",)), False),
        (replace(BARE, conditions=("Ewing osteosarcoma",)), False),
        (replace(BARE, brief_summary="Ewing sarcoma"), False),
        (BARE, False),
    ],
)
def test_a_phrase_stands_as_whole_words(study: Study, matches: bool) -> None:
    """Consecutive whole words in one text of the right fields match, and nothing else."""
    assert index_of(interest(1, "ewing sarcoma")).match(study) == ({1} if matches else set())


def test_a_heading_matches_itself_and_below() -> None:
    """A study filed under the term, or with it among the ancestors, matches; others do not."""
    term = MeshTerm("D012509", "Sarcoma")
    index = index_of(interest(1, terms=(term,)), interest(2, terms=(MeshTerm("D1", "Other"),)))
    assert index.match(replace(BARE, condition_meshes=(term,))) == {1}
    assert index.match(replace(BARE, condition_ancestors=(term,))) == {1}
    assert index.match(replace(BARE, intervention_meshes=(term,))) == frozenset()


def test_a_heading_has_two_spellings() -> None:
    """The registry fills ids up with zeros in some records: the heading is the same."""
    index = index_of(interest(1, terms=(MeshTerm("D003920", "Diabetes Mellitus"),)))
    long_id = MeshTerm("D000003920", "Diabetes Mellitus")
    assert index.match(replace(BARE, condition_meshes=(long_id,))) == {1}
    assert index.match(replace(BARE, condition_meshes=(MeshTerm("D039200", "X"),))) == set()


def test_phrases_of_different_lengths() -> None:
    """Phrases that begin alike, or alike for two followers, are all found."""
    index = index_of(
        interest(1, "breast cancer"), interest(2, "breast"), interest(3, "breast cancer"),
        interest(4, "breast cancer of men"),
    )  # fmt: skip
    assert index.match(replace(BARE, conditions=("Breast Cancer",))) == {1, 2, 3}
    assert index.match(replace(BARE, conditions=("Breast cancers of men",))) == {1, 2, 3, 4}


def test_an_index_knows_what_it_holds() -> None:
    """Its size, its largest id and since when each is followed."""
    assert (len(Index()), Index().last_id) == (0, 0)
    index = index_of(interest(3, "a"), interest(7, ""))
    assert (len(index), index.last_id, index.since(7)) == (2, 7, DAY)
    with pytest.raises(KeyError):
        index.since(1)


@given(st.sets(st.integers(0, len(PHRASES) - 1)))
def test_an_index_without_is_as_if_it_never_had(dropped: set[int]) -> None:
    """What is dropped matches nothing and takes no room; the others match as before."""
    term = MeshTerm("D012509", "Sarcoma")
    all_of_them = [
        interest(number + 1, phrase, terms=(term,) if number % 2 else ())
        for number, phrase in enumerate(PHRASES)
    ]
    gone = {number + 1 for number in dropped}
    index = index_of(*all_of_them)
    index.drop({*gone, 99})
    never = index_of(*(one for one in all_of_them if one.id not in gone))
    study = replace(BARE, conditions=PHRASES, condition_meshes=(term,))
    assert index.match(study) == never.match(study) == index.ids
    assert _held(index) == _held(never)


def _held(index: Index) -> object:
    """All that it has in memory, but for how far it learned and numbered, and what it looked at."""
    return _inside(index)


def _inside(value: object) -> object:
    if type(value).__module__.startswith("bot.") and hasattr(value, "__dict__"):
        counted = {"_last_id", "_free", "_looked", "_flags_of_nears"}
        return {name: _inside(one) for name, one in vars(value).items() if name not in counted}
    if isinstance(value, dict):
        return {key: _inside(one) for key, one in value.items()}
    return [_inside(one) for one in value] if isinstance(value, tuple) else value


def test_filter_narrows_its_own_condition_only() -> None:
    """Of two who follow the same words, only the one whose filter fits has the trial."""
    index = index_of(
        interest(1, "sarcoma"),
        interest(2, "sarcoma", narrowed=Filter(phases=("PHASE1",))),
        interest(3, "sarcoma", narrowed=Filter(phases=("PHASE2",))),
    )
    study = replace(BARE, conditions=("Sarcoma",), phases=("PHASE1",))
    assert index.match(study) == {1, 2}
    index.drop([1, 2])
    assert (index.match(study), index.touches(study)) == (frozenset(), True)
    index.drop([3])
    assert not index.touches(study)


def test_what_comes_or_goes_after_a_match_counts() -> None:
    """What was remembered of the places that are near is of those who follow now."""
    index = index_of(interest(1, "sarcoma", narrowed=Filter(near=PARIS)))
    assert index.match(in_lyon()) == frozenset()
    index.add(interest(2, "sarcoma", narrowed=Filter(near=PARIS)))
    assert index.match(in_lyon()) == frozenset()
    index.add(interest(3, "sarcoma", narrowed=Filter(near=LYON)))
    assert index.match(in_lyon()) == {3}
    index.drop([1])
    assert index.match(in_lyon()) == {3}
    index.drop([3])
    index.add(interest(4, "sarcoma", narrowed=Filter(near=BOSTON)))
    assert index.match(in_lyon()) == frozenset()


def test_filed_as_another() -> None:
    """The words of one version under the headings of the other."""
    term = MeshTerm("D012509", "Sarcoma")
    index = index_of(interest(1, terms=(term,)), interest(2, "bell"))
    words, headings = replace(BARE, keywords=("bell",)), replace(BARE, condition_meshes=(term,))
    assert index.match_filed_as(words, headings) == {1, 2}
    assert index.match_filed_as(headings, words) == frozenset()


def in_lyon() -> Study:
    """A trial there; another object each time, as another version is."""
    city = Site(city="Lyon", country="France", latitude=45.76, longitude=4.84, status="RECRUITING")
    return replace(BARE, conditions=("Sarcoma",), sites=(city,))


def calls_of(index: Index, study: Study) -> int:
    """How many calls, of Python and of C, a match makes: a dictionary look-up is one."""
    count, fresh = 0, replace(study)  # what is asked for again is remembered

    def note(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        index.match(fresh)
    finally:
        sys.setprofile(before)
    return count


def test_cost_does_not_grow_with_followers() -> None:
    """A match makes as many look-ups among 10,000 followed conditions as among ten."""
    few, many = (
        index_of(
            *(
                interest(n, f"illness {n}", terms=(MeshTerm(f"C{n}", f"Illness {n}"),))
                for n in range(1, size + 1)
            )
        )
        for size in (10, 10_000)
    )
    study = trial(keywords=("illness 3", "illness of bells"))
    assert few.match(study) == many.match(study) == {3}
    assert calls_of(few, study) == calls_of(many, study)
