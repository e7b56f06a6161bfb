"""Words that changed are marked, and nothing is lost by it."""

from __future__ import annotations

import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.marking import Span, marked
from tests.pace import slowness

texts = st.lists(st.sampled_from(["age", "of", "18", "years", "or", "older", "16"])).map(" ".join)


@given(texts, texts)
def test_the_spans_are_the_texts(old: str, new: str) -> None:
    """Joined, the spans give both texts; what stayed is the same on both sides, in order."""
    before, after = marked(old, new)
    assert " ".join(span.text for span in before) == old
    assert " ".join(span.text for span in after) == new
    kept = [
        [word for span in spans if not span.changed for word in span.text.split()]
        for spans in (before, after)
    ]
    assert kept[0] == kept[1]
    assert all(one.changed != other.changed for one, other in itertools.pairwise(before))


@given(texts)
def test_an_equal_text_has_no_mark(text: str) -> None:
    """White space is no change of words."""
    before, after = marked(text, f"  {text.replace(' ', '  ')} ")
    assert before == after
    assert not any(span.changed for span in after)


def test_a_limit_that_moved() -> None:
    """Only the word that changed is marked."""
    before, after = marked("Age of 18 years or older", "Age of 16 years or older")
    assert before == (Span("Age of"), Span("18", changed=True), Span("years or older"))
    assert after == (Span("Age of"), Span("16", changed=True), Span("years or older"))


def test_words_added_at_an_end() -> None:
    """What is only longer has no mark on the old side."""
    before, after = marked("No surgery", "No surgery within 4 weeks")
    assert before == (Span("No surgery"),)
    assert after == (Span("No surgery"), Span("within 4 weeks", changed=True))


def test_long_texts_are_marked_in_good_time() -> None:
    """Two texts of 20,000 words that share nothing take no time, and are marked as a whole."""
    began = time.process_time()
    before, after = marked("a " * 20_000, "b " * 20_000)
    assert time.process_time() - began < 0.5 * slowness()
    assert [span.changed for span in (*before, *after)] == [True, True]
