"""Long values shortened to what changed in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.marking import Piece, aligned
from bot.domain.words import say

ROOM = 300
"""Characters of one value in a line of a message; the whole is a tap away."""

WHOLE = 1_000_000
"""Room for any value: the registry's longest texts have some 32,000 characters."""

AROUND = 5
"""Words left standing on each side of what changed in a long text."""

ELLIPSIS = "…"


def short(value: str, room: int = ROOM) -> str:
    """At most so many characters, without line breaks, cut between words where one ends near."""
    folded = " ".join(value.split())
    if len(folded) <= room:
        return folded
    head = folded[: room - 1]
    blank = head.rfind(" ")
    return (head[:blank] if blank > room // 2 else head).rstrip(" ,;:.") + ELLIPSIS


def reworded(old: str, new: str, room: int = ROOM) -> tuple[str, str]:
    """Both texts with the words marked that changed; nothing is marked where no word stayed.

    Texts that fit stand whole. Of longer ones both are cut at the same places: what stayed loses
    its middle, and what would not fit any more is left off at the end.
    """
    pieces = aligned(old, new)
    if all(piece.changed for piece in pieces):
        return short(old, room), short(new, room)
    whole = (
        _side(piece.old for piece in _marks(pieces)),
        _side(piece.new for piece in _marks(pieces)),
    )
    if max(map(len, whole)) <= room:
        return whole
    kept = list(_fitting(_marks(_shortened(pieces, room // 2)), room))
    return _side(piece.old for piece in kept), _side(piece.new for piece in kept)


def _side(texts: Iterable[str]) -> str:
    return " ".join(text for text in texts if text)


def _marks(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        yield Piece(_mark(piece.old), _mark(piece.new)) if piece.changed else piece


def _mark(words: str) -> str:
    return say("mark", words=words) if words else ""


def _shortened(pieces: tuple[Piece, ...], room: int) -> Iterator[Piece]:
    last = len(pieces) - 1
    for index, piece in enumerate(pieces):
        if piece.changed:
            yield Piece(short(piece.old, room), short(piece.new, room))
        else:
            text = _edge(piece.old, is_first=index == 0, is_last=index == last)
            yield Piece(text, text)


def _fitting(pieces: Iterable[Piece], room: int) -> Iterator[Piece]:
    """The pieces up to where one of the sides would be too long; an ellipsis says that more came.

    The first change is always among them.
    """
    sizes = [0, 0]
    found = False
    for piece in pieces:
        sizes = [
            size + len(text) + 1 for size, text in zip(sizes, (piece.old, piece.new), strict=True)
        ]
        if found and max(sizes) > room:
            yield Piece(ELLIPSIS, ELLIPSIS)
            return
        found = found or piece.changed
        yield piece


def _edge(kept: str, *, is_first: bool, is_last: bool) -> str:
    """What stayed between two changes, or before or behind them, without its middle."""
    words = kept.split()
    head = [] if is_first else words[:AROUND]
    tail = [] if is_last else words[-AROUND:]
    if len(words) <= len(head) + len(tail) + 1:
        return short(kept)
    return short(" ".join([*head, ELLIPSIS, *tail]))
