"""What a row of the catalogue says about a field: where it stands and how it is compared."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

import msgspec

from bot.domain.change import Kind
from bot.domain.study import Study


class How(enum.Enum):
    """How two values of a field are compared, and what about them is ignored."""

    TEXT = "text"
    """One string; white space is folded, and empty is the same as absent."""
    PROSE = "prose"
    """A text of several lines: bullets and numbers at the head of a line are ignored as well."""
    FLAG = "flag"
    """Yes, no or not stated."""
    YES = "yes"
    """Yes, or not: "no" says no more than silence, and records gain a "no" when touched."""
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
    says: str


class Members(msgspec.Struct, frozen=True, kw_only=True):
    """What makes a member of a list this one, and what it is made of."""

    name: Callable[[Any], str | None]
    """Its name for people."""
    identity: tuple[Part, ...]
    """What makes it this one: members that agree in all of these are taken for the same."""
    parts: tuple[Part, ...] = ()
    value: Callable[[Any], str | None]
    """What stands as ``new`` where it was added and as ``old`` where it was removed."""
    key: Callable[[Any], tuple[str | None, ...]] | None = None
    """The identity where it is not simply those parts (a publication without a number)."""
    renamed: bool = False
    """Whether a nearly equal name is a new spelling of the old one."""
    telltale: Callable[[Any], str | None] | None = None
    """A text by which a member is known under a wholly new name, if all its parts stayed too.
    Where it is set, names are sentences, and one that keeps most of its words was reworded."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One row. ``label`` is how the field is called in a sentence, without its values.

    ``says`` is the key in the catalogue of sentences under which a change of it is worded.
    """

    path: str
    kind: Kind
    label: str
    root: str
    """The attribute of ``Study`` that the value is read from, itself or something within it."""
    read: Callable[[Study], Any]
    how: How = How.TEXT
    members: Members | None = None
    says: str


SAYS = {
    How.TEXT: "change.set",
    How.PROSE: "change.text",
    How.FLAG: "change.flag",
    How.YES: "change.yes",
    How.NUMBER: "change.number",
    How.DATE: "change.date",
    How.WORDS: "change.words",
    How.LINES: "change.line",
    How.MEMBERS: "change.member",
    How.OTHER_FIELDS: "change.set",
}
"""How a field reads where its row says nothing else."""


def row(
    path: str,
    kind: Kind,
    label: str,
    read: str,
    how: How = How.TEXT,
    of: Members | None = None,
    *,
    says: str | None = None,
    only: Callable[[Any], Any] | None = None,
) -> Field:
    """A row, with the attribute of ``Study`` that it reads given by its name.

    ``only`` takes what belongs to this row out of an attribute that several rows share.
    """
    whole = attrgetter(read)
    return Field(
        path=path,
        kind=kind,
        label=label,
        root=read.partition(".")[0],
        read=whole if only is None else lambda study: only(whole(study)),
        how=how,
        members=of,
        says=says or SAYS[how],
    )


def part(
    path: str,
    kind: Kind,
    label: str,
    read: str,
    how: How = How.TEXT,
    of: Members | None = None,
    *,
    says: str | None = None,
) -> Part:
    """A part, with the attribute of the member that it reads given by its name."""
    reader, says = attrgetter(read), says or SAYS[how]
    return Part(path=path, kind=kind, label=label, read=reader, how=how, members=of, says=says)


def walk(field: Field | Part, at: str = "") -> Iterator[tuple[str, Field | Part]]:
    """A row and all the parts below it, each with its whole path."""
    path = f"{at}.{field.path}" if at else field.path
    yield path, field
    if field.members:
        for one in (*field.members.identity, *field.members.parts):
            yield from walk(one, path)
