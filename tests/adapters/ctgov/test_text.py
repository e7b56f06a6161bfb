"""The registry's marked-up text."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.ctgov.text import folded, unescape


@given(st.text())
def test_what_the_registry_escapes_is_read_as_it_was_typed(typed: str) -> None:
    """Escaping every punctuation mark and reading it again gives the same text."""
    marks = re.escape(string.punctuation)
    assert unescape(re.sub(rf"([{marks}])", r"\\\1", typed)) == typed


@pytest.mark.parametrize("text", [r"C:\data", "a\\\nb", "ends with \\", "", "plain"])
def test_a_backslash_before_anything_else_is_a_backslash(text: str) -> None:
    """Only punctuation can be escaped."""
    assert unescape(text) == text


def test_no_text_stays_no_text() -> None:
    """An absent field has nothing to unescape."""
    assert unescape(None) is None


def test_folding_leaves_one_blank_between_words() -> None:
    """White space and escapes are no part of what a text says."""
    assert folded("  age \\>=\n\n 18\tyears ") == "age >= 18 years"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("age &gt;= 18", "age >= 18"),
        ("Smith &amp; Sons&#39;", "Smith & Sons'"),
        (r"\&gt; stays", "&gt; stays"),
        ("AT&T; R&D", "AT&T; R&D"),
    ],
)
def test_characters_by_name_or_number_are_read(written: str, read: str) -> None:
    """CommonMark writes a character in two ways, and an escaped ampersand is one."""
    assert unescape(written) == read
