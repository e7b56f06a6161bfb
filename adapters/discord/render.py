"""A message as Discord shows it: cards of components within Discord's limits.

A card says title, paragraph and facts, then the sections, then its small print, and has its buttons
at its foot. A message that is too long for one card becomes several, cut between sections first,
then between lines, then between words; buttons and small print stand under the last.

Limits: https://discord.com/developers/docs/components/reference. What becomes of the text stands in
``markup`` and ``pages``, how the components are put together in ``layout``.
"""

from __future__ import annotations

import re

import msgspec

from adapters.discord.markup import UNSEEN, cut, fit, units
from adapters.discord.pages import Block, Place, blocks, fill, small_print
from bot.domain.message import Button, File, Message, Tone

TEXT = 4000
"""Characters of all texts of a card together."""

TITLE = 256
FOOTER = 1000
LABEL = 80
BUTTONS = 25
ACTION = 96
"""A ``custom_id`` has 100, with what stands before the action."""
URL = 512
"""The longest address that a link button takes, and ours in a title."""

COLOURS = {
    Tone.PLAIN: 0x4C6EF5,
    Tone.GOOD: 0x2F9E44,
    Tone.CAUTION: 0xF08C00,
    Tone.STOPPED: 0xC92A2A,
}

_PAGE_MARK = 12
"""Room at the end of a title for the page: `` · 10/12``."""

_BESIDE = 48
"""Room for the mention of a role, and for what is written around title and link."""

_LINKED = re.compile(r"https?://[^\s<>()\\]+")
"""An address that can stand in brackets behind a title."""

_UNLINKED = re.compile(r"[\[\]]|://")
"""Discord shows no link under words with such signs in them, but all of its markup."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One Discord message, texts in markdown. The last of several has the buttons and files."""

    title: str
    """Plain, in one line: what a thread is called that begins with this."""
    head: tuple[str, ...]
    body: tuple[str, ...] = ()
    """A text for each section."""
    footer: str = ""
    colour: int = COLOURS[Tone.PLAIN]
    buttons: tuple[Button, ...] = ()
    files: tuple[File, ...] = ()
    role: str | None = None
    """The one role that is mentioned."""


def render(message: Message) -> tuple[Part, ...]:
    """The Discord messages, at least one, that say this message."""
    footer = small_print(message.footer or "", FOOTER)
    title = fit(message.title, TITLE - _PAGE_MARK)
    room = TEXT - units(title + _link(message) + footer) - _PAGE_MARK - _BESIDE
    cards = fill(blocks(message, room), room)
    parts = []
    for number, card in enumerate(cards, start=1):
        last = number == len(cards)
        mark = f" · {number}/{len(cards)}" if len(cards) > 1 else ""
        parts.append(
            Part(
                title=(" ".join(message.title.split()) or UNSEEN) + mark,
                head=_head(message, title + mark, card),
                body=tuple(block.text for block in card if block.place is Place.SECTION),
                footer=footer if last else "",
                colour=COLOURS[message.tone],
                buttons=_buttons(message.buttons) if last else (),
                files=message.files if last else (),
                role=message.mention_role if number == 1 else None,
            )
        )
    return tuple(parts)


def _head(message: Message, title: str, card: list[Block]) -> tuple[str, ...]:
    """Title and paragraph, then the facts."""
    link = _link(message)
    if link and _UNLINKED.search(message.title):
        title = f"## {title}\n-# {link}"
    else:
        title = f"## [{title}]({link})" if link else f"## {title}"
    lede, facts = (
        [block.text for block in card if block.place is place]
        for place in (Place.LEDE, Place.FACTS)
    )
    return ("\n".join([title, *lede]), *facts)


def _link(message: Message) -> str:
    link = message.link or ""
    return link if _LINKED.fullmatch(link) and units(link) <= URL else ""


def _buttons(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
    """Those that Discord takes: each action once, as no ``custom_id`` may come twice."""
    taken: dict[str, Button] = {}
    for button in buttons:
        where = button.url or button.action or ""
        if units(where) > (URL if button.url else ACTION) or not button.label.strip():
            continue
        taken.setdefault(where, msgspec.structs.replace(button, label=cut(button.label, LABEL)))
    return tuple(taken.values())[:BUTTONS]
