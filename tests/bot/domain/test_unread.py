"""What looks like narrowing and is left among the words."""

from __future__ import annotations

import pytest

from bot.domain.asked import PartKind
from bot.domain.asking import read
from bot.domain.question import Question
from bot.domain.unread import unread


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
    ],
)
def test_what_is_understood_or_a_disease_is_not(text: str) -> None:
    """Nobody is bothered with words that are nothing else."""
    assert left(text) == []
