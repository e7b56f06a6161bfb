"""One name spelled anew, or two names."""

from __future__ import annotations

import pytest

from bot.domain.names import NEARLY_EQUAL, name_likeness, name_words, sentence_likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Univ Hospital", "University Hospital"),
        ("St. Mary Hospital", "Saint Mary's Hospital"),
        ("M.D. Anderson Cancer Center", "MD Anderson Cancer Center"),
        ("Hôpital Tenon", "HOPITAL TENON"),
        ("Memorial Sloan Kettering", "Memorial Sloan-Kettering Cancer Center"),
        ("Local Institution", "Local Institution - 0045"),
    ],
)
def test_one_name(one: str, other: str) -> None:
    """Spelling, shortening and what is added at the end make no other place."""
    assert name_likeness(name_words(one), name_words(other)) >= NEARLY_EQUAL
    assert name_likeness(name_words(other), name_words(one)) >= NEARLY_EQUAL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("First Affiliated Hospital of Soochow", "Second Affiliated Hospital of Soochow"),
        ("University Hospital North", "University Hospital South"),
        ("Hospital Kuala Lumpur", "Pantai Hospital Kuala Lumpur"),
        ("Investigational Site 12", "Investigational Site 13"),
        ("USA16-0", "USA06-0"),
        ("City Hospital", "Mercy Hospital"),
        ("Clinic", "Clinic West"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    """A word or number that the other name has not keeps two places apart."""
    assert name_likeness(name_words(one), name_words(other)) < NEARLY_EQUAL
    assert name_likeness(name_words(other), name_words(one)) < NEARLY_EQUAL


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Participants with adverse events", "Participants with serious adverse events", True),
        ("Change in pain at week 12", "Change in pain at week 24", False),
        ("Overall survival", "Progression free survival", False),
    ],
)
def test_sentences_that_are_one_reworded(one: str, other: str, same: bool) -> None:
    """Most of the words in common, and no number against another."""
    assert (sentence_likeness(name_words(one), name_words(other)) >= 0.75) is same
