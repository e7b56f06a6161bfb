"""What is said to a line that asks for nothing: what it may have been meant for."""

from __future__ import annotations

import re
from difflib import get_close_matches

from bot.domain.commands.table import COMMANDS
from bot.domain.message import Button, Message
from bot.domain.nct import BEFORE, find_key
from bot.domain.replies.answers import which_trial
from bot.domain.words import say

_NUMBERLIKE = re.compile(rf"{BEFORE}\d+(?!\w)", re.IGNORECASE)

_WITHIN = {
    **dict.fromkeys(
        ("place", "radius", "zone", "daily", "weekly", "quiet", "discreet"), "settings"
    ),
    **dict.fromkeys(("compact", "full", "preview", "threads"), "feed"),
}
"""What is said behind another command."""

_MEANT = {
    **dict.fromkeys(("pause", "resume", "edit", "kinds", "list", "subscriptions"), "following"),
    **dict.fromkeys(("stop", "unsubscribe", "remove"), "unfollow"),
    **dict.fromkeys(("subscribe", "watch", "add"), "follow"),
    "find": "search",
}
"""Commands that people know from elsewhere, or from a button, by the one that does it or leads to
it."""

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


def which(text: str, command: str) -> Message:
    """Said where a trial's number is needed: what is wrong with this one, or that there is none."""
    return short_number(text) or which_trial(command)


def _command(line: str) -> Message:
    head, _, rest = line.strip().partition(" ")
    name = head.removeprefix("/").partition("@")[0].lower()
    names = [spec.name for spec in COMMANDS]
    title = say("unknown.title")
    near = _near(name, names)
    if near is None:
        return Message(title=title, lede=say("unknown.lede"), aside=True)
    behind = f"{name} {rest}" if name in _WITHIN else "" if near == "following" else rest
    meant = f"{near} {behind.strip()}".strip()
    fits = len(meant.encode()) <= _SHORT
    button = Button(say("button.meant", name=near), action=meant)
    lede = say("unknown.near", meant=meant if fits else near)
    return Message(title=title, lede=lede, buttons=(button,) if fits else (), aside=True)


def _near(name: str, names: list[str]) -> str | None:
    """The command that was meant by one of this name, if any."""
    known = _WITHIN.get(name) or _MEANT.get(name)
    return known or next(iter(get_close_matches(name[:_SHORT], names, n=1, cutoff=_ALIKE)), None)


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
