"""Recognising the number of a trial in what somebody typed."""

from __future__ import annotations

import re

from bot.domain.study import CTGOV, StudyKey

_NUMBER = re.compile(r"(?<![A-Za-z0-9])nct[\s:#-]*(\d{8}|0?\d{6})(?!\d)", re.IGNORECASE)


def find_key(text: str) -> StudyKey | None:
    """The first NCT number in a text, a link or a sloppy spelling such as ``nct 902044``.

    The registry's numbers are eight digits; people drop the leading zeros of the old ones, so six
    digits are filled up. None where there is none.
    """
    found = _NUMBER.search(text)
    return StudyKey(CTGOV, f"NCT{int(found[1]):08d}") if found else None


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
    found = (StudyKey(CTGOV, f"NCT{int(one[1]):08d}") for one in _NUMBER.finditer(text))
    return tuple(dict.fromkeys(found))
