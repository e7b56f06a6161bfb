"""What a card says of each kind of record: nothing that holds only for another kind."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.domain.cards import short
from bot.domain.cards.card import card_part
from bot.domain.cards.context import Context
from bot.domain.cards.doctor import questions
from bot.domain.cards.parts import Part
from bot.domain.study import Enrollment, Study
from tests.bot.domain.cards.golden_base import DATA_DAY, TODAY
from tests.bot.domain.cards.golden_ended import RESULTS, TERMINATED, UNKNOWN, WITHDRAWN
from tests.bot.domain.cards.golden_open import DEVICE, PHASE_1
from tests.bot.domain.cards.golden_watching import EXPANDED_ACCESS, REGISTRY
from tests.bot.domain.cards.test_card import words_of

CONTEXT = Context(data_day=DATA_DAY, today=TODAY)


def part(study: Study, name: Part) -> str:
    """What one part says."""
    return words_of(card_part(study, name, 1, CONTEXT))


def test_what_is_only_compared_with_is_not_called_tested() -> None:
    """A medicine that only a comparing group gets is not what the trial tests."""
    assert short.tested_names(RESULTS) == "Tolvaran"
    untold = replace(RESULTS, arm_groups=())
    assert short.tested_names(untold) == "Tolvaran and Colchicine"


def test_trial_that_never_began_says_nothing_of_people_in_it() -> None:
    """Neither groups nor risks, and no day is expected any more."""
    assert "groups" not in short.in_short(WITHDRAWN)
    assert "0 people" not in part(WITHDRAWN, Part.TESTED)
    assert "Some people" not in part(WITHDRAWN, Part.LEADS)
    assert "(expected)" not in part(WITHDRAWN, Part.HAPPENED)


def test_day_that_went_by_without_word_was_expected() -> None:
    """An old record's plans are not shown as if they were still ahead."""
    assert "2024-06 (was expected)" in part(UNKNOWN, Part.HAPPENED)
    assert "2027-06 (expected)" in part(PHASE_1, Part.HAPPENED)


@pytest.mark.parametrize("study", [WITHDRAWN, TERMINATED, RESULTS])
def test_nobody_is_led_to_ask_for_a_place_in_a_trial_that_ended(study: Study) -> None:
    """The questions are about how it ended and what there is instead."""
    asked = questions(study)
    assert "others" in asked
    assert not {"site_open", "placebo", "random", "visits"} & set(asked)
    assert ("found" in asked) is (study is not WITHDRAWN)
    assert "takes nobody in now" in part(study, Part.JOIN)


def test_reason_for_stopping_is_given_once() -> None:
    """It stands where the card says that the trial stopped."""
    assert part(TERMINATED, Part.LEADS).count("Lack of efficacy") == 1


def test_access_outside_a_trial_is_not_spoken_of_as_one() -> None:
    """No board, no study team and no results are looked for where there is no study."""
    assert "safety board" not in part(EXPANDED_ACCESS, Part.LEADS)
    assert "study team decides" not in part(EXPANDED_ACCESS, Part.JOIN)
    assert not {"purpose", "results"} & set(questions(EXPANDED_ACCESS))


def test_study_that_only_watches_has_no_side_effects() -> None:
    """Nothing is given in it, so nothing is said to help or to harm."""
    said = part(REGISTRY, Part.LEADS)
    assert "side effects" not in said
    assert "not help" not in said


@pytest.mark.parametrize(("count", "small"), [(15, True), (16, False), (31, False)])
def test_small_is_less_than_half_of_the_middle(count: int, small: bool) -> None:
    """Half of all trials have fewer people than the middle one: that alone is not small."""
    study = replace(PHASE_1, enrollment=Enrollment(count, "ESTIMATED"))
    assert ("small for its kind" in part(study, Part.LEADS)) is small


def test_whoever_gets_both_in_turn_is_told_so() -> None:
    """In a crossover nobody gets only the sham."""
    assert "For some of the time people get a sham." in part(DEVICE, Part.LEADS)
    assert "one after the other" in part(DEVICE, Part.TESTED)
