"""What looks like narrowing and is left among the words."""

from __future__ import annotations

import pytest

from bot.domain.asking.asked import PartKind
from bot.domain.asking.parsing import read
from bot.domain.asking.unread import unread
from bot.domain.filters import NO_FILTER
from bot.domain.question import Question


def left(text: str) -> list[tuple[str, str]]:
    """What is unread of a text, once all that can be understood is taken out."""
    asked = read(text)
    words = " ".join(one.text for one in asked.parts if one.kind is PartKind.WORDS)
    question = Question(words=words, search=asked.search)
    return [(one.key, one.typed) for one in unread(question)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sarcoma phase 7", [("phase", "phase 7")]),
        ("sarcoma age 500", [("age", "age 500")]),
        ("sarcoma recruting", [("status", "recruting")]),
        ("spons:Pfizer phase 3", [("field", "phase 3")]),
        ("age 12 intr:aspirin recruiting now", [("field", "recruiting now")]),
        ("sarcoma age 5 to 12", [("age", "age 5 to 12")]),
        ("asthma not recruiting", [("negated", "not recruiting")]),
        ("asthma no longer recruiting in France", [("negated", "no longer recruiting")]),
        ("asthma not phase 1", [("negated", "not phase 1")]),
        ("asthma not completed", [("negated", "not completed")]),
        ("asthma not in France", [("negated", "not in France")]),
        ("asthma age twelve", [("age", "age twelve")]),
        ("asthma men over 60", [("age", "over 60")]),
        ("asthma 65+", [("age", "65+")]),
        ("asthma 3 months old", [("age", "3 months old")]),
        ("asthma daily", [("rhythm", "daily")]),
        ("asthma every week", [("rhythm", "every week")]),
        ("sarcoma status banana", [("status", "status banana")]),
        (
            "sarcoma age 500 kinds banana recruiting",
            [("age", "age 500"), ("kinds", "kinds banana")],
        ),
    ],
)
def test_a_value_that_cannot_be_is_found(text: str, found: list[tuple[str, str]]) -> None:
    """As typed, with what it looks like."""
    assert left(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "sarcoma phase 2 or 3 age 12 recruiting",
        "sarcoma kinds:results,sites",
        "status epilepticus",
        "status asthmaticus in children",
        "performance status",
        "type 2 diabetes",
        "recruitment of neurons",
        'phase 3 term:"phase 2 recruiting" (recruiting)',
        '"kinds:banana"',
        "aging",
        "early phase schizophrenia",
        "accelerated phase CML",
        "asthma not yet recruiting",
        "asthma active, not recruiting",
        "asthma not healthy volunteers",
        "carcinoma not in situ",
        "lymphoma not otherwise specified",
        "insulin once daily",
        "BMI over 30 kg",
        "metastases in brain",
        "ulcers in Crohn disease",
    ],
)
def test_what_is_understood_or_a_disease_is_not(text: str) -> None:
    """Nobody is bothered with words that are nothing else."""
    assert left(text) == []


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("asthma in Frence", ["France"]),
        ("asthma in germny", ["Germany"]),
        ("asthma in children", []),
        ("lithium in mania", []),
        ("metastases in brain", []),
    ],
)
def test_a_country_that_is_misspelt_is_named(words: str, meant: list[str]) -> None:
    """Words that no place was found for, where one letter makes a country of them."""
    assert [one.meant for one in unread(Question(words=words))] == meant


@pytest.mark.parametrize(
    "typed", ["not recruiting", "no longer recruiting", "not phase 2", "not completed"]
)
def test_what_shall_not_be_is_never_asked_as_what_shall(typed: str) -> None:
    """A filter that is turned round narrows to nothing, least of all to its opposite."""
    assert read(f"asthma {typed}").filter == NO_FILTER


def test_a_country_that_is_left_out_is_not_looked_in() -> None:
    """Not in France is not in France."""
    assert [one.kind for one in read("asthma not in France").parts] == [PartKind.WORDS]
