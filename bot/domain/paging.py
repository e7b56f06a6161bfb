"""Long messages as sides that each fit into one message of any platform.

What counts is the smallest room among the platforms: Discord takes 4,000 characters of text in one
message of components and Telegram 4,096 after markup is parsed. A text is weighed as both count at
worst: in UTF-16 units, and double where Discord's markup has to be disarmed by a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from bot.domain.message import Button, Message, Section
from bot.domain.words import say

SIDE = 3800
"""What one side may weigh; the rest up to Discord's 4,000 is for what a renderer puts between."""

LEAST = 1000
"""Room for sections that stands beside the longest heads and feet."""

SECTIONS = 20
"""Sections of one side: each has markup of its own (Telegram shows 100 entities) and on Discord
perhaps a component of its own (40 in all, with up to 16 buttons and their rows)."""

BETWEEN = 3
"""What a line costs beside its text: its end, and a bullet."""

HEADING = 8
"""What a heading costs beside its text: an empty line, and markup round it."""

SCRAP = 200
"""Of a line that is cut, so much goes on a page at least, however long its heading is."""

_ESCAPED = re.compile(r"[\\*_~|`<>#\[\]@+:-]|(?:^|\s)\d+(?=[.)])", re.MULTILINE)

Item = TypeVar("Item")


def weight(text: str) -> int:
    """UTF-16 units, with one more for each character that might be escaped."""
    units = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
    return units + len(_ESCAPED.findall(text))


def weight_of(section: Section) -> int:
    """What a section takes of a side."""
    return HEADING + weight(section.heading) + sum(weight(li) + BETWEEN for li in section.lines)


def room_in(message: Message) -> int:
    """What its title, lede, facts and footer leave of a side for sections."""
    used = sum(HEADING + weight(text or "") for text in (message.title, message.lede))
    used += HEADING + weight(message.footer or "") + weight(message.link or "")
    used += sum(HEADING + weight(fact.label) + weight(fact.value) for fact in message.facts)
    return max(SIDE - used, LEAST)


def split(sections: Iterable[Section], room: int) -> tuple[tuple[Section, ...], ...]:
    """Sections as pages of at most ``room``: at least one page, and no page is empty beside it.

    A page ends at the border of a section where that section fits into the next page, else between
    two of its lines, and only within a line that no page holds. Where a section goes on, its
    heading is said again. The same sections give the same pages.
    """
    pages: list[list[Section]] = [[]]
    left = room
    for section in sections:
        takes = weight_of(section)
        full = len(pages[-1]) >= SECTIONS
        if pages[-1] and (full or takes > left) and (full or takes <= room or left < room // 2):
            pages.append([])
            left = room
        if takes <= left:
            pages[-1].append(section)
            left -= takes
            continue
        for piece in _pieces(section, left, room):
            if pages[-1] and weight_of(piece) > left:
                pages.append([])
                left = room
            pages[-1].append(piece)
            left -= weight_of(piece)
    return tuple(tuple(page) for page in pages)


def grouped(
    items: Iterable[Item], takes: Callable[[Item], int], room: int, most: int
) -> tuple[tuple[Item, ...], ...]:
    """What must not be parted, as pages of at most ``most`` that weigh at most ``room`` in all.

    An item that is heavier has a page of its own.
    """
    pages: list[list[Item]] = []
    left = 0
    for item in items:
        heavy = takes(item)
        if not pages or len(pages[-1]) == most or heavy > left:
            pages.append([])
            left = room
        pages[-1].append(item)
        left -= heavy
    return tuple(tuple(page) for page in pages)


def page_buttons(page: int, pages: int, action: Callable[[int], str]) -> Iterator[Button]:
    """To the pages beside this one; ``action`` is asked for their numbers."""
    if page > 1:
        yield Button(say("button.page.previous"), action=action(page - 1), apart=True)
    if page < pages:
        yield Button(say("button.page.next"), action=action(page + 1), apart=True)


def _pieces(section: Section, left: int, room: int) -> Iterator[Section]:
    """A section that is larger than a page: first what fits into ``left``, then whole pages."""
    bare = HEADING + weight(section.heading)
    lines: list[str] = []
    free = left - bare
    for line in (
        cut for one in section.lines for cut in _cut(one, max(room - bare - BETWEEN, SCRAP))
    ):
        takes = weight(line) + BETWEEN
        if takes > free:
            if lines:
                yield Section(section.heading, tuple(lines), section.folded)
            lines, free = [], room - bare
        lines.append(line)
        free -= takes
    yield Section(section.heading, tuple(lines), section.folded)


def _cut(line: str, room: int) -> Iterator[str]:
    """The line, or pieces of it for a page each, cut at a blank where one is near."""
    while weight(line) > room:
        end = min(len(line), room)
        while weight(line[:end]) > room:
            end -= max(1, (weight(line[:end]) - room) // 2)
        blank = line.rfind(" ", 0, end)
        end = blank if blank > end // 2 else end
        yield line[:end]
        line = line[end:].removeprefix(" ")
    yield line
