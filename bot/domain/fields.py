"""What a row of the catalogue says about a field: where it stands and how it is compared."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any

import msgspec

from bot.domain.change import Kind
from bot.domain.study import Study


class How(enum.Enum):
    """How two values of a field are compared, and what about them is ignored."""

    TEXT = "text"
    """One string; white space is folded, and empty is the same as absent."""
    FLAG = "flag"
    """Yes, no or not stated."""
    NUMBER = "number"
    DATE = "date"
    """A ``DatedFact``; estimated or actual is ignored, and so is a mere change of precision."""
    WORDS = "words"
    """Strings whose order says nothing."""
    LINES = "lines"
    """A list in one text, by line; bullets, numbers and the order within a part are ignored."""
    MEMBERS = "members"
    """Things with a name and parts of their own, as ``Members`` says; their order is ignored."""
    OTHER_FIELDS = "other_fields"
    """``OtherField`` values, each with a path of its own."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a member. ``path`` is its name in the registry's record."""

    path: str
    kind: Kind
    label: str
    read: Callable[[Any], Any]
    how: How = How.TEXT
    members: Members | None = None


class Members(msgspec.Struct, frozen=True, kw_only=True):
    """What makes a member of a list this one, and what it is made of."""

    name: Callable[[Any], str]
    """Its name for people. Members of one identity are taken for the same."""
    identity: tuple[Callable[[Any], str | None], ...]
    parts: tuple[Part, ...] = ()
    value: Callable[[Any], str | None]
    """What stands as ``new`` where it was added and as ``old`` where it was removed."""
    renamed: tuple[str, Kind] | None = None
    """Path and kind of a new name for the same member; None where names are not compared."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One row. ``label`` is how the field is called in a sentence, without its values."""

    path: str
    kind: Kind
    label: str
    read: Callable[[Study], Any]
    how: How = How.TEXT
    members: Members | None = None
