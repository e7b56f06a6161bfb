"""Words and phrases in one normal form, so that what somebody typed finds what a record says."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['\u2019`\u00b4]s\b")
_SHORTEST_PLURAL = 5
"""Letters. Shorter words in s are mostly no plurals here: AIDS, ALS, MS, GIST."""

_NO_PLURALS = frozenset(
    [
        "caries",
        "diabetes",
        "herpes",
        "measles",
        "mumps",
        "pancreas",
        "rabies",
        "scabies",
        "series",
        "species",
        "tabes",
    ]
)
_IRREGULAR = {
    "diagnoses": "diagnosis",
    "metastases": "metastasis",
    "sinuses": "sinus",
    "thromboses": "thrombosis",
    "viruses": "virus",
}


def normal_words(text: str) -> tuple[str, ...]:
    """The words without case, accents, possessive and plural ending.

    >>> normal_words("Ewing's Sarcomas, metastatic")
    ('ewing', 'sarcoma', 'metastatic')
    """
    plain = text.casefold()
    if not plain.isascii():
        marked = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in marked if not unicodedata.combining(letter)).casefold()
    plain = _POSSESSIVE.sub("", plain)
    words = _WORD.findall(plain)
    return tuple([_singular(word) if word[-1] == "s" else word for word in words])


def phrase(text: str) -> str:
    """The normal words with single spaces, the form in which phrases are kept and compared."""
    return " ".join(normal_words(text))


def _singular(word: str) -> str:
    """Drop a plural's ending, where it is one.

    The rule: a final s goes from words of five letters or more, but not from -ss, -us and -is
    (abscess, lupus, thrombosis); -ies becomes -y and -sses becomes -ss; names of illnesses that
    only look like plurals stay (diabetes, herpes), and a few Greek and Latin plurals are listed.
    What is missed costs little, because typed words and records go through the same rule.
    """
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word in _NO_PLURALS:
        return word
    if word.endswith(("ss", "us", "is")):
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1]
