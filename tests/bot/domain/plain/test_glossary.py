"""The hard words of trials."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.domain.plain.glossary.book import GLOSSARY, SOURCES, Entry, hard_words
from bot.domain.plain.grade import grade

LEAST = 300
LONGEST = 100
HARDEST = 7.0


def test_there_are_at_least_three_hundred_words() -> None:
    """And none twice."""
    assert len(GLOSSARY) >= LEAST
    spelled = Counter(one for entry in GLOSSARY for one in (entry.word, *entry.spellings))
    assert [word for word, count in spelled.items() if count > 1] == []


@pytest.mark.parametrize("entry", GLOSSARY, ids=lambda entry: entry.word)
def test_each_line_is_short_and_has_a_source(entry: Entry) -> None:
    """One line without a full stop, and not explained by the word itself."""
    assert entry.source in SOURCES
    assert 0 < len(entry.line) <= LONGEST
    assert not entry.line.endswith(".")
    assert entry.word.lower() not in entry.line.lower().split()


def test_lines_are_easier_than_the_words() -> None:
    """Read one after the other as sentences; of two words alone a grade says nothing."""
    assert grade("\n".join(f"It is {entry.line}." for entry in GLOSSARY)) <= HARDEST


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Metastatic carcinoma, ECOG 0 or 1", ["metastasis", "carcinoma", "ECOG"]),
        ("Dr Ed Smith has ED", ["erectile dysfunction"]),
        ("Non-small cell lung cancer", ["non-small cell lung cancer"]),
        ("as art and it is", []),
        ("HbA1c of 7 %; HbA1c again", ["glycated hemoglobin"]),
        ("In the registry: a patient registry", ["patient registry"]),
        ("", []),
    ],
)
def test_words_are_found_in_their_order_and_once(text: str, words: list[str]) -> None:
    """The longest first; abbreviations by their capitals."""
    assert [entry.word for entry in hard_words([text])] == words
