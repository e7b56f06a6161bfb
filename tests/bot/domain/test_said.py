"""A filter in words, and the ways to narrow a question."""

from __future__ import annotations

import pytest

from bot.domain.filters import Filter, RegistrySearch
from bot.domain.flood import MOST_A_DAY, changes_a_day, would_flood
from bot.domain.narrowing import narrowing
from bot.domain.place import Near, Place
from bot.domain.question import Question
from bot.domain.said import filter_lines

LYON = Near(Place(name="Lyon, France", latitude=45.7, longitude=4.8), 40)
SAID = [
    (Filter(), ()),
    (Filter(statuses=("RECRUITING",)), ("With the status “Recruiting”.",)),
    (
        Filter(statuses=("COMPLETED", "TERMINATED")),
        ("With one of these statuses: Completed, Terminated.",),
    ),
    (Filter(phases=("NA",)), ("Of this phase: No phase (not a trial of a drug).",)),
    (
        Filter(phases=("EARLY_PHASE1", "PHASE1")),
        ("Of one of these phases: Early phase 1, Phase 1.",),
    ),
    (
        Filter(intervention_types=("DIETARY_SUPPLEMENT",)),
        ("With a treatment of this type: dietary supplement.",),
    ),
    (Filter(sponsor_classes=("INDUSTRY",)), ("With a lead sponsor of this class: industry.",)),
    (Filter(age=12), ("Taking people who are 12 years old.",)),
    (Filter(age=0), ("Taking children in their first year of life.",)),
    (Filter(sex="MALE"), ("Taking boys and men.",)),
    (Filter(healthy_volunteers=True), ("Taking healthy volunteers.",)),
    (Filter(healthy_volunteers=False), ("Not taking healthy volunteers.",)),
    (
        Filter(countries=("France", "Spain"), near=LYON),
        (
            "With a place in one of these countries: France, Spain.",
            "With a place within 40 km of Lyon, France.",
        ),
    ),
]


@pytest.mark.parametrize(("wanted", "lines"), SAID)
def test_each_part_is_a_sentence(wanted: Filter, lines: tuple[str, ...]) -> None:
    """In whole sentences out of the catalogue, with the labels that people know."""
    assert filter_lines(wanted) == lines


def test_what_is_set_already_is_not_offered_again() -> None:
    """Each way leads to a question that asks for more, or for nothing but the words."""
    question = Question(words="gout", page=3)
    while True:
        ways = [one for one in narrowing(question, LYON) if one.label != "Without any of this"]
        assert len({one.label for one in ways}) == len(ways)
        if not ways:
            break
        for one in ways:
            assert one.question.page == 1
            assert len(filter_lines(one.question.filter)) >= len(filter_lines(question.filter))
            assert one.question.filter != question.filter
        question = ways[0].question
    (bare,) = narrowing(question, LYON)
    assert bare.question == Question(words="gout")


def test_a_question_has_the_name_that_was_typed() -> None:
    """A search in the registry's words is named by its fields."""
    assert Question(words="gout").name == "gout"
    assert Question(search=RegistrySearch(cond="gout", locn="Ohio")).name == "cond:gout locn:Ohio"
    assert not Question(filter=Filter(age=1)).name


def test_the_bound_of_a_flood_is_ten_changes_a_day() -> None:
    """As many as are told at once; reckoned from what was measured."""
    assert changes_a_day(1190) == MOST_A_DAY
    assert not would_flood(1190)
    assert would_flood(2000)
