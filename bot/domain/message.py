"""A message to people, before any platform: what is said, not how it looks.

All text is plain; the platform's renderer escapes it, cuts it to the platform's limits and decides
on bold, colour and layout. Sentences come from the catalogue in ``bot.domain.words``.
"""

from __future__ import annotations

import enum

import msgspec


class Tone(enum.StrEnum):
    """What a message is about, so that a renderer can pick a colour; never a judgement."""

    PLAIN = "plain"
    GOOD = "good"
    CAUTION = "caution"
    STOPPED = "stopped"


class Fact(msgspec.Struct, frozen=True):
    """A short label and its value, shown on one line: ``Phase: 1``."""

    label: str
    value: str


class Section(msgspec.Struct, frozen=True):
    """A heading with lines under it. ``folded`` may be shown behind a tap."""

    heading: str
    lines: tuple[str, ...]
    folded: bool = False


class Button(msgspec.Struct, frozen=True):
    """Something to press. Exactly one of ``action`` and ``url`` is set.

    ``action`` is a command as somebody would type it without the slash, such as
    ``trial NCT00902044``; at most 64 bytes in UTF-8, Telegram's limit for callback data.
    """

    label: str
    action: str | None = None
    url: str | None = None
    turns: bool = False
    """Whether the answer takes the place of the message that the button stands under, as the page
    of a card does (``bot.domain.turning``); a platform that cannot do that sends it anew."""
    apart: bool = False
    """Whether it stands in a row of its own with others like it: back and on, beside each other."""


class File(msgspec.Struct, frozen=True):
    """Something that whoever reads the message can keep: small, as it is sent in one piece."""

    name: str
    media_type: str
    """Such as ``application/json``."""
    content: bytes


class Ask(enum.StrEnum):
    """What a person can give with one tap in place of typing, on a platform that has such a thing.

    A message that asks has no buttons: it is shown with one, which asks.
    """

    PLACE = "place"
    """Where they are."""
    CHANNEL = "channel"
    """A channel that they administer."""
    NOTHING = "nothing"
    """It was given: what asked for it goes away again."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message. Only ``title`` is always there; empty parts are left out."""

    title: str
    lede: str | None = None
    """One paragraph under the title."""
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    buttons: tuple[Button, ...] = ()
    footer: str | None = None
    link: str | None = None
    """Where the title leads: the registry's own page."""
    tone: Tone = Tone.PLAIN
    files: tuple[File, ...] = ()
    mention_role: str | None = None
    """The id of the one role to be mentioned, on a platform that has them (Discord)."""
    asks: Ask | None = None
    aside: bool = False
    """Whether it is for whoever asked alone, as what went wrong is, where a platform can do that
    in front of others."""
