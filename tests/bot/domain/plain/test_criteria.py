"""Criteria told apart, in the shapes in which records have them."""

from __future__ import annotations

import pytest

from bot.domain.plain.criteria import Criterion, Side, criteria_of

IN, EX = Side.INCLUSION, Side.EXCLUSION


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Inclusion Criteria:\n\n* a\n\nExclusion Criteria:\n\n* b", [("a", IN), ("b", EX)]),
        ("INCLUSION:\n1. a\nEXCLUSION\n(2) b", [("a", IN), ("b", EX)]),
        ("Key inclusion criteria (part 1):\n- a\nMain Exclusion Criteria -\n- b",
         [("a", IN), ("b", EX)]),
        ("Subject Inclusion Criteria\na\nCriteria for exclusion:\nb", [("a", IN), ("b", EX)]),
        ("Inclusion Criteria:- a b\nExclusion criteria: none", [("a b", IN), ("none", EX)]),
        ("Inclusion Criteria: a. Exclusion Criteria: b", [("a.", IN), ("b", EX)]),
        ("Inclusion Criteria\uff1a\n\n1. a", [("a", IN)]),
        ("* 21. Is a relative of staff", [("Is a relative of staff", None)]),
        ("* Age 18 or over\n* No pain", [("Age 18 or over", None), ("No pain", None)]),
        ("DISEASE CHARACTERISTICS:\n\n* a", [("a", None)]),
        ("Inclusion Criteria:\n* a\nWithdrawal criteria:\n* b", [("a", IN), ("b", None)]),
        ("Exclusion Criteria:\n* Patients will be excluded if ill",
         [("Patients will be excluded if ill", EX)]),
        ("Inclusion Criteria:\n* -5 to 3 points", [("-5 to 3 points", IN)]),
        ("Inclusion Criteria:\n* .\n* a", [("a", IN)]),
        ("* Key Inclusion Criteria:\n  * a\n* Key Exclusion Criteria:\n  * b",
         [("a", IN), ("b", EX)]),
        ("Inclusion Criteria:\n* a\nNon-Inclusion Criteria:\n* b", [("a", IN), ("b", EX)]),
        ("INCLUSION CRITERIA:\n* a\nEXCLUSION CRITIERIA:\n* b", [("a", IN), ("b", EX)]),
        ("III.6 EXCLUSION CRITERIA\n* b", [("b", EX)]),
        ("* Stable couple Exclusion Criteria:\n* b", [("Stable couple", None), ("b", EX)]),
        ("Participants must meet all of the following inclusion criteria:\n* a", [("a", IN)]),
        ("Exclusion Criteria:\n* People who do not meet all inclusion criteria:\n* b",
         [("People who do not meet all inclusion criteria:", EX), ("b", EX)]),
        ("Inclusion Criteria:\n* a\nNo inclusion / Exclusion Criteria:\n* b",
         [("a", IN), ("b", None)]),
        ("Inclusion Criteria:\n* a\nGeneral eligibility and exclusion criteria:\n* b",
         [("a", IN), ("b", None)]),
        ("Inclusion Criteria:\n* a\nGeneral inclusion and exclusion criteria\n* b",
         [("a", IN), ("b", None)]),
        ("Inclusion Criteria:\n* a\nExclusion criteria Pain in the arm\n* b",
         [("a", IN), ("Pain in the arm", EX), ("b", EX)]),
        ("Inclusion Criteria:\n* a\n* 20 to 150 kg Exclusion Criteria\n* b",
         [("a", IN), ("20 to 150 kg", IN), ("b", EX)]),
        ("Inclusion Criteria:\n* Meets none of the Exclusion Criteria\n* b",
         [("Meets none of the Exclusion Criteria", IN), ("b", IN)]),
        ("To be eligible, participants must:\n* a",
         [("To be eligible, participants must:", IN), ("a", IN)]),
        ("Patients will be excluded if any of these holds:\n* b",
         [("Patients will be excluded if any of these holds:", EX), ("b", EX)]),
        ("", []),
        (None, []),
    ],
)  # fmt: skip
def test_line_stands_on_the_side_that_a_heading_gives_it(
    text: str | None, sides: list[tuple[str, Side | None]]
) -> None:
    """With and without bullets, numbers and colons; never a guess where no heading says it."""
    assert [(line.text, line.side) for line in criteria_of(text).lines] == sides


def test_group_heads_the_lines_below_it_within_a_side() -> None:
    """Healthy volunteers have rules of their own, on the same side, until the side turns."""
    text = "Inclusion Criteria:\nPatients:\n* a\nHealthy volunteers:\n* b\nExclusion Criteria:\n* c"
    groups = [(line.text, line.group) for line in criteria_of(text).lines]
    assert groups == [("a", "Patients"), ("b", "Healthy volunteers"), ("c", None)]


@pytest.mark.parametrize(
    ("heading", "side", "group"),
    [
        ("Headache cohort Inclusion Criteria:", IN, "Headache cohort"),
        ("Phase 1b Key Exclusion Criteria", EX, "Phase 1b"),
        ("Cohort A (lung, heart) - Specific Inclusion Criteria:", IN, "Cohort A (lung, heart)"),
        ("Sibling Inclusion Criteria for the Blood Part:", IN, "Sibling"),
        ("Exclusion Criteria Part B:", EX, "Part B"),
    ],
)
def test_heading_of_a_side_that_names_whom_it_is_for_heads_a_group(
    heading: str, side: Side, group: str
) -> None:
    """The side turns, even from the other one, and no word of the heading becomes a criterion."""
    for before in ("Inclusion Criteria:", "Exclusion Criteria:"):
        lines = criteria_of(f"{before}\n\n{heading}\n\n* a").lines
        assert [(line.text, line.side, line.group) for line in lines] == [("a", side, group)]


def test_nested_line_knows_its_depth_and_what_it_completes() -> None:
    """A line below one that ends in a colon completes it; the next at its level does not."""
    text = "Inclusion Criteria:\n\n* One of:\n\n  * a\n  * b\n\n* c"
    assert criteria_of(text).lines == (
        Criterion(number=2, text="One of:", side=IN),
        Criterion(number=4, text="a", side=IN, level=1, lead_in="One of:"),
        Criterion(number=5, text="b", side=IN, level=1, lead_in="One of:"),
        Criterion(number=7, text="c", side=IN),
    )


@pytest.mark.parametrize(
    ("text", "incomplete"),
    [
        ("* Other protocol-defined inclusion/exclusion criteria may apply", True),
        ("* Further criteria apply", True),
        ("* Additional inclusion and exclusion criteria apply.", True),
        ("* No other cancer", False),
    ],
)
def test_record_that_says_that_its_list_is_incomplete_is_believed(
    text: str, incomplete: bool
) -> None:
    """What the record does not say is not said for it."""
    assert criteria_of(text).incomplete is incomplete
