"""What somebody typed, taken apart, before it is known which places are meant."""

from __future__ import annotations

import enum

import msgspec

from bot.domain.filters import NO_FILTER, Filter, RegistrySearch


class PartKind(enum.StrEnum):
    """What a part of the text is."""

    WORDS = "words"
    NEAR = "near"
    """A place that has to be known."""
    IN = "in"
    """Countries or a city, or words that only look so (``pain in children``)."""
    AROUND = "around"
    """A city, or words that only look so."""
    COUNTRY = "country"
    """Countries that have to be known."""


class Part(msgspec.Struct, frozen=True):
    """A piece of what was typed, in its order."""

    kind: PartKind
    text: str


class Meant(msgspec.Struct, frozen=True):
    """A value that may have been meant, and the whole text with it in place of what was typed."""

    value: str
    text: str


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    """A value behind a key that cannot stand there (``status:recruiting,opne``).

    Each text is all that was typed, mended in one way; empty where it cannot be mended so. The key
    ``between`` is an OR or NOT between two fields.
    """

    key: str
    typed: str
    meant: tuple[Meant, ...] = ()
    """The nearest first."""
    without: str = ""
    """Without that value, and without its key where it was the only one."""
    as_words: str = ""
    """With it among the words that are looked for."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, with its places still as text."""

    parts: tuple[Part, ...] = ()
    filter: Filter = NO_FILTER
    search: RegistrySearch | None = None
    kilometres: int | None = None
    miles: float | None = None
    """As they were typed; ``kilometres`` are the same."""
    near_me: bool = False
    """Near where the chat said that it is."""
    page: int = 1
    kinds: tuple[str, ...] = ()
    """What is to be told of what is followed, as ``bot.domain.kinds`` names it."""
    left: tuple[str, ...] = ()
    """What a link asked besides and cannot be said here."""
    again: tuple[str, ...] = ()
    """Ages and distances behind the first, as they were typed: one of each can be asked for."""
    missed: Missed | None = None
    """The first value that was not understood: nothing is asked before it is mended."""
