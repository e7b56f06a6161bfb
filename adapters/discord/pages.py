"""What a message says, as blocks of markdown lines, and the filling of cards with them."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator

import msgspec

from adapters.discord.markup import ELLIPSIS, fit, lines, pieces, units
from bot.domain.message import Message, Section
from bot.domain.outline import bullet_of

HEADING = 256
"""The longest heading of a section, and the longest label of a fact."""

MARKUP = 16
"""Room for what is written around a line and a heading: ``### ``, ``-# ``, ``**:** ``."""

LEAST = 3
"""What fits on no card begins where this part of one is left, and else on the next."""

DEEPEST = 3
"""How far a point is set in at most."""

_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
"""How a line begins that has a number of its own."""

_GOES_ON = f" {ELLIPSIS}"


class Place(enum.Enum):
    """Where a block stands on a card."""

    LEDE = enum.auto()
    FACTS = enum.auto()
    SECTION = enum.auto()


class Block(msgspec.Struct, frozen=True):
    """Lines of markdown that belong together."""

    place: Place
    lines: tuple[str, ...]
    heading: str = ""

    @property
    def text(self) -> str:
        """The heading and the lines."""
        return "\n".join((f"### {self.heading}", *self.lines) if self.heading else self.lines)

    def fitting(self, room: int) -> int:
        """How many of the lines fit into so many units, from the first."""
        left = room - units(msgspec.structs.replace(self, lines=()).text)
        for count, line in enumerate(self.lines):
            left -= units(line) + 1
            if left < 0:
                return count
        return len(self.lines)

    def parted(self, count: int) -> tuple[Block, Block]:
        """The first lines, and the others under the same heading, which says that it goes on."""
        again = self.heading and self.heading.removesuffix(_GOES_ON) + _GOES_ON
        return (
            msgspec.structs.replace(self, lines=self.lines[:count]),
            msgspec.structs.replace(self, lines=self.lines[count:], heading=again),
        )


def blocks(message: Message, room: int) -> Iterator[Block]:
    """All but title and footer in the order of reading; nothing that shows nothing."""
    longest = room - HEADING - MARKUP
    facts = [
        line
        for fact in message.facts
        for line in _labelled(fit(fact.label, HEADING), _lines([fact.value], longest - HEADING))
    ]
    yield from _seen(Block(Place.LEDE, tuple(_lines([message.lede or ""], longest))))
    yield from _seen(Block(Place.FACTS, tuple(facts)))
    for section in message.sections:
        yield from _seen(_section(section, longest))


def fill(blocks: Iterable[Block], room: int) -> list[list[Block]]:
    """The blocks on as few cards of ``room`` units as leave whole what fits on one; at least one.

    A unit is left free at each block, so that they can be joined by a line's end.
    """
    cards, left = [list[Block]()], room
    for whole in blocks:
        block = whole
        while (size := units(block.text)) > left:
            count = block.fitting(left)
            if not cards[-1] or (count and size > room and left >= room // LEAST):
                taken, block = block.parted(count)
                cards[-1].append(taken)
            cards.append([])
            left = room
        cards[-1].append(block)
        left -= size + 1
    return cards


def _section(section: Section, longest: int) -> Block:
    """Several lines are a list, but for what heads them, is set in, or has numbers of its own.

    What may be folded is set small: here nothing opens by a tap.
    """
    items = [bullet_of(line) for line in section.lines]
    margin = min((depth for bullet, depth, _ in items if bullet), default=None)
    shown: list[str] = []
    for line, (bullet, depth, words) in zip(section.lines, items, strict=True):
        alone = depth or len(items) == 1 or line.endswith(":") or _NUMBERED.match(line)
        marked = not alone if margin is None else bool(bullet)
        if section.folded or not marked:
            small = "-# " if section.folded else ""
            shown += [piece and small + piece for piece in _lines([line], longest)]
        else:
            first, *others = _lines([words], longest)
            shown += [f"{'  ' * min(depth - (margin or 0), DEEPEST)}- {first}", *others]
    return Block(Place.SECTION, tuple(shown), fit(section.heading, HEADING))


def _labelled(label: str, values: Iterable[str]) -> Iterator[str]:
    for index, value in enumerate(values):
        yield value if index else f"**{label}:** {value}"


def _lines(texts: Iterable[str], longest: int) -> Iterator[str]:
    for text in texts:
        for line in lines(text):
            yield from pieces(line, longest)


def _seen(block: Block) -> Iterator[Block]:
    if block.heading or any(line.strip() for line in block.lines):
        yield block


def small_print(text: str, limit: int) -> str:
    """A text of about ``limit`` characters at most, set small; empty where nothing would show."""
    shown = []
    for line in lines(text):
        if line.strip() and limit > 0:
            shown.append(f"-# {fit(line, limit)}")
            limit -= len(line)
    return "\n".join(shown)
