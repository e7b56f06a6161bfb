"""Long messages as sides that fit: nothing lost, nothing twice, the same every time."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.markup import escape, units
from bot.domain.message import Fact, Message, Section
from bot.domain.paging import (
    LEAST,
    SECTIONS,
    SIDE,
    grouped,
    page_buttons,
    room_in,
    split,
    weight,
    weight_of,
)

WORDS = st.text("ab *_|🩺é \n>-", max_size=60)
LINES = st.lists(WORDS | st.integers(1, 1500).map("word ".__mul__), max_size=8)
SECTION = st.builds(Section, st.text("AB *", max_size=30), LINES.map(tuple), st.booleans())
ROOMS = st.integers(LEAST, SIDE)


def bare(lines: list[str]) -> str:
    """Lines without the blanks at which they may be cut."""
    return "".join("".join(lines).split())


@given(st.lists(SECTION, max_size=8, unique_by=lambda one: one.heading), ROOMS)
def test_pages_hold_every_line_once_and_fit(sections: list[Section], room: int) -> None:
    """In order, each under its own heading, which is said again where a section goes on."""
    pages = split(sections, room)
    for page in pages:
        assert sum(map(weight_of, page)) <= room
        assert len(page) <= SECTIONS
    shown = [section for page in pages for section in page]
    headings = [heading for heading, _ in groupby(one.heading for one in shown)]
    assert headings == [one.heading for one in sections]
    for section in sections:
        parts = [one for one in shown if one.heading == section.heading]
        assert bare([li for one in parts for li in one.lines]) == bare(list(section.lines))
        assert {one.folded for one in parts} == {section.folded}
    assert split(sections, room) == pages


@given(st.lists(st.integers(1, 40), min_size=8, max_size=60), ROOMS)
def test_section_that_fits_is_not_parted(sizes: list[int], room: int) -> None:
    """A page ends where a section does, as long as a section fits into one page."""
    sections = [Section(str(at), ("word word",) * size) for at, size in enumerate(sizes)]
    assert [one for page in split(sections, room) for one in page] == sections


@given(st.lists(st.integers(1, 9)), st.integers(1, 8), st.integers(1, 4))
def test_what_is_grouped_is_not_parted(items: list[int], room: int, most: int) -> None:
    """Each page within both limits, but for one item that is heavier by itself."""
    pages = grouped(items, int, room, most)
    assert [item for page in pages for item in page] == items
    for page in pages:
        assert 1 <= len(page) <= most
        assert len(page) == 1 or sum(page) <= room


@given(st.text(max_size=300) | st.text("<@everyon_*`|~\\#-> \n[](:/1&!", max_size=99))
def test_weight_is_never_less_than_what_is_sent(text: str) -> None:
    """Neither in Telegram's units nor with the backslashes that disarm it for Discord."""
    assert weight(text) >= max(units(text), units(escape(text)))


def test_head_and_foot_take_their_room() -> None:
    """What stands round the sections is weighed with them."""
    empty = room_in(Message(title="A"))
    longer = Message(title="A", lede="word " * 100, facts=(Fact("a", "b" * 100),), footer="f" * 50)
    assert empty - room_in(longer) >= 650
    assert room_in(Message(title="A" * 9000)) == LEAST


def test_pages_lead_to_their_neighbours() -> None:
    """The first has none before it and the last none after it."""
    asked = [[one.action for one in page_buttons(page, 3, "go {}".format)] for page in (1, 2, 3)]
    assert asked == [["go 2"], ["go 1", "go 3"], ["go 2"]]
    assert not list(page_buttons(1, 1, "go {}".format))
