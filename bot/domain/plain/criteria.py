"""The criteria of who can join, told apart: on which side each line stands, and under what heading.

Nothing is guessed. A line stands on a side only where a heading of the record puts it there; where
there is no such heading, the lines have no side and are shown as one list.
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


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """One line. ``number`` is its place among the lines of the text, from 0; ``level`` its depth.

    ``group`` is the heading within its side, such as ``Healthy volunteers``; ``lead_in`` the line
    above that it completes, which ends in a colon.
    """

    number: int
    text: str
    side: Side | None = None
    group: str | None = None
    level: int = 0
    lead_in: str | None = None


class Criteria(msgspec.Struct, frozen=True, kw_only=True):
    """All lines in their order."""

    lines: tuple[Criterion, ...] = ()
    incomplete: bool = False
    """The record itself says that more rules apply than it lists."""

    @property
    def told_apart(self) -> bool:
        """Whether every line has a side."""
        return bool(self.lines) and all(line.side for line in self.lines)

    def of(self, side: Side | None) -> tuple[Criterion, ...]:
        """The lines of one side, or those of none."""
        return tuple(line for line in self.lines if line.side is side)


_BEFORE = (
    r"(?:(?:key|main|major|general|specific|additional|other|core|basic|principal|primary|pre"
    r"|study|trial|subjects?|participants?|patients?|volunteers?|donors?|eligibility|selection"
    r"|common|overall|case|control|criteria|the|for|of)[\s/:\-\u2013]+)*"
)
_KEYWORD = r"(?P<word>inclusions?|exclusions?|included|excluded)"
_AFTER = r"(?:[\s\-\u2013]+(?:crit[ae]+ri(?:a|on|um|as)|requirements?|factors?|standards?))?"
_TAIL = r"(?:\s*\([^()]{0,60}\)|\s+(?:for|of|include[sd]?|are|is|were|in|at)\b[^:.]{0,60})?"
_HEADING = re.compile(
    rf"{_BEFORE}{_KEYWORD}{_AFTER}{_TAIL}\s*(?P<end>[:.\-\u2013]*)", re.IGNORECASE
)
_INLINE = re.compile(
    rf"{_BEFORE}{_KEYWORD}[\s\-\u2013]+crit[ae]+ri(?:a|on|um){_TAIL}\s*(?::\s*[\-\u2013*]*|[\-\u2013]+)\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_SHORT_INLINE = re.compile(r"(?P<word>inclusion|exclusion)\s*:\s*(?P<rest>\S.*)", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?<=\S)\s*(?=\b(?:(?:key|main|major)\s+)?(?:inclusion|exclusion)\s+criteri(?:a|on)\s*:)",
    re.IGNORECASE,
)
_NEITHER = re.compile(
    r"(?:\w+\s+)?(?:withdrawal|discontinuation|termination|drop-?out|randomi[sz]ation|stopping|exit"
    r"|rejection|elimination|shedding)\s+(?:criteri(?:a|on))\b.*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[*•◦▪·●○■□+]|[\-\u2013\u2014](?![\d.]))+\s*")
_NUMBER = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivx]{1,4})[.)]\s+")
_MORE = re.compile(
    r"\b(?:other|additional|further)\b[^.]{0,40}\b(?:protocol[\s-]*(?:defined|specified)|inclusion"
    r"|exclusion|eligibility|criteri)[^.]{0,60}\b(?:appl(?:y|ies)|criteria)\b"
    r"|\bprotocol[\s-]*(?:defined|specified)\b[^.]{0,60}\bcriteria\b[^.]{0,20}\bappl",
    re.IGNORECASE,
)
_SAME = {0xA0: " ", 0xFF1A: ":", 0xFF1B: ";", 0xFF08: "(", 0xFF09: ")"}
"""A blank that does not break, and signs as wide as a Chinese character."""
_LONGEST_HEADING = 100
"""Characters. What is longer is a sentence that speaks of the criteria."""
_LONGEST_GROUP = 80


def criteria_of(text: str | None) -> Criteria:
    """Tell a record's criteria apart; an absent text has no lines."""
    return Criteria(lines=tuple(_lines(text or "")), incomplete=bool(_MORE.search(text or "")))


def says_that_more_apply(line: str) -> bool:
    """Whether a line only says that the list is not complete: it is no rule itself."""
    return bool(_MORE.search(line))


class _State(msgspec.Struct):
    side: Side | None = None
    group: str | None = None
    lead_in: str | None = None
    lead_level: int = 0
    indents: list[int] = msgspec.field(default_factory=list)


def _lines(text: str) -> Iterator[Criterion]:
    state = _State()
    for number, raw in enumerate(text.splitlines()):
        for part in _WITHIN.split(raw.translate(_SAME).expandtabs(4)):
            line = _line(state, number, part)
            if line is not None:
                yield line


def _line(state: _State, number: int, raw: str) -> Criterion | None:
    """Read one line; a heading changes the state and is no line."""
    words = " ".join(raw.split())
    bare = _bare(words)
    if not bare.strip(" .:-"):
        return None
    heading = _heading(bare)
    if heading is not None:
        _turn(state, heading)
        return None
    inline = _INLINE.fullmatch(bare) or _SHORT_INLINE.fullmatch(bare)
    if inline is not None:
        _turn(state, _side_of(inline["word"]))
        return Criterion(number=number, text=_bare(inline["rest"]), side=state.side)
    if _NEITHER.fullmatch(bare) and len(bare) <= _LONGEST_HEADING:
        _turn(state, None)
        return None
    is_item = bare != words
    if _is_group(bare, is_item=is_item):
        state.group, state.lead_in = bare.rstrip(" :"), None
        state.indents.clear()
        return None
    return _criterion(state, number, raw, bare, is_item=is_item)


def _criterion(state: _State, number: int, raw: str, bare: str, *, is_item: bool) -> Criterion:
    level = _level(state, raw) if is_item else 0
    if state.lead_in is not None and level <= state.lead_level:
        state.lead_in = None
    made = Criterion(
        number=number,
        text=bare,
        side=state.side,
        group=state.group,
        level=level,
        lead_in=state.lead_in,
    )
    if bare.endswith(":"):
        state.lead_in, state.lead_level = bare, level
    return made


def _bare(words: str) -> str:
    """Without the bullets and numbers in front; ``* 21. Is a relative`` has both."""
    while True:
        head = _BULLET.match(words) or _NUMBER.match(words)
        if head is None or head.end() == len(words):
            return words.strip("*_ ") if words.startswith(("*", "_")) else words
        words = words[head.end() :]


def _heading(bare: str) -> Side | None:
    """The side that a heading opens; None where it is no heading of a side."""
    found = _HEADING.fullmatch(bare.strip("*_# "))
    if found is None or len(bare) > _LONGEST_HEADING:
        return None
    if found["word"].lower().endswith("ed") and ":" not in found["end"]:
        return None  # "Patients will be excluded" is a sentence
    return _side_of(found["word"])


def _side_of(word: str) -> Side:
    return Side.INCLUSION if word.lower().startswith("in") else Side.EXCLUSION


def _turn(state: _State, side: Side | None) -> None:
    state.side, state.group, state.lead_in = side, None, None
    state.indents.clear()


def _is_group(bare: str, *, is_item: bool) -> bool:
    """A short line with a colon that stands outside the list heads what follows."""
    if is_item or len(bare) > _LONGEST_GROUP:
        return False
    return bare.endswith(":") or (bare.isupper() and len(bare.split()) > 1)


def _level(state: _State, raw: str) -> int:
    indent = len(raw) - len(raw.lstrip())
    while state.indents and state.indents[-1] >= indent:
        state.indents.pop()
    level = len(state.indents)
    state.indents.append(indent)
    return level
