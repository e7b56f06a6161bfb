"""Finding the hard words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from bot.domain.plain.glossary import (
    cancer,
    heart_and_lungs,
    infection,
    life,
    nerves_and_mind,
    organs,
    studies,
    tests,
    treatment,
)

SOURCES = {
    "CTG": "https://clinicaltrials.gov/study-basics/glossary",
    "NCI": "https://www.cancer.gov/publications/dictionaries/cancer-terms",
    "MED": "https://medlineplus.gov",
    "FDA": "https://www.fda.gov/patients",
}
"""Where a word is explained at length."""

_FIELDS = (
    studies, tests, cancer, heart_and_lungs, nerves_and_mind, infection, organs, life, treatment,
)  # fmt: skip


class Entry(msgspec.Struct, frozen=True):
    """A word, its other spellings, one line that explains it, and its source."""

    word: str
    spellings: tuple[str, ...]
    line: str
    source: str


def entries(text: str) -> Iterator[Entry]:
    """The entries of a file. Raises ValueError where a line has not four parts."""
    for row in text.strip().splitlines():
        word, spellings, line, source = row.split("|")
        yield Entry(word, tuple(one for one in spellings.split(";") if one), line, source)


GLOSSARY = tuple(entry for field in _FIELDS for entry in entries(field.ENTRIES))


def _index() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in GLOSSARY:
        for spelling in (entry.word, *entry.spellings):
            found.setdefault(_key(spelling), entry)
    return found


def _key(spelling: str) -> str:
    """Short capitals are abbreviations and keep their case: ED is not the name Ed."""
    return spelling if _is_abbreviation(spelling) else spelling.lower()


def _is_abbreviation(spelling: str) -> bool:
    return sum(letter.isupper() for letter in spelling) > len(spelling) / 3


_ENTRY_OF = _index()
_PATTERN = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(one) for one in sorted(_ENTRY_OF, key=lambda key: (-len(key), key)))
    + r")(?![\w-])",
    re.IGNORECASE,
)


def hard_words(texts: Iterable[str]) -> tuple[Entry, ...]:
    """The entries for the hard words of some texts, in the order in which they appear."""
    found: dict[str, Entry] = {}
    for text in texts:
        for match in _PATTERN.finditer(text):
            entry = _ENTRY_OF.get(match[0]) or _ENTRY_OF.get(match[0].lower())
            if entry is not None:
                found.setdefault(entry.word, entry)
    return tuple(found.values())
