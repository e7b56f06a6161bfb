"""How a changed field is called in a sentence."""

from __future__ import annotations

from bot.domain.catalogue import CATALOGUE
from bot.domain.change import Change
from bot.domain.fields import Field, Part, walk
from bot.domain.shortening import short
from bot.domain.words import say, value_label

NAME_ROOM = 150
"""Characters of a member's name in a sentence about something else of it."""

ROWS: dict[str, Field | Part] = {path: one for row in CATALOGUE for path, one in walk(row)}
"""Every row and part by its whole path."""


def label_of(change: Change, room: int) -> str:
    """The field's word for people, with the member that it belongs to: time frame of “Survival”."""
    row = ROWS.get(change.path)
    label = row.label if row else say("field.unnamed")
    if change.item is None:
        return label
    return say("field.of", label=label, item=item_of(change, room))


def item_of(change: Change, room: int) -> str:
    """The name of the member that a change is about; a long one is cut as far as ``room`` asks."""
    return short(value_label(change.item or ""), max(NAME_ROOM, room // 2))


def capital(text: str) -> str:
    """With a capital at the head, for the head of a sentence."""
    return text[:1].upper() + text[1:]
