"""What is said to a line that asks for nothing: what it may have been meant for."""

from __future__ import annotations

import re
from difflib import get_close_matches

from bot.domain.command_table import COMMANDS
from bot.domain.message import Button, Message
from bot.domain.nct import find_key
from bot.domain.words import say

_NUMBERLIKE = re.compile(r"(?<![A-Za-z0-9])nct[\s:#._-]*\d+(?!\w)", re.IGNORECASE)

_ALIKE = 0.6
"""How like a command's name a misspelt one must be, of 1; two letters of five may be changed."""

_SHORT = 50
"""Bytes of what is put on a button with its command; longer lines are typed again."""


def unheard(line: str) -> Message:
    """The answer: an example of a number, the nearest command, or how to search."""
    return short_number(line) or (_command(line) if line.startswith("/") else _words(line))


def short_number(text: str) -> Message | None:
    """Said where somebody gave a number with too few digits or too many; else None."""
    found = None if find_key(text) else _NUMBERLIKE.search(text)
    if found is None:
        return None
    title = say("unheard.number.title", typed=found[0][:_SHORT])
    return Message(title=title, lede=say("unheard.number.lede"), aside=True)


def _command(line: str) -> Message:
    head, _, rest = line.strip().partition(" ")
    name = head.removeprefix("/").partition("@")[0].lower()
    names = [spec.name for spec in COMMANDS]
    title = say("unknown.title")
    near = get_close_matches(name[:_SHORT], names, n=1, cutoff=_ALIKE)
    if not near:
        return Message(title=title, lede=say("unknown.lede"), aside=True)
    meant = f"{near[0]} {rest.strip()}".strip()
    fits = len(meant.encode()) <= _SHORT
    button = Button(say("button.meant", name=near[0]), action=meant)
    lede = say("unknown.near", meant=meant if fits else near[0])
    return Message(title=title, lede=lede, buttons=(button,) if fits else (), aside=True)


def _words(line: str) -> Message:
    words = " ".join(line.split())
    fits = 0 < len(words.encode()) <= _SHORT
    button = Button(say("button.search.words", words=words), action=f"search {words}")
    return Message(
        title=say("unheard.words.title"),
        lede=say("unheard.words.lede"),
        buttons=(button,) if fits else (),
        aside=True,
    )
