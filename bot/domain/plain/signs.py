"""What in a line must not move: its numbers with units and comparators, its negations and links.

Both the line as written and the line reworded are read by the same functions, so that what they
find can be compared. A reading that is crude on both sides alike does no harm.
"""

from __future__ import annotations

import enum
import re
from collections import Counter
from typing import NamedTuple


class Cue(enum.StrEnum):
    """Small words that turn or join what is said."""

    NOT = "not"
    AND = "and"
    OR = "or"
    UNLESS = "unless"
    EXCEPT = "except"
    IF = "if"
    MUST = "must"


class Amount(NamedTuple):
    """A number as written, its unit in one spelling, and the comparators bound to it."""

    number: str
    unit: str
    comparators: tuple[str, ...]


TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]|_")
"""A word, a number, or a sign; a compound is its parts and its hyphens."""


def tokens(text: str) -> list[str]:
    """The words, numbers and signs of a text, without regard to case and white space."""
    return TOKEN.findall(text.casefold())


_CUES = {
    Cue.NOT: "no not none never neither nor without cannot unable inability unwilling absence"
    " absent lack lacking lacks refuse refuses refusal ineligible",
    Cue.AND: "and &",
    Cue.OR: "or",
    Cue.UNLESS: "unless",
    Cue.EXCEPT: "except excepting exception exceptions excluding",
    Cue.IF: "if",
    Cue.MUST: "must shall required",
}
_CUE_OF = {word: cue for cue, words in _CUES.items() for word in words.split()}
_SHORT_NOT = re.compile(r"n['’]t\b")
_INNER = re.compile(r"[^\W\d_]+|&")


def cues(text: str) -> Counter[Cue]:
    """How often each cue stands in a text."""
    lowered = text.casefold()
    found = Counter(_CUE_OF[word] for word in _INNER.findall(lowered) if word in _CUE_OF)
    shortened = len(_SHORT_NOT.findall(lowered))
    if shortened:
        found[Cue.NOT] += shortened
    return found


_MORE = r"(?:greater|more|higher|older|longer|larger)"
_LESS = r"(?:less|fewer|lower|younger|shorter|smaller)"
_COMPARATOR = re.compile(
    rf"""(?P<number>\d+(?:[.,]\d+)*)
    | (?P<ge>[≥≧⩾] | >\s*/?\s*=) | (?P<le>[≤≦⩽] | =< | <\s*/?\s*=) | (?P<gt>>) | (?P<lt><)
    | (?P<eq>=)
    | \b(?=[abefghilmnostuwy])(?:
        (?P<at_least>at\ least\b | {_MORE}\ than\ or\ equal\ to\b
          | equal\ to\ or\ (?:{_MORE}\ than|above)\b | (?:not|no)\ (?:less|fewer)\ than\b
          | minimum\ of\b)
      | (?P<at_most>at\ most\b | {_LESS}\ than\ or\ equal\ to\b
          | equal\ to\ or\ (?:{_LESS}\ than|below)\b | (?:not|no)\ {_MORE}\ than\b
          | not\ exceeding\b | maximum\ of\b | up\ to\b)
      | (?P<older>(?:or|and)\ (?:{_MORE}|above|over)\b(?!\ than))
      | (?P<younger>(?:or|and)\ (?:{_LESS}|below|under)\b(?!\ than))
      | (?P<more>{_MORE}\ than\b | in\ excess\ of\b | exceeding\b | (?:above|over)\b(?=\ \d))
      | (?P<less>{_LESS}\ than\b | (?:below|under)\b(?=\ \d))
      | (?P<word>(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|once|twice)
          \b))""",
    re.VERBOSE,
)
_SIGN = {
    "ge": "≥", "at_least": "≥", "older": "≥", "le": "≤", "at_most": "≤", "younger": "≤",
    "gt": ">", "more": ">", "lt": "<", "less": "<", "eq": "=",
}  # fmt: skip
_NUMBERS = frozenset({"number", "word"})
_AFTER = frozenset({"older", "younger"})
"""Said after the number that they are bound to."""


def amounts(text: str) -> tuple[Amount, ...]:
    """All numbers in their order; comparators that no number follows stand with an empty one."""
    lowered = text.casefold()
    found: list[tuple[str, str, list[str]]] = []
    waiting: list[str] = []
    for match in _COMPARATOR.finditer(lowered):
        kind = match.lastgroup or ""
        if kind in _NUMBERS:
            found.append((match[0], _unit(lowered, match.end()), waiting))
            waiting = []
        elif kind in _AFTER and found and not waiting:
            found[-1][2].append(_SIGN[kind])
        else:
            waiting.append(_SIGN[kind])
    if waiting:
        found.append(("", "", waiting))
    return tuple(Amount(number, unit, tuple(signs)) for number, unit, signs in found)


_SPELLINGS = {
    "year": "year years yr yrs y",
    "month": "month months mo mos mth mths",
    "week": "week weeks wk wks",
    "day": "day days d",
    "hour": "hour hours hr hrs h",
    "minute": "minute minutes min mins",
    "second": "second seconds sec secs s",
    "times": "x \u00d7 times fold *",
    "%": "% percent",
}
_PLAIN_UNITS = """
    ms msec mg g kg kilogram kilograms gram grams mcg µg μg ng pg l dl ml µl μl mm3 mm cm m mmhg kpa
    iu u ku kua miu mmol nmol pmol µmol μmol umol meq mosm gy bpm hz db cells cell copies points
    point degrees half pack cycles cycle doses dose lines line lbs lb pounds inches feet km ppb ppm
    iu/l gi/l ua log
"""
_UNIT_OF = {
    **{spelling: unit for unit, all_ in _SPELLINGS.items() for spelling in all_.split()},
    **{unit: unit for unit in _PLAIN_UNITS.split()},
}
_LIMIT = r"(?:uln|unl|upper\ limits?\ of\ (?:the\ )?normal|top\ of\ the\ (?:local\ )?normal\ range)"
_UNIT = re.compile(
    rf"""\s*(?:(?P<limit>(?:(?:x|\u00d7|\*|times)\s*)?(?:the\s+)?(?:(?:institutional|laboratory|local)\s+)?{_LIMIT})
    | -?\s*(?P<name>%|[\u00d7*]|[^\W\d_]+)(?P<per>(?:/[^\W_]+)*) | (?P<only>/[^\W\d_]+))""",
    re.VERBOSE,
)


def _unit(lowered: str, end: int) -> str:
    found = _UNIT.match(lowered, end)
    if found is None:
        return ""
    if found["limit"]:
        return "limit"
    if found["only"]:
        return found["only"]
    name = _UNIT_OF.get(found["name"])
    return "" if name is None else name + found["per"]


_AGE = re.compile(r"\b(?:ages?|aged|old|older|younger|adults?|child(?:ren)?|years?)\b|^\W*\d+\W*$")
_OLDER = re.compile(r"\b(?:older|younger)\b")


def speaks_of_age(text: str) -> bool:
    """Whether a number in the text can be an age."""
    return bool(_AGE.search(text.casefold()))


def older_or_younger(text: str) -> int:
    """How often the text compares ages."""
    return len(_OLDER.findall(text.casefold()))


_CLAIMS = """
    safe safer safest safely proven best better effective breakthrough cure cures promising
    guaranteed qualify qualifies recommended you your yours should chance
"""
CLAIMS = frozenset(_CLAIMS.split())
"""Words that no rewording may bring in: they promise, advise or address somebody."""


def claims(text: str) -> Counter[str]:
    """The claims that a text has, and how often."""
    return Counter(word for word in _INNER.findall(text.casefold()) if word in CLAIMS)
