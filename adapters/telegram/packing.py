"""From blocks of lines to parts within Telegram's limits. Pure.

Parts are filled block by block, a block too large for a part line by line, and only a line too
large for a part is cut inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

LIMIT = 4096
"""Characters of a text after entities are parsed (sendMessage), counted in UTF-16 units."""

ENTITIES = 100
"""Entities of one text; Telegram shows what is beyond without its formatting."""


def units(text: str) -> int:
    """The length of a text as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


class Span(msgspec.Struct, frozen=True):
    """A run of text in one style: ``tag`` is b, i or empty, ``href`` makes it a link."""

    text: str
    tag: str = ""
    href: str | None = None


class Line(msgspec.Struct, frozen=True):
    """A line of a block; ``folded`` ones stand in a quotation that opens on a tap."""

    spans: tuple[Span, ...]
    folded: bool = False

    @property
    def size(self) -> int:
        """Its units."""
        return sum(units(span.text) for span in self.spans)

    @property
    def entities(self) -> int:
        """How many it makes, but for the quotation that it may stand in."""
        return sum(bool(span.tag) + bool(span.href) for span in self.spans)


Block = Sequence[Line]
"""Lines that stand together."""


class Part:
    """A part that is being filled, with what it has used of both limits."""

    def __init__(self) -> None:
        self.blocks: list[list[Line]] = []
        self.size = 0
        self.entities = 0

    def takes(self, lines: Block, *, opens: bool) -> bool:
        """Whether there is room for these lines; ``opens`` as a block of their own."""
        size, entities = self._with(lines, opens=opens)
        return size <= LIMIT and entities <= ENTITIES

    def add(self, lines: Block, *, opens: bool) -> None:
        """Take them in."""
        self.size, self.entities = self._with(lines, opens=opens)
        if opens or not self.blocks:
            self.blocks.append([])
        self.blocks[-1].extend(lines)

    def _with(self, lines: Block, *, opens: bool) -> tuple[int, int]:
        """Size and entities with these lines, as a block of their own or in the last block."""
        size, entities = self.size, self.entities
        gap = 0 if not self.blocks else 2 if opens else 1
        folding = bool(self.blocks and not opens and self.blocks[-1][-1].folded)
        for line in lines:
            size += gap + line.size
            entities += line.entities + (line.folded and not folding)
            gap, folding = 1, line.folded
        return size, entities


def pack(blocks: Iterator[Block]) -> list[Part]:
    """Fill parts in order, going over to the next one rather than breaking a block."""
    parts = [Part()]
    for block in blocks:
        if parts[-1].takes(block, opens=True):
            parts[-1].add(block, opens=True)
        elif Part().takes(block, opens=True):
            parts.append(Part())
            parts[-1].add(block, opens=True)
        else:
            _pack_lines(parts, block)
    return [part for part in parts if part.blocks]


def cut(line: Line) -> Iterator[Line]:
    """The line itself, or pieces of it that each fit into a part."""
    room = LIMIT
    kept: list[Span] = []
    for span in line.spans:
        rest = span.text
        while units(rest) > room:
            head = _head(rest, room)
            if head.strip():
                kept.append(msgspec.structs.replace(span, text=head))
            yield Line(tuple(kept), line.folded)
            rest = rest[len(head) :].lstrip()
            kept, room = [], LIMIT
        if rest:
            kept.append(msgspec.structs.replace(span, text=rest))
            room -= units(rest)
    if kept:
        yield Line(tuple(kept), line.folded)


def _head(text: str, room: int) -> str:
    """The longest beginning of ``text`` in ``room`` units, up to a blank where one is near."""
    whole = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    blank = max(whole.rfind(" "), whole.rfind("\n"))
    return whole[:blank] if blank > len(whole) // 2 else whole


def _pack_lines(parts: list[Part], block: Block) -> None:
    """Spread a block that no part can hold; its heading is not left alone at the foot of a part."""
    opens = True
    if not parts[-1].takes(block[:2], opens=True):
        parts.append(Part())
    for line in block:
        if not parts[-1].takes([line], opens=opens):
            parts.append(Part())
        parts[-1].add([line], opens=opens)
        opens = False
