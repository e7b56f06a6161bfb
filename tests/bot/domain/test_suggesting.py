"""Ranking what is suggested."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.suggesting import MOST, ROOM, Candidate, as_number, folded, ranked

WORDS = st.text("abé Ñ", max_size=6)
CANDIDATES = st.lists(
    st.builds(Candidate, WORDS, st.text("xyz", max_size=3), st.integers(0, 3)), max_size=60
)


def labels(*names: str, typed: str) -> list[str]:
    """What is suggested of these, in its order."""
    return [one.label for one in ranked((Candidate(name, name) for name in names), typed)]


def test_what_begins_so_comes_first_then_words_then_what_has_it_inside() -> None:
    """Prefix before a word's beginning before the inside; what has it nowhere is left out."""
    found = labels("Angiosarcoma", "Soft tissue sarcoma", "Asthma", "Sarcoma, Ewing", typed="sarco")
    assert found == ["Sarcoma, Ewing", "Soft tissue sarcoma", "Angiosarcoma"]


def test_case_accents_and_the_order_of_words_do_not_matter() -> None:
    """What people type is found however it is spelled."""
    assert labels("Ménière Disease", typed="MENIERE") == ["Ménière Disease"]
    assert labels("Breast Cancer", typed="cancer bre") == ["Breast Cancer"]


def test_the_weightier_comes_first_among_equals() -> None:
    """What more trials are about is meant more often."""
    found = ranked([Candidate("Ab", "1", 1), Candidate("Abc", "2", 5)], "a")
    assert [one.value for one in found] == ["2", "1"]


@given(CANDIDATES, WORDS)
def test_suggestions_keep_to_discords_limits(candidates: list[Candidate], typed: str) -> None:
    """At most so many, none twice or empty, and each has all that was typed."""
    found = ranked(candidates, typed)
    assert len(found) <= MOST
    assert len({one.value for one in found}) == len({one.label for one in found}) == len(found)
    assert all(0 < len(one.value) <= ROOM for one in found)
    assert all(word in folded(one.label) for one in found for word in folded(typed).split())


@given(st.text(max_size=300))
def test_a_long_label_is_cut(text: str) -> None:
    """In UTF-16 units, so never more than Discord takes."""
    for one in ranked([Candidate(text, "1")], ""):
        assert len(one.label.encode("utf-16-le", "surrogatepass")) // 2 <= ROOM


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("NCT009", "nct009"),
        ("nct 009 020", "nct009020"),
        ("00902", "nct00902"),
        ("https://clinicaltrials.gov/study/NCT00902044", "nct00902044"),
        ("00", None),
        ("sarcoma 2", None),
        ("nct", None),
    ],
)
def test_the_beginning_of_a_number_is_known(typed: str, number: str | None) -> None:
    """With or without its letters; a short number may mean anything."""
    assert as_number(typed) == number
