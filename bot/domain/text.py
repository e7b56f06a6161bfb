"""Text as a reader takes it: white space, bullets and list numbers say nothing.

Everything that compares or hashes text goes through here, so that ``diff`` and ``digest`` agree on
what is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")


def fold(text: str | None) -> str:
    """Single spaces and none at the ends; an absent text is an empty one."""
    return " ".join(text.split()) if text else ""


class Line(NamedTuple):
    """One line of a list, such as the criteria."""

    part: str
    """``inclusion criteria``, ``exclusion criteria``, or empty before the first such heading."""
    key: str
    """What makes it this line: without bullet, number, letter and closing punctuation."""
    shown: str
    """For people: without its bullet or number."""


_BULLET = re.compile(
    r"""(?:
        [•·●○◦▪■□‣\u2043➢§]+\s*           # what only ever is a bullet
      | \*\s+                        # Markdown's, but not **bold**
      | [-\u2013\u2014](?!\d)\s*                # a dash, unless it is the minus of a number
      | o\s+                          # the round bullet of word processors, as plain text
      | \(?\d{1,2}(?:\.\d{1,2})*[.)]\s+   # 1.  2)  (3)  1.2.  but not 1.5 mg
      | \(\d{1,2}\)
      | \d{1,2}[.)](?=[^\W\d])        # 1.Age
      | \d{1,2}-\s+(?=[^\W\d])        # 1- Age, but not 18- 65 years
    )+""",
    re.VERBOSE,
)
_LETTER = re.compile(
    r"""(?:
        \(?[a-z][.)]\s+            # a.  b)  (c)
      | \(?[ivx]{1,5}[.)]\s+          # ii.  (iv)
      | \(?(?:[A-Z]|[IVX]{1,5})[)]\s+  # A)  (B)  IV)
      | [A-Z][.]\s+(?=[A-Z\d])        # A. Age, but not E. coli
      | [IVX]{1,5}[.)]\s+(?=[A-Z\d])
    )""",
    re.VERBOSE,
)
_HEADING = re.compile(
    r"""(?:(?:key|main|major|general|additional|other|core|study|patients?|subjects?|participants?)
        \s+)*
        (inclusion|exclusion)(?:\s+criteri(?:a|on)|(?=\s*:))
        (?:\s*\([^)]*\)|\s+for\s+[^:]*)?\s*[:.]?""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_HEADING = 80
"""Characters. What is longer is a sentence that speaks of the criteria."""


def lines(text: str | None) -> Iterator[Line]:
    """The lines of a text that is a list, each with the part that it stands in."""
    part = ""
    for raw in (text or "").splitlines():
        folded = fold(raw)
        if not folded:
            continue
        shown = _BULLET.sub("", folded, count=1) if _BULLET.match(folded) else folded
        heading = len(shown) <= _LONGEST_HEADING and _HEADING.fullmatch(shown)
        if heading:
            part = f"{heading[1].lower()} criteria"
            yield Line(part, part, shown)
            continue
        letter = _LETTER.match(shown)
        key = (shown[letter.end() :] if letter else shown).rstrip(" .;,")
        if key:
            yield Line(part, key, shown)


def prose(text: str | None) -> str:
    """The words of a text without white space and without what makes its lines a list.

    A list that got other bullets or numbers, or that was wrapped anew, says the same.
    """
    if not text:
        return ""
    words: list[str] = []
    for raw in text.splitlines():
        line = raw.split()
        if line and (len(line[0]) <= _LONGEST_BULLET or line[0][0] in _BULLETS):
            folded = " ".join(line)
            head = _BULLET.match(folded)
            line = [folded[head.end() :]] if head and head.end() < len(folded) else [folded]
        words += line
    return " ".join(words)


_LONGEST_BULLET = 7
"""Characters of ``(1.2.3)``: a longer first word is no number of a list."""

_BULLETS = "•·●○◦▪■□‣\u2043➢§-\u2013\u2014(0123456789"
"""With what a bullet can begin that stands close to its word."""


def pair_alike(
    old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float], at_least: float
) -> list[tuple[T, T]]:
    """The most alike first, each used once; pairs less alike than ``at_least`` are left out.

    Above ``_MOST_COMPARED`` possible pairs nothing is paired: so much was rewritten that saying
    what became what would be a guess, and the cost would grow with the square.
    """
    if len(old) * len(new) > _MOST_COMPARED:
        return []
    scored = (
        (likeness(mine, theirs), row, column)
        for row, mine in enumerate(old)
        for column, theirs in enumerate(new)
    )
    found = [entry for entry in scored if entry[0] >= at_least]
    found.sort(key=lambda entry: (-entry[0], entry[1], entry[2]))
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for _, row, column in found:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((old[row], new[column]))
    return pairs


_MOST_COMPARED = 10_000


def shared_words(one: str, other: str) -> float:
    """How alike two sentences are: the share of words in common, from 0 to 1 (Dice)."""
    mine, theirs = set(one.split()), set(other.split())
    if not mine and not theirs:
        return 1.0
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))
