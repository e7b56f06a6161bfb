"""White space, bullets and numbers of lists."""

from __future__ import annotations

import pytest

from bot.domain.text import fold, lines, pair_alike, prose, shared_words


@pytest.mark.parametrize(
    ("text", "folded"), [(None, ""), ("", ""), (" a\n\tb\xa0 c ", "a b c"), ("plain", "plain")]
)
def test_white_space_is_folded(text: str | None, folded: str) -> None:
    """Any run of white space is one space, and an absent text is an empty one."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    "marked",
    [
        "* Age 18", "- Age 18", "• Age 18", "\u2013 Age 18", "o Age 18", "1. Age 18", "12) Age 18",
        "(3) Age 18", "1.Age 18", "1- Age 18", "1.2. Age 18", "a. Age 18", "b) Age 18", "A. Age 18",
        "iv. Age 18", "(IV) Age 18", "Age 18;", "Age 18.", "* 1. Age 18",
    ],
)  # fmt: skip
def test_marks_of_a_list_say_nothing(marked: str) -> None:
    """A line is the same line whatever bullet, number or letter stands before it."""
    (line,) = lines(marked)
    assert line.key == "Age 18"


@pytest.mark.parametrize(
    "text",
    ["1.5 mg daily", "-5 °C or below", "18- 65 years", "E. coli", "18 years", "< 3 lesions", "ok"],
)
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    """Numbers, minus signs and short names of species are content."""
    (line,) = lines(text)
    assert (line.key, line.shown) == (text, text)


def test_lines_know_their_part() -> None:
    """A heading opens a part, however it is written, and a sentence about criteria does not."""
    text = "Who:\nKEY INCLUSION CRITERIA\n* a\nMeets no exclusion criteria.\nExclusion:\n* b"
    assert [(line.part, line.key) for line in lines(text)] == [
        ("", "Who:"),
        ("inclusion criteria", "inclusion criteria"),
        ("inclusion criteria", "a"),
        ("inclusion criteria", "Meets no exclusion criteria"),
        ("exclusion criteria", "exclusion criteria"),
        ("exclusion criteria", "b"),
    ]


def test_pairs_take_the_most_alike_first() -> None:
    """Each is used once, the best pair wins, and what is not alike enough stays alone."""
    old, new = ["red green", "blue"], ["red", "red green brown", "black"]
    assert pair_alike(old, new, shared_words, 0.5) == [("red green", "red green brown")]


def test_too_many_are_not_compared() -> None:
    """Where nearly everything was rewritten nothing is paired, so that cost stays bounded."""
    many = [f"word {number}" for number in range(101)]
    assert pair_alike(many, many, shared_words, 0.1) == []


def test_empty_texts_are_alike() -> None:
    """Two texts without words do not divide by nothing."""
    assert shared_words("", "") == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A bell:\n\n* is rung\n* is heard", "A bell:\n1. is rung\n2. is heard"),
        ("Rung twice\na day", "Rung twice a day\n"),
        ("• One\n• Two", "One\nTwo"),
        ("", None),
    ],
)
def test_prose_is_its_words(one: str | None, other: str | None) -> None:
    """Bullets, numbers of a list and line ends are no words."""
    assert prose(one) == prose(other)


def test_prose_keeps_numbers_that_are_words() -> None:
    """A dose or a limit at the head of a line is no number of a list."""
    assert prose("1.5 mg a day") == "1.5 mg a day"
    assert prose("-5 degrees") == "-5 degrees"
    assert prose("18 to 65") != prose("16 to 65")
