"""The criteria of who can join, told apart: on which side each line stands, and under what heading.

Nothing is guessed. A line stands on a side only where a heading of the record puts it there; where
there is no such heading, the lines have no side and are shown as one list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from bot.domain.plain.sides import (
    Side,
    agrees,
    heading_of,
    inline_of,
    names_both,
    parts_of,
    stated_side,
)

__all__ = ["Criteria", "Criterion", "Side", "criteria_of", "says_that_more_apply"]


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
        whole = raw.translate(_SAME).expandtabs(4)
        if _turned(state, whole):
            continue
        for part in parts_of(whole):
            line = _line(state, number, part)
            if line is not None:
                yield line


def _turned(state: _State, raw: str) -> bool:
    """Whether the line is a heading of a side; the state then has that side."""
    words = " ".join(raw.split())
    bare = _bare(words)
    heading = heading_of(bare, is_item=bare != words)
    if heading is not None:
        _turn(state, heading.side)
        state.group = heading.group
    return heading is not None


def _line(state: _State, number: int, raw: str) -> Criterion | None:
    """Read one line; a heading changes the state and is no line."""
    words = " ".join(raw.split())
    bare = _bare(words)
    if not bare.strip(" .:-") or _turned(state, raw):
        return None
    inline = inline_of(bare)
    if inline is not None:
        side, rest = inline
        _turn(state, side)
        return Criterion(number=number, text=_bare(rest), side=side)
    if _NEITHER.fullmatch(bare) and len(bare) <= _LONGEST_HEADING:
        _turn(state, None)
        return None
    is_item = bare != words
    if state.side is None and not is_item and (stated := stated_side(bare)) is not None:
        _turn(state, stated)
    elif _is_group(bare, is_item=is_item) or (not is_item and names_both(bare)):
        _turn(state, state.side if agrees(bare, state.side) else None)
        state.group = bare.rstrip(" :")
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
