"""A channel that somebody picked to manage it from their private chat, and what lacks for that."""

from __future__ import annotations

import enum

import msgspec

from bot.domain.message import Ask, Button, Message
from bot.domain.shortening import short
from bot.domain.words import say

NAME = 100
"""Characters of a channel's name in a sentence."""


class Lack(enum.StrEnum):
    """Why a channel cannot be managed."""

    UNKNOWN = "unknown"
    """There is none of that name, or the bot cannot see it."""
    ABSENT = "absent"
    """The bot is not in it."""
    SILENT = "silent"
    """The bot may not post in it."""
    NOT_THEIRS = "not_theirs"
    """Whoever asks does not administer it."""


READY = "ready"
"""Nothing lacks."""


class Picked(msgspec.Struct, frozen=True):
    """What the platform found out about a channel that was picked."""

    lack: Lack | None
    name: str


def picked_line(lack: Lack | None, name: str) -> str:
    """What stands behind ``channel`` once one was picked."""
    return f"{lack or READY} {name}"


def read_picked(text: str) -> Picked | None:
    """Take it apart; None where nothing was picked yet."""
    word, _, name = text.strip().partition(" ")
    if word == READY:
        return Picked(None, name)
    return Picked(Lack(word), name) if word in set(Lack) else None


def ask_channel() -> Message:
    """Which channel is to be managed, to whoever can pick one with a tap."""
    return Message(title=say("channel.title"), lede=say("channel.lede"), asks=Ask.CHANNEL)


def type_channel() -> Message:
    """The same, to whoever has to type its name."""
    return Message(title=say("channel.title"), lede=say("channel.type"))


def lacking(picked: Picked, taps: frozenset[Ask]) -> Message:
    """What lacks, and how to mend it; it can be picked again at once."""
    name = short(picked.name, NAME) or say("channel.unnamed")
    return Message(
        title=say(f"channel.{picked.lack}.title", name=name),
        lede=say(f"channel.{picked.lack}.lede", name=name),
        asks=Ask.CHANNEL if Ask.CHANNEL in taps else None,
    )


def ready(picked: Picked, handle: str) -> Message:
    """It can be managed: how that is done, before its feed is shown; ``handle`` is its id."""
    name = short(picked.name, NAME) or say("channel.unnamed")
    return Message(
        title=say("channel.ready.title", name=name),
        lede=say("channel.ready.lede", handle=handle),
        asks=Ask.NOTHING,
    )


def channel_button() -> Button:
    """What leads to picking a channel."""
    return Button(say("button.channel"), action="channel")
