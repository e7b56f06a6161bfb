"""Searching with filters: what is asked of the registry, and what it finds, over real sockets."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from typing import Any

import msgspec
import pytest

from adapters.ctgov.parse import parse
from adapters.ctgov.registry import CtgovRegistry
from adapters.ctgov.sandbox import Sandbox, SandboxServer
from adapters.ctgov.searching import search_params
from bot.domain.filters import Filter, RegistrySearch, miss
from bot.domain.place import Near, Place
from bot.domain.question import Question
from bot.domain.traits import traits_of
from bot.ports.registry import BadQuery
from tests.adapters.ctgov.sandbox_records import HOUSTON, PARIS, located, study
from tests.fakes.ctgov import HurriedClock
from tests.shared import SHARED, needs_shared, read_jsonl

NEAR_PARIS = Near(Place(name="Paris, France", latitude=48.8534, longitude=2.3488), 100)


@asynccontextmanager
async def registry(records: Sequence[Any]) -> AsyncIterator[CtgovRegistry]:
    """A client of a sandbox with these records."""
    sandbox = Sandbox.from_days({"2026-03-02": records})
    async with (
        SandboxServer(sandbox) as server,
        CtgovRegistry(server.url, clock=HurriedClock(), random=random.Random(1), rate=1e6) as made,
    ):
        yield made


async def numbers(made: CtgovRegistry, asked: Question, **how: Any) -> list[int]:
    """What a search finds, in its order."""
    hits = await made.search(asked, **{"most": 100, **how})
    return [int(hit.key.number[3:]) for hit in hits.hits]


def person(**fields: Any) -> dict[str, Any]:
    """An eligibility module."""
    return {"eligibilityModule": fields}


MADE = [
    study(
        1,
        contactsLocationsModule=located(("Paris", "France", "RECRUITING", PARIS)),
        designModule={"phases": ["PHASE2"]},
        **person(sex="FEMALE", minimumAge="12 Years", maximumAge="17 Years"),
    ),
    study(
        2,
        contactsLocationsModule=located(
            ("Houston", "United States", "RECRUITING", HOUSTON),
            ("Seoul", "Korea, Republic of", "RECRUITING", None),
        ),
        statusModule={"overallStatus": "COMPLETED"},
        **person(sex="ALL", minimumAge="18 Years", healthyVolunteers=True),
    ),
    study(
        3,
        contactsLocationsModule=located(
            ("Pyongyang", "Korea, Democratic People's Republic of", "RECRUITING", None)
        ),
        designModule={"phases": ["PHASE1", "PHASE2"]},
        armsInterventionsModule={"interventions": [{"type": "DEVICE", "name": "a device"}]},
        sponsorCollaboratorsModule={"leadSponsor": {"name": "Somebody", "class": "INDUSTRY"}},
        **person(sex="MALE", maximumAge="11 Years", healthyVolunteers=False),
    ),
]
FOUND = [
    (Filter(near=NEAR_PARIS), [1]),
    (Filter(countries=("France",)), [1]),
    (Filter(countries=("South Korea",)), [2]),
    (Filter(countries=("France", "United States")), [1, 2]),
    (Filter(statuses=("COMPLETED",)), [2]),
    (Filter(statuses=("COMPLETED", "RECRUITING")), [1, 2, 3]),
    (Filter(phases=("PHASE2",)), [1, 3]),
    (Filter(phases=("PHASE1", "PHASE3")), [3]),
    (Filter(age=11), [3]),
    (Filter(age=12), [1]),
    (Filter(age=0), [3]),
    (Filter(age=40), [2]),
    (Filter(sex="FEMALE"), [1, 2]),
    (Filter(sex="MALE"), [2, 3]),
    (Filter(intervention_types=("DEVICE", "DRUG")), [3]),
    (Filter(sponsor_classes=("INDUSTRY",)), [3]),
    (Filter(healthy_volunteers=True), [2]),
    (Filter(healthy_volunteers=False), [1, 3]),
    (Filter(phases=("PHASE2",), sex="FEMALE", statuses=("RECRUITING",)), [1]),
]


@pytest.mark.parametrize(("wanted", "expected"), FOUND)
async def test_each_part_of_a_filter_is_asked_of_the_registry(
    wanted: Filter, expected: list[int]
) -> None:
    """It finds those that fit, and they are those that fit by our own rule as well."""
    async with registry(MADE) as made:
        assert sorted(await numbers(made, Question(filter=wanted))) == expected
        for number in (1, 2, 3):
            record = await made.look_up(f"NCT{number:08}")
            assert (miss(wanted, traits_of(record.study)) is None) == (number in expected)


async def test_a_hit_has_what_a_line_needs() -> None:
    """Title, status and sites come in one answer; the number of all hits too."""
    async with registry(MADE) as made:
        found = await made.search(Question(filter=Filter(phases=("PHASE2",))), most=1)
        counted = await made.search(Question(filter=Filter(phases=("PHASE2",))), most=0)
    (hit,) = found.hits
    assert hit.title == "A Study of Number 1"
    assert hit.status == "RECRUITING"
    assert [site.city for site in hit.sites] == ["Paris"]
    assert hit.sites[0].latitude == PARIS["lat"]
    assert (found.total, counted.total, counted.hits) == (2, 2, ())


async def test_the_newest_come_first_where_they_are_asked_for() -> None:
    """By the day on which they were first posted."""
    days = {1: "2024-05-06", 2: "2026-01-02", 3: "2025-03-04"}
    records = [
        study(number, statusModule={"studyFirstPostDateStruct": {"date": day, "type": "ACTUAL"}})
        for number, day in days.items()
    ]
    async with registry(records) as made:
        anything = Question(filter=Filter(statuses=("RECRUITING",)))
        assert await numbers(made, anything, newest=True) == [2, 3, 1]


async def test_a_search_in_the_registrys_words_is_passed_on() -> None:
    """Each field is a query of its own, its operators included; filters narrow it."""
    records = [
        study(1, conditionsModule={"conditions": ["Heart Attack"]}),
        study(2, conditionsModule={"conditions": ["Stroke"]}),
        study(3, conditionsModule={"conditions": ["Gout"]}),
    ]
    search = RegistrySearch(cond='"heart attack" OR stroke')
    async with registry(records) as made:
        assert sorted(await numbers(made, Question(search=search))) == [1, 2]
        narrowed = Question(search=search, filter=Filter(statuses=("COMPLETED",)))
        assert await numbers(made, narrowed) == []


@pytest.mark.parametrize(
    "asked",
    [
        Question(search=RegistrySearch(cond='"heart')),
        Question(search=RegistrySearch(term="AREA[Nothing]x")),
        Question(search=RegistrySearch(intr="(a OR b")),
        Question(),
        Question(words="()"),
    ],
)
async def test_a_search_that_is_none_is_a_bad_query(asked: Question) -> None:
    """The registry's refusal, and what need not be asked at all, are told apart from an outage."""
    async with registry(MADE) as made:
        with pytest.raises(BadQuery):
            await made.search(asked, most=3)


def test_words_cannot_break_out_of_their_phrase() -> None:
    """Nor can the name of a country: quotes and brackets go."""
    params = search_params(
        Question(words='a") OR AREA[X](b', filter=Filter(countries=('x") OR AREA[Y]("',)))
    )
    assert params["query.cond"] == 'EXPANSION[Concept]"a OR AREA X b"'
    assert "AREA[Y]" not in params["filter.advanced"]


@needs_shared
async def test_the_registry_and_our_own_rule_agree_on_real_records() -> None:
    """Of 150 real records a search finds exactly those that ``miss`` finds nothing against."""
    records = list(islice(read_jsonl(SHARED / "ctgov" / "studies.jsonl.gz"), 150))
    studies = [parse(msgspec.json.encode(one)) for one in records]
    wanted = [one for one, _ in FOUND if one.near is None and not one.countries]
    async with registry(records) as made:
        for one in wanted:
            fitting = {
                int(each.key.number[3:]) for each in studies if miss(one, traits_of(each)) is None
            }
            assert set(await numbers(made, Question(filter=one), most=1000)) == fitting, one
