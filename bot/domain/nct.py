"""Recognising the number of a trial in what somebody typed."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.study import CTGOV, StudyKey

_DIGITS = r"(\d{8}|(?:0{4,6})?(?!0)\d{6})(?!\d)"
"""Eight digits; or, of an old number, the six behind its zeros, alone or behind two to four zeros
too many. Seven or nine digits are none, even with zeros first: ``NCT0090204`` lacks a digit
anywhere and ``NCT009020444`` has one too many, and to fill up or cut either makes another trial.
"""

BEFORE = r"(?<![A-Za-z0-9])nct(?:\s*(?:number|no\.?|nr\.?|id)(?![a-z]))?[\s:#._\u2010-\u2015-]*"
"""What may stand before the digits of a number, its letters in any case."""

_NUMBER = re.compile(rf"{BEFORE}{_DIGITS}", re.IGNORECASE)

_BARE = re.compile(rf"\s*#?{_DIGITS}(?!\S)")


def find_key(text: str) -> StudyKey | None:
    """The first NCT number in a text, a link or a sloppy spelling such as ``nct 902044``.

    The registry's numbers are eight digits; people drop the leading zeros of the old ones, so six
    digits are filled up, and two zeros too many or more are dropped; one digit too few or too many
    is no number. Wide letters and digits of other scripts are read as what they are. None where
    there is none.
    """
    found = _NUMBER.search(_plain(text))
    return _key(found[1]) if found else None


def asked_key(text: str) -> StudyKey | None:
    """The same, of somebody who was asked for a number: ``902044`` will do."""
    found = _BARE.match(_plain(text))
    return _key(found[1]) if found else find_key(text)


def _key(digits: str) -> StudyKey:
    return StudyKey(CTGOV, f"NCT{int(digits):08d}")


def _plain(text: str) -> str:
    """Wide letters and other scripts' digits as others; without the signs that no eye sees."""
    if text.isascii():
        return text
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return _DIGIT.sub(lambda one: str(int(one[0])), seen)


_DIGIT = re.compile(r"\d")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def registry_link(key: StudyKey) -> str:
    """The registry's own page of the trial."""
    return f"https://clinicaltrials.gov/study/{key.number}"


def history_link(key: StudyKey) -> str:
    """The registry's own page of the trial's versions."""
    return f"{registry_link(key)}?tab=history"


def comparison_link(key: StudyKey, old: int, new: int) -> str:
    """The registry's own comparison of two versions, counted from 1 as its pages do."""
    return f"{history_link(key)}&a={old}&b={new}"


def find_keys(text: str) -> tuple[StudyKey, ...]:
    """Every NCT number in a text as ``find_key`` reads them, each once, in their order."""
    return tuple(dict.fromkeys(_key(one[1]) for one in _NUMBER.finditer(_plain(text))))


def without_first(text: str) -> str:
    """A text without its first number, wherever that stands in it, and without links to it."""
    plain, first = _plain(text), find_key(text)
    return _LINKED.sub(lambda one: " " if _key(one[1]) == first else one[0], plain)


def without_any(text: str) -> str:
    """A text without all of its numbers, and without links to them."""
    return _LINKED.sub(" ", _plain(text))


_LINKED = re.compile(rf"(?:https?://[^\s,;]*?)?{_NUMBER.pattern}(?:[?#/][^\s,;]*)?", re.IGNORECASE)
