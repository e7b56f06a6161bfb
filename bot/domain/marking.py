"""Which words of a text changed, for showing two versions of a line side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec


class Span(msgspec.Struct, frozen=True):
    """Some words in a row, all of them changed or all of them kept."""

    text: str
    changed: bool = False


class Piece(msgspec.Struct, frozen=True):
    """The same place in both texts: kept words, or what stood there and what stands there now.

    Of words that only came or only went one side is empty.
    """

    old: str
    new: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.old != self.new


def aligned(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts cut at the same places, word by word, in the order of reading.

    White space is no change. Beyond ``_MOST_COMPARED`` words all between the first and the last
    difference counts as changed.

    >>> [piece.new for piece in aligned("Age 18 to 65", "Age 16 to 65") if piece.changed]
    ['16']
    """
    return tuple(_pieces(old.split(), new.split()))


def marked(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Both texts cut into what stayed and what did not.

    The texts of the spans, joined by single blanks, are the texts.
    """
    pieces = aligned(old, new)
    return (
        tuple(_joined((piece.old, piece.changed) for piece in pieces)),
        tuple(_joined((piece.new, piece.changed) for piece in pieces)),
    )


_MOST_COMPARED = 1_000_000
"""Pairs of words: a thousand against a thousand take some tens of milliseconds."""


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    at, there = 0, 0
    for start, begin, size in (*_kept(before, after), (len(before), len(after), 0)):
        if start > at or begin > there:
            yield Piece(" ".join(before[at:start]), " ".join(after[there:begin]))
        at, there = start + size, begin + size
        if size:
            kept = " ".join(before[start:at])
            yield Piece(kept, kept)


def _kept(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where runs of kept words begin in both, and how long they are, in order."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    if head:
        yield 0, 0, head
    mine, theirs = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(mine) * len(theirs) <= _MOST_COMPARED:
        for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
            if block.size:
                yield head + block.a, head + block.b, block.size
    if tail:
        yield len(before) - tail, len(after) - tail, tail


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words the two have in common at the head."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _joined(parts: Iterator[tuple[str, bool]]) -> Iterator[Span]:
    """The spans of one side: runs of kept words between which nothing stands here are one."""
    waiting: list[str] = []
    for text, changed in parts:
        if changed and text:
            if waiting:
                yield Span(" ".join(waiting))
                waiting = []
            yield Span(text, changed=True)
        elif text:
            waiting.append(text)
    if waiting:
        yield Span(" ".join(waiting))
