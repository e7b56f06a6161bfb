"""Lines in plainer words, or as they are written."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plain.criteria import Criterion, Side, criteria_of
from bot.domain.plain.familiar import is_familiar, rare_share
from bot.domain.plain.grade import grade
from bot.domain.plain.guard import violations
from bot.domain.plain.rewrite import HARDER, Status, reword
from bot.domain.plain.rules import RULES
from tests.shared import needs_shared
from tests.studies_recorded import recorded_studies

ONE_IN = 24
MOST_HELD = 0.02


def line(text: str) -> Criterion:
    """A line of criteria."""
    return Criterion(number=0, text=text, side=Side.EXCLUSION)


@pytest.mark.parametrize(
    ("written", "reworded"),
    [
        ("Severe renal or hepatic disease", "Severe kidney or liver disease"),
        ("Patients aged ≥ 18 years with hypertension",
         "Patients aged 18 years or older with high blood pressure"),
        ("Renal pain for ≥ 3 months", "Kidney pain for at least 3 months"),
        ("An investigational drug within 4 weeks prior to enrollment",
         "An experimental drug in the 4 weeks before enrollment"),
        ("History of Hypertension.", "History of high blood pressure."),
        ("Hypertension", "High blood pressure"),
    ],
)  # fmt: skip
def test_line_is_reworded(written: str, reworded: str) -> None:
    """By rules, with capitals and articles as they must be then."""
    made = reword(line(written))
    assert (made.text, made.status) == (reworded, Status.REWORDED)
    assert made.line.side is Side.EXCLUSION


@pytest.mark.parametrize(
    "written",
    [
        "By the European Society of Hypertension",
        "Non-renal, cardiac-like",
        "The Renal Association's rules",
        "anti-hypertension diet",
    ],
)
def test_names_and_compounds_are_left_alone(written: str) -> None:
    """A word of a proper name, of a compound, or before a possessive is another word."""
    made = reword(line(written))
    assert made.text == written
    assert not made.fired


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("Able to walk", Status.PLAIN),
        ("Glioblastoma", Status.NO_RULE),
        ("AST or ALT over 100", Status.HARDER),
        ("Age ≥ 18 years", Status.HARDER),
    ],
)
def test_line_as_written_says_why(written: str, status: Status) -> None:
    """Plain already, no rule, or harder in more words."""
    made = reword(line(written))
    assert (made.text, made.status, made.fired) == (written, status, ())


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from([word for rule in RULES for word in rule.example[0].split()]), max_size=20
    ).map(" ".join)
)
def test_whatever_stands_there_nothing_wrong_leaves(text: str) -> None:
    """The outcome passes the guard, is not harder, and is the same each time."""
    made = reword(line(text))
    assert made == reword(line(text))
    assert not violations(made.source, made.line, made.fired)
    assert grade(made.text) <= grade(text) + HARDER
    assert (made.status is Status.REWORDED) is bool(made.fired)


def test_forms_of_familiar_words_are_familiar() -> None:
    """Worries, stopped, X-ray; not hepatic."""
    assert all(map(is_familiar, ["worries", "stopped", "x-ray", "patient's", "longest"]))
    assert not is_familiar("hepatic")
    assert rare_share("hepatic pain") == 0.5
    assert rare_share("...") == 0.0


@needs_shared
def test_real_lines_are_easier_and_nothing_wrong_leaves() -> None:
    """Over real records: no violation, none harder, hardly one held by the guard."""
    seen = Counter[Status]()
    for record in recorded_studies()[::ONE_IN]:
        for one in criteria_of(record.eligibility.criteria).lines:
            made = reword(one)
            seen[made.status] += 1
            assert not violations(one, made.line, made.fired)
            assert grade(made.text) <= grade(one.text) + HARDER
    assert seen[Status.GUARD] <= MOST_HELD * seen.total()
    assert seen[Status.REWORDED] >= 0.5 * seen.total()
