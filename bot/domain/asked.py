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


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, with its places still as text."""

    parts: tuple[Part, ...] = ()
    filter: Filter = NO_FILTER
    search: RegistrySearch | None = None
    kilometres: int | None = None
    near_me: bool = False
    """Near where the chat said that it is."""
    page: int = 1
    kinds: tuple[str, ...] = ()
    """What is to be told of what is followed, as ``bot.domain.kinds`` names it."""
