"""Criteria, line by line."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.domain.change import Kind, Op
from bot.domain.diff.studies import diff
from tests.bot.domain.trials import CRITERIA, trial

INCLUSION, EXCLUSION = "inclusion criteria", "exclusion criteria"


Told = list[tuple[Op, str | None, str | None, str | None]]


def told(new: str | None, old: str | None = CRITERIA) -> Told:
    """The changes of the criteria alone."""
    base = trial()
    before, after = (
        replace(base, eligibility=replace(base.eligibility, criteria=text)) for text in (old, new)
    )
    changes = diff(before, after)
    assert all(one.kind is Kind.ELIGIBILITY for one in changes)
    return [(one.op, one.item, one.old, one.new) for one in changes]


@pytest.mark.parametrize(
    "rewritten",
    [
        CRITERIA.replace("* ", "1. "),
        CRITERIA.replace("1. ", "- ").replace("2. ", "- "),
        CRITERIA.replace("1. ", "3) ").replace("2. ", "4) "),
        CRITERIA.replace("\n", "\n\n"),
        CRITERIA.replace("Inclusion Criteria:", "KEY INCLUSION CRITERIA"),
        CRITERIA.replace("1. Pregnancy\n2. Brain metastases that need treatment",
                         "1. Brain metastases that need treatment\n2. Pregnancy"),
        CRITERIA.replace("proven sarcoma", "proven\n  sarcoma"),
        CRITERIA.replace("or older", "or older;"),
    ],
)  # fmt: skip
def test_the_same_criteria(rewritten: str) -> None:
    """Bullets, numbers, wrapping, order within a part and the style of headings say nothing."""
    assert rewritten != CRITERIA
    assert told(rewritten) == []


def test_a_line_is_reworded() -> None:
    """A line that keeps half of its words is the same line, with both wordings."""
    assert told(CRITERIA.replace("18 years", "16 years")) == [
        (Op.CHANGED, INCLUSION, "Age of 18 years or older", "Age of 16 years or older")
    ]


def test_lines_come_and_go() -> None:
    """A line that is new, and one that is gone, stand with the part that they are in."""
    text = CRITERIA.replace("1. Pregnancy", "1. Infection with HIV").replace(
        "0 to 1", "0 to 1\n* MRI"
    )
    assert sorted(told(text), key=str) == sorted(
        [
            (Op.ADDED, EXCLUSION, None, "Infection with HIV"),
            (Op.REMOVED, EXCLUSION, "Pregnancy", None),
            (Op.ADDED, INCLUSION, None, "MRI"),
        ],
        key=str,
    )


def test_a_line_changes_sides() -> None:
    """What was excluded and is now included is two changes, though the words are the same."""
    text = CRITERIA.replace("1. Pregnancy\n", "").replace("0 to 1", "0 to 1\n* Pregnancy")
    assert told(text) == [
        (Op.REMOVED, EXCLUSION, "Pregnancy", None),
        (Op.ADDED, INCLUSION, None, "Pregnancy"),
    ]


def test_a_heading_comes_around_lines() -> None:
    """Lines that get their first heading stay what they are; the heading is the only change."""
    assert told("Inclusion Criteria:\n* Age 18\n* Sarcoma", "* Sarcoma\n* Age 18") == [
        (Op.ADDED, INCLUSION, None, "Inclusion Criteria:")
    ]


def test_a_line_listed_twice() -> None:
    """One of two equal lines that goes is one line removed."""
    assert told("* Age\n* Sarcoma", "* Age\n* Age\n* Sarcoma") == [(Op.REMOVED, None, "Age", None)]


def test_all_criteria_go() -> None:
    """An emptied field is every line removed."""
    assert {op for op, *_ in told(None)} == {Op.REMOVED}
    assert len(told(None)) == 7
