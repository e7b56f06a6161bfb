"""Reading grades against counts that others published."""

from __future__ import annotations

import pytest

from bot.domain.plain.grade import grade, sentences, syllables, words

WORDS = {
    "the": 1, "use": 1, "are": 1, "age": 1, "each": 1, "dose": 1, "months": 1, "blood": 1,
    "heart": 1, "patient": 2, "cancer": 2, "treatment": 2, "safety": 2, "chronic": 2,
    "receive": 2, "placebo": 3, "medicine": 3, "condition": 3, "history": 3, "infection": 3,
    "medical": 3, "recruiting": 3, "diagnosis": 4, "criteria": 4, "disability": 5,
    "hypertension": 4, "participate": 4, "participation": 5, "investigational": 6,
    "autism": 3, "asthma": 2, "guidelines": 2, "follow-up": 3, "18": 1,
}  # fmt: skip
"""As the CMU pronouncing dictionary has them."""


@pytest.mark.parametrize(("word", "count"), WORDS.items())
def test_syllables_are_counted_as_a_dictionary_has_them(word: str, count: int) -> None:
    """Silent letters do not count, and vowels that are spoken apart do."""
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "many_words", "many_syllables", "published"),
    [
        ("The cat sat on the mat.", 6, 6, -1.45),
        (
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
            13,
            24,
            11.26,
        ),
    ],
)
def test_grade_is_the_published_one(
    text: str, many_words: int, many_syllables: int, published: float
) -> None:
    """Two sentences whose words and syllables others have counted."""
    assert len(words(text)) == many_words
    assert sum(syllables(word) for word in words(text)) == many_syllables
    assert grade(text) == pytest.approx(published, abs=0.01)


def test_decimals_and_abbreviations_end_no_sentence() -> None:
    """A dose of 1.5 mg is not the end of a sentence, and a line of a list is one."""
    text = "Dr. Smith gave 1.5 mg, e.g. a tablet. It helped!\n* Age 18\n* No pain"
    assert sentences(text) == [
        "Dr. Smith gave 1.5 mg, e.g. a tablet.", "It helped!", "* Age 18", "* No pain"
    ]  # fmt: skip


def test_text_without_a_word_has_no_grade() -> None:
    """Nothing to read is not hard."""
    assert grade(" \n--") == 0.0
