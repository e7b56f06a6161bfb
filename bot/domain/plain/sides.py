"""The headings of a record that say on which side the criteria below them stand.

A heading is believed where it says inclusion or exclusion of itself; one that names both, or turns
its word round in a sentence, is none.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator

import msgspec


class Side(enum.StrEnum):
    """What a line says of who can join."""

    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A side that opens; ``group`` is whom it is for, such as ``Phase 1``, where it says so."""

    side: Side
    group: str | None = None


_SPEAKS = re.compile(r"[ie][nx]clu", re.IGNORECASE)
"""Most lines do not, and need no closer look."""
_OF = r"(?:key|main|major|general|specific|additional|other|common|abbreviated)"
_BEFORE = (
    r"(?:(?:key|main|major|general|specific|additional|other|core|basic|principal|primary|pre"
    r"|study|trial|subjects?|participants?|patients?|volunteers?|donors?|eligibility|selection"
    r"|common|overall|case|control|criteria|the|for|of)[\s/:\-\u2013]+)*"
)
_KEYWORD = r"(?P<word>(?:non[\s\-\u2013]*)?inclusions?|exclusions?|included|excluded)"
_CRITERIA = r"crit[aei]+r[aei]+(?:on|um|as)?"
_AFTER = rf"(?:[\s\-\u2013]+(?:{_CRITERIA}|requirements?|factors?|standards?))?"
_NOTE = r"(?:\s*\([^()]{0,60}\))"
_TAIL = rf"(?:{_NOTE}|\s+(?:for|of|include[sd]?|are|is|were|in|at)\b[^:.]{{0,60}})?"
_END = r"\s*(?P<end>[:.\-\u2013]*)"
_PLAIN = re.compile(rf"{_BEFORE}{_KEYWORD}{_AFTER}{_TAIL}{_END}", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?P<name>\S.*?)(?:\s[\s:\-\u2013]*{_OF})*[\s:\-\u2013]+"
    rf"(?P<word>inclusion|exclusion)\s+{_CRITERIA}(?:{_NOTE}|\s+(?:for|in|at)\b[^:.]{{0,60}})?{_END}"
    rf"|(?P<word_first>inclusion|exclusion)\s+{_CRITERIA}[\s\-\u2013]+(?P<name_last>[^:.]+):",
    re.IGNORECASE,
)
"""``Erectile dysfunction cohort Inclusion Criteria:``, ``Exclusion Criteria Phase 1b:``"""
_FOLLOWING = re.compile(
    r"(?P<before>.*\b(?:following|all|these)\s+(?:[\w-]+\s+)?)"
    rf"(?P<word>inclusion|exclusion)\s+{_CRITERIA}\s*(?P<end>:)",
    re.IGNORECASE,
)
"""``Participants must meet all of the following inclusion criteria:``"""
_PROSE = re.compile(
    r"[<>=≤≥;,]|\.\s|\b(?:not?|nor|non|who|whose|that|which|must|may|can|will|should|has|have|had"
    r"|is|are|was|were|be|meet\w*|met|satisf\w+|fulfil\w*|conform\w*|considered|any|all|these"
    r"|those|this|above|following|per|prior|before|during|than|eligib\w+|inclusion|exclusion"
    r"|inclu\w+|exclu\w+)\b|(?:/|\b(?:and|or|for|of|the|to|with|in|by))$",
    re.IGNORECASE,
)
"""Signs of a sentence, or of both sides in one heading, before the word."""
_TURNED = re.compile(r"\b(?:not?|nor|never|fail\w*|unable|without)\b|n't", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_SECTION = re.compile(r"(?:[IVX]{1,4}|\d{1,2})(?:\.\d{1,2})*\.?\s+")
"""``III.6 EXCLUSION CRITERIA`` has the number of a section of the study plan."""
_STATED_IN = re.compile(
    r"to be (?:eligible|included|enrolled)\b[^:.]*\bmust\b[^:.]*:"
    r"|[^:.]*\bmust\b[^:.]*\bto be (?:eligible|included|enrolled)\b[^:.]*:"
    r"|[^:.]*\b(?:are|were|will be) eligible\b[^:.]*\bif\b[^:.]*:",
    re.IGNORECASE,
)
_STATED_EX = re.compile(
    r"[^:.]*\b(?:are|were|will be) (?:not eligible|ineligible|excluded)\b[^:.]*\bif\b[^:.]*:",
    re.IGNORECASE,
)
_INLINE = re.compile(
    rf"{_BEFORE}(?P<word>(?:non[\s\-\u2013]*)?inclusion|exclusion)[\s\-\u2013]+{_CRITERIA}{_TAIL}\s*"
    r"(?::\s*[\-\u2013*]*|[\-\u2013]+)\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_SHORT_INLINE = re.compile(r"(?P<word>inclusion|exclusion)\s*:\s*(?P<rest>\S.*)", re.IGNORECASE)
_RUN_ON = re.compile(
    rf"(?P<word>(?i:inclusion|exclusion))\s+(?i:{_CRITERIA})\s+(?P<rest>[A-Z][a-z].*)"
)
"""``Exclusion criteria Patients with pain``: the capital letter begins the criterion."""
_BOTH = re.compile(
    rf".*\b(?:inclusion|eligibility)\s*(?:/|&|,|and|or)\s*exclusion\s+{_CRITERIA}[\s:.]*",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(rf"(?:\b(?i:{_OF})\s+)?\b(?:Exclusion Criteria|EXCLUSION CRITERIA)\s*$")
_SPOKEN_OF = re.compile(
    r"\b(?:meet\w*|met|satisf\w+|fulfil\w*)\b[^.;]*$"
    r"|\b(?:per|by|see|under|to|with|in|for|has|have)\s*$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"(?:\b{_OF}\s+){{0,3}}\b(?:inclusion|exclusion)\s+criteri(?:a|on)\s*:", re.IGNORECASE
)
_NAMES = re.compile(rf"\b(?P<word>inclusion|exclusion)s?(?:\s+{_CRITERIA}|\s*/)", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:\b(?:non?|not|pre|post|all|any|the|these|those|this|following|both|and|or|of)|[-/])\s*$",
    re.IGNORECASE,
)
"""What cannot end the line before a heading: the heading is the end of this sentence."""
_LONGEST = 100
"""Characters. What is longer is a sentence that speaks of the criteria."""
_LONGEST_NAMED = 250
"""Characters of a heading with a name and brackets, or of a sentence that states a side."""
_LONGEST_NAME = 50
"""Characters outside brackets."""


def heading_of(bare: str, *, is_item: bool) -> Heading | None:
    """The side that a line without its bullet opens; None where it is no heading of a side."""
    if not _SPEAKS.search(bare):
        return None
    words = bare.strip("*_# ")
    section = _SECTION.match(words)
    if section is not None:
        words = words[section.end() :]
    if len(words) > _LONGEST_NAMED:
        return None
    plain = _PLAIN.fullmatch(words) if len(words) <= _LONGEST else None
    if plain is not None:
        if plain["word"].lower().endswith("ed") and ":" not in plain["end"]:
            return None  # "Patients will be excluded" is a sentence
        return Heading(side=_side_of(plain["word"]))
    following = _FOLLOWING.fullmatch(words)
    if following is not None:
        return _following(following)
    named = None if is_item else _NAMED.fullmatch(words)
    return None if named is None else _named(named)


def inline_of(bare: str) -> tuple[Side, str] | None:
    """The side and the criterion of a line that has its heading before it."""
    if not _SPEAKS.search(bare):
        return None
    found = _INLINE.fullmatch(bare) or _SHORT_INLINE.fullmatch(bare) or _RUN_ON.fullmatch(bare)
    return None if found is None else (_side_of(found["word"]), found["rest"])


def stated_side(bare: str) -> Side | None:
    """The side that a sentence above a list states: ``To be eligible, participants must:``."""
    if len(bare) > _LONGEST_NAMED:
        return None
    if _STATED_EX.fullmatch(bare):
        return Side.EXCLUSION
    if _STATED_IN.fullmatch(bare) and not _TURNED.search(bare):
        return Side.INCLUSION
    return None


def agrees(bare: str, side: Side | None) -> bool:
    """Whether a heading that opens no side can stand on this one: it names no other."""
    return not names_both(bare) and all(
        _side_of(found["word"]) is side for found in _NAMES.finditer(bare)
    )


def names_both(bare: str) -> bool:
    """Whether a line that is no item heads lines of both sides."""
    return len(bare) <= _LONGEST and _BOTH.fullmatch(bare) is not None


def parts_of(line: str) -> Iterator[str]:
    """A line cut where another heading begins in the middle of it, or at its end."""
    if not _SPEAKS.search(line):
        yield line
        return
    start = 0
    for found in _WITHIN.finditer(line):
        before = line[start : found.start()]
        if re.search(r"\w", before) and not _GOES_ON.search(before):
            yield before
            start = found.start()
    rest = line[start:]
    last = _AT_THE_END.search(rest)
    if last is not None and _is_whole(rest[: last.start()]):
        yield rest[: last.start()]
        rest = rest[last.start() :]
    yield rest


def _is_whole(before: str) -> bool:
    """Whether the words before a heading can stand without it."""
    speaks = _GOES_ON.search(before) or _SPOKEN_OF.search(before)
    return bool(re.search(r"\w\s*\S*\w", before)) and not speaks


def _following(found: re.Match[str]) -> Heading | None:
    side = _side_of(found["word"])
    if side is Side.INCLUSION and _TURNED.search(found["before"]):
        return None  # "who do not meet all inclusion criteria:"
    return Heading(side=side)


def _named(found: re.Match[str]) -> Heading | None:
    name = (found["name"] or found["name_last"]).strip(" :-\u2013")
    outside = _BRACKETS.sub("", name).strip()
    if len(outside) > _LONGEST_NAME or _PROSE.search(outside):
        return None
    return Heading(side=_side_of(found["word"] or found["word_first"]), group=name)


def _side_of(word: str) -> Side:
    return Side.INCLUSION if word.lower().startswith("in") else Side.EXCLUSION
