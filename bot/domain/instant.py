"""What is shown while somebody types, in any chat: trials from the store, each as a card.

What is chosen is sent in the person's own name into a chat that may be anybody's: nothing in it
tells where they are or what they follow, and its buttons are links only.
"""

from __future__ import annotations

import msgspec

from bot.domain.address import Address
from bot.domain.cards.card import card, plain_title
from bot.domain.cards.context import Context
from bot.domain.message import Button, Message
from bot.domain.nct import find_key, registry_link
from bot.domain.shortening import short
from bot.domain.start import payload
from bot.domain.study import Study
from bot.domain.words import say, status_label

TITLE = 120
"""Characters of a title in the list."""


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody typed so far. ``offset`` is an ``Entries.next_offset``, empty at first."""

    text: str
    address: Address
    """The person's private chat, whose place "near me" means."""
    person: str
    """Who types, by the platform's id, to count; it is neither logged nor kept."""
    private_link: str
    """What leads to the private chat with the bot once a payload is added."""
    offset: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One trial to choose."""

    id: str
    """The trial's number: short, and the same for the same trial."""
    title: str
    line: str
    """What stands under the title in the list."""
    message: Message
    """What is sent once it is chosen."""


class Entries(msgspec.Struct, frozen=True, kw_only=True):
    """What can be chosen, and what else can be done."""

    entries: tuple[Entry, ...] = ()
    next_offset: str = ""
    """Asks for those that follow; empty where there are none."""
    personal: bool = False
    """Whether it depends on who asks, so that nobody else is shown it."""
    label: str = ""
    """What leads on to the private chat with the bot, with ``payload``."""
    payload: str = ""


def entry(study: Study, context: Context, private_link: str) -> Entry:
    """A kept trial to choose. ``context`` names no place of anybody's."""
    number = study.key.number
    head = card(study, context)
    buttons = (
        Button(say("button.instant"), url=f"{private_link}{number}"),
        Button(say("button.registry"), url=registry_link(study.key)),
    )
    line = say("instant.line", number=number, status=status_label(study.overall_status))
    return Entry(
        id=number,
        title=short(plain_title(study), TITLE),
        line=line,
        message=msgspec.structs.replace(head, buttons=buttons),
    )


def leading_on(text: str) -> tuple[str, str]:
    """The label and payload of what leads on to the bot itself, which asks the registry."""
    key = find_key(text)
    if key is not None:
        return say("instant.trial", number=key.number), key.number
    if text.strip():
        return say("instant.search"), payload("search", text)
    return say("instant.empty"), "help"
