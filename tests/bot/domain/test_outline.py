"""Criteria as lines: bullets by depth, headings without."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outline import bullet_of, outline

TEXT = """Inclusion Criteria:

* Any of these:

  * A tumour that grew
    * and was measured
  * Pain
* Age of 18 years
DISEASE CHARACTERISTICS:

1. First
   - below it
2. Second

A last word.
"""


def test_items_keep_their_depth_and_headings_stand_out() -> None:
    """A heading within the criteria ends the list; what is below an item stands further in."""
    assert outline(TEXT) == (
        "Inclusion Criteria:",
        "• Any of these:",
        "  ◦ A tumour that grew",
        "    ▪ and was measured",
        "  ◦ Pain",
        "• Age of 18 years",
        "DISEASE CHARACTERISTICS:",
        "1. First",
        "  ◦ below it",
        "2. Second",
        "A last word.",
    )


def test_what_only_looks_like_an_item_is_none() -> None:
    """A negative number and words in bold are not bullets."""
    assert outline("-5 degrees\n**Bold** words") == ("-5 degrees", "**Bold** words")


def test_a_line_is_read_back() -> None:
    """A platform that lays lists out itself gets bullet, depth and words."""
    assert bullet_of("  ◦ Pain") == ("◦", 1, "Pain")
    assert bullet_of("Inclusion Criteria:") == ("", 0, "Inclusion Criteria:")


@given(st.text(st.sampled_from("ab *-1.)\n\t•"), max_size=200))
def test_no_word_is_lost(text: str) -> None:
    """Whatever the shape, letters come out as they went in."""
    assert "".join(filter(str.isalpha, "".join(outline(text)))) == "".join(
        filter(str.isalpha, text)
    )
