"""Which words of a text changed, for showing two versions of a line side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec


class Span(msgspec.Struct, frozen=True):
    """Some words in a row, all of them changed or all of them kept."""

    text: str
    changed: bool = False


def marked(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Both texts cut into what stayed and what did not, word by word.

    The texts of the spans, joined by single blanks, are the texts. White space is no change. Beyond
    ``_MOST_COMPARED`` words all between the first and the last difference counts as changed.

    >>> [span.text for span in marked("Age 18 to 65", "Age 16 to 65")[1] if span.changed]
    ['16']
    """
    before, after = old.split(), new.split()
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    middles = before[head : len(before) - tail], after[head : len(after) - tail]
    kept = _kept(*middles)
    first, second = (
        _spans(words, head, tail, [(at[side], size) for *at, size in kept])
        for side, words in enumerate((before, after))
    )
    return first, second


_MOST_COMPARED = 1_000_000
"""Pairs of words: a thousand against a thousand take some tens of milliseconds."""


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words the two have in common at the head."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _kept(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int]]:
    if len(before) * len(after) > _MOST_COMPARED:
        return []
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def _spans(
    words: Sequence[str], head: int, tail: int, kept: Sequence[tuple[int, int]]
) -> tuple[Span, ...]:
    """The whole text as spans; ``kept`` are start and length, counted from the end of the head."""
    stays = [(0, head), *((head + start, size) for start, size in kept), (len(words) - tail, tail)]
    return tuple(_joined(words, stays))


def _joined(words: Sequence[str], stays: Sequence[tuple[int, int]]) -> Iterator[Span]:
    at = 0
    waiting: list[str] = []
    for start, size in stays:
        if start > at:
            if waiting:
                yield Span(" ".join(waiting))
                waiting = []
            yield Span(" ".join(words[at:start]), changed=True)
        waiting += words[start : start + size]
        at = start + size
    if waiting:
        yield Span(" ".join(waiting))
