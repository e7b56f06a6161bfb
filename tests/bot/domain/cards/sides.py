"""All that a card has: its head, and every page of every part."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.cards.card import card, card_part
from bot.domain.cards.context import Context
from bot.domain.cards.parts import Part, asked_part
from bot.domain.message import Message
from bot.domain.study import Study


def sides(study: Study, context: Context) -> Iterator[Message]:
    """The head, then each part as somebody sees it who presses "Next page" to the end."""
    yield card(study, context)
    for part in Part:
        yield from pages(study, part, context)


def pages(study: Study, part: Part, context: Context) -> Iterator[Message]:
    """One part from its first page to its last, from button to button."""
    page: int | None = 1
    while page is not None:
        side = card_part(study, part, page, context)
        yield side
        page = _next(side, part)


def _next(side: Message, part: Part) -> int | None:
    for button in side.buttons:
        if button.label == "Next page":
            asked = asked_part(button.action or "")
            assert asked is not None
            assert asked.part is part
            return asked.page
    return None
