"""A text that is a list, such as the criteria, as lines with their bullets and their depth."""

from __future__ import annotations

import re
from collections.abc import Iterator

BULLETS = ("•", "◦", "▪")
"""The sign of a line by its depth: it tells the depth where leading blanks are not shown."""

_ITEM = re.compile(r"(?:[*•◦▪+]|[-\u2013](?!\d))\s+(.*)")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z])[.)]\s")


def outline(text: str) -> tuple[str, ...]:
    """The lines that are not empty, each item with its bullet behind two blanks for each level.

    Depth follows from the indentation, as in Markdown; numbered items keep their numbers. What is
    no item (a heading, a paragraph) stands without a bullet and ends the list before it, unless it
    is indented.
    """
    return tuple(_lines(text))


def bullet_of(line: str) -> tuple[str, int, str]:
    """The bullet of such a line, its depth and its words; no bullet where it is no item."""
    bare = line.lstrip()
    if bare.startswith(BULLETS):
        return bare[0], (len(line) - len(bare)) // 2, bare[1:].lstrip()
    return "", (len(line) - len(bare)) // 2, bare


def _lines(text: str) -> Iterator[str]:
    levels: list[int] = []
    for raw in text.expandtabs(4).splitlines():
        words = raw.strip()
        if not words:
            continue
        indent = len(raw) - len(raw.lstrip())
        item = _ITEM.fullmatch(words)
        if item is None and not _NUMBERED.match(words):
            levels = [level for level in levels if level < indent]
            yield "  " * len(levels) + words
            continue
        levels = [level for level in levels if level < indent]
        depth = len(levels)
        levels.append(indent)
        sign = BULLETS[min(depth, len(BULLETS) - 1)]
        yield "  " * depth + (words if item is None else f"{sign} {item[1].strip()}")
