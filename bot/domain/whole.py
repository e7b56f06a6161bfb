"""All that changed in a trial on one data day, in full: what a message of it may have shortened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from bot.domain.change_lines import whole_sections
from bot.domain.message import Button, Message
from bot.domain.nct import find_key, registry_link
from bot.domain.paging import page_buttons, room_in, split
from bot.domain.study import StudyKey
from bot.domain.version import VersionSeen
from bot.domain.words import say


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
    bare = Message(
        title=say("whole.title", number=number, day=asked.day),
        lede=say("whole.lede"),
        footer=say("footer", day=asked.day),
        link=registry_link(asked.key),
    )
    pages = split(whole_sections(changes), room_in(bare))
    page = min(asked.page, len(pages))
    return msgspec.structs.replace(
        bare,
        lede=_lede(page, len(pages)),
        sections=pages[page - 1],
        buttons=tuple(_buttons(asked, page, len(pages))),
    )


def _lede(page: int, pages: int) -> str:
    return say("whole.lede.page", page=page, pages=pages) if pages > 1 else say("whole.lede")


def _buttons(asked: Asked, page: int, pages: int) -> Iterator[Button]:
    number = asked.key.number
    yield from page_buttons(page, pages, lambda to: whole_action(number, asked.day, to))
    yield Button(say("button.trial"), action=f"trial {number}")
    yield Button(say("button.registry"), url=registry_link(asked.key))
