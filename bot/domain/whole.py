"""All that changed in a trial on one data day, in full: what a message of it may have shortened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from bot.domain.change_lines import whole_sections
from bot.domain.message import Button, Message, Section
from bot.domain.nct import find_key, registry_link
from bot.domain.study import StudyKey
from bot.domain.version import VersionSeen
from bot.domain.words import say

PAGE = 3000
"""Characters of lines on one page: with the rest it fits into one message of any platform. A single
line that is longer stands on a page of its own."""


class Asked(msgspec.Struct, frozen=True):
    """Which changes are to be shown: of this trial, with the data of this day, from this page."""

    key: StudyKey
    day: date
    page: int = 1


def whole_action(number: str, day: date, page: int = 1) -> str:
    """What a button asks for; ``asked_whole`` reads it. At most 32 bytes."""
    return f"whole {number} {day}" if page == 1 else f"whole {number} {day} {page}"


def asked_whole(text: str) -> Asked | None:
    """What stands behind the command, or None where it is not a trial and a day."""
    number, *rest = text.split() or [""]
    key = find_key(number)
    try:
        day, page = date.fromisoformat(rest[0]), int(rest[1]) if len(rest) > 1 else 1
    except (IndexError, ValueError):
        return None
    return None if key is None else Asked(key, day, max(page, 1))


def whole(asked: Asked, versions: Sequence[VersionSeen]) -> Message:
    """The page that is asked for; ``versions`` is the trial's history."""
    number = asked.key.number
    seen = [version for version in versions if version.data_day == asked.day]
    changes = [change for version in seen for change in version.changes]
    if not changes:
        return Message(
            title=say("whole.none.title"),
            lede=say("whole.none.lede", number=number, day=asked.day),
            link=registry_link(asked.key),
        )
    pages = list(_pages(whole_sections(changes)))
    page = min(asked.page, len(pages))
    return Message(
        title=say("whole.title", number=number, day=asked.day),
        lede=_lede(page, len(pages)),
        sections=pages[page - 1],
        buttons=tuple(_buttons(asked, page, len(pages))),
        footer=say("footer", day=asked.day),
        link=registry_link(asked.key),
    )


def _lede(page: int, pages: int) -> str:
    return say("whole.lede.page", page=page, pages=pages) if pages > 1 else say("whole.lede")


def _buttons(asked: Asked, page: int, pages: int) -> Iterator[Button]:
    number = asked.key.number
    if page < pages:
        yield Button(say("button.next"), action=whole_action(number, asked.day, page + 1))
    yield Button(say("button.trial"), action=f"trial {number}")
    yield Button(say("button.registry"), url=registry_link(asked.key))


def _pages(sections: Iterable[Section]) -> Iterator[tuple[Section, ...]]:
    """The sections cut into pages, the heading repeated where one goes on."""
    page: list[Section] = []
    room = PAGE
    for section in sections:
        lines: list[str] = []
        for line in section.lines:
            if len(line) > room and room < PAGE:
                yield (*page, *_section(section, lines))
                page, lines, room = [], [], PAGE
            lines.append(line)
            room -= len(line)
        page += _section(section, lines)
    yield tuple(page)


def _section(section: Section, lines: list[str]) -> list[Section]:
    return [Section(section.heading, tuple(lines))] if lines else []
