"""What is asked in the registry's query language."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.ctgov import queries
from bot.domain.study import CTGOV, StudyKey


@given(st.text(alphabet=st.sampled_from('ab "\\()[]{}\n\x00é-/'), max_size=30))
def test_no_words_break_out_of_their_phrase(words: str) -> None:
    """Whatever somebody types, the query is one quoted phrase, or nothing."""
    query = queries.condition(words)
    if query is None:
        assert not set(words) & set("abé-/")
        return
    operator, phrase, rest = query.split('"')
    assert (operator, rest) == ("EXPANSION[Concept]", "")
    assert not set(phrase) & set("\\()[]{}\n\x00")


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("lung cancer", "lung cancer"),
        ("Crohn's disease", "Crohn's disease"),
        ('type "2" diabetes)', "type 2 diabetes"),
        ("HPV [human papilloma", "HPV human papilloma"),
        ("heart AND attack", "heart AND attack"),
    ],
)
def test_words_are_kept_as_they_were_typed(words: str, phrase: str) -> None:
    """Only what the query language would trip over is taken out."""
    assert queries.condition(words) == f'EXPANSION[Concept]"{phrase}"'


def test_updated_since_asks_for_new_ones_too() -> None:
    """A trial that was first posted on the day counts as well as one that was updated."""
    assert queries.updated_since(date(2026, 2, 1)) == (
        "AREA[LastUpdatePostDate]RANGE[2026-02-01,MAX]"
        " OR AREA[StudyFirstPostDate]RANGE[2026-02-01,MAX]"
    )


@given(st.integers(0, 350))
def test_batches_hold_every_key_once_and_at_most_a_hundred(count: int) -> None:
    """No call has more ids than the registry takes, and none is lost between two."""
    keys = [StudyKey(CTGOV, f"NCT{number:08}") for number in range(count)]
    batches = list(queries.batches(keys))
    assert [key for batch in batches for key in batch] == keys
    assert all(0 < len(batch) <= 100 for batch in batches)
