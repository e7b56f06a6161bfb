"""Words and phrases in one normal form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.phrases import normal_words, phrase


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("Sarcomas", "sarcoma"),
        ("soft-tissue SARCOMA", "soft tissue sarcoma"),
        ("diabetes", "diabetes"),
        ("Lupus", "lupus"),
        ("thrombosis", "thrombosis"),
        ("HIV", "hiv"),
        ("AIDS", "aids"),
        ("herpes", "herpes"),
        ("abscess", "abscess"),
        ("diseases", "disease"),
        ("injuries", "injury"),
        ("masses", "mass"),
        ("metastases", "metastasis"),
        ("viruses", "virus"),
        ("Sjögren's syndrome", "sjogren syndrome"),
        ("Alzheimer\u2019s", "alzheimer"),
        ("Alzheimers", "alzheimer"),
        ("  Ménière   disease ", "meniere disease"),
        ("COVID-19", "covid 19"),
        ("snake_case", "snake case"),
        ("β-thalassemia", "β thalassemia"),
        ("!?", ""),
    ],
)
def test_words_are_normal(typed: str, normal: str) -> None:
    """Case, accents, possessive, plural and punctuation do not matter; names of illnesses stay."""
    assert phrase(typed) == normal


@given(st.text())
def test_normal_words_are_whole_words(text: str) -> None:
    """A phrase is its own words with single spaces, whatever was typed."""
    assert phrase(text).split(" ") == list(normal_words(text) or [""])


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Zs", "Nd"])))
def test_case_says_nothing(text: str) -> None:
    """The fully folded text gives the same words."""
    assert normal_words(text.casefold()) == normal_words(text)
