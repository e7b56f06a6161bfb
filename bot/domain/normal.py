"""The normal form of a field's value: equal exactly when a reader would call two values the same.

``digest`` hashes these forms and ``diff`` looks no further where two of them are equal, so equal
digests always mean an empty diff.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.domain.fields import How, Members, Part
from bot.domain.study import OtherField
from bot.domain.text import fold, lines

Normal = str | Sequence[Any]
"""Text, or sorted nested tuples of text: what ``msgspec.msgpack`` encodes without a hook."""


def flag(value: bool | None) -> str:
    """``true``, ``false`` or, where not stated, nothing."""
    return "" if value is None else "true" if value else "false"


def member(value: Any, how: Members) -> tuple[Normal, ...]:
    """One member: its identity and all its parts, so that equal ones can be told by ``==``."""
    identity: tuple[Normal, ...] = tuple(fold(read(value)) for read in how.identity)
    return identity + tuple(part_of(value, part) for part in how.parts)


def part_of(value: Any, part: Part) -> Normal:
    """One part of a member."""
    read = part.read(value)
    if part.how is How.TEXT:
        return fold(read)
    return normal(read, part.how, part.members)


def normal(value: Any, how: How, of: Members | None = None) -> Normal:
    """The normal form of a value; an absent one is the empty string or the empty tuple."""
    if how is How.MEMBERS:
        if of is None:
            raise ValueError("a field of members needs to say what its members are")
        return tuple(sorted(member(one, of) for one in value))
    return _NORMAL[how](value)


def _words(value: Iterable[str]) -> Normal:
    return tuple(sorted(fold(one) for one in value))


def _lines(value: str | None) -> Normal:
    return tuple(sorted((line.part, line.key) for line in lines(value)))


def _other_fields(value: Iterable[OtherField]) -> Normal:
    return tuple(sorted((one.path, one.value) for one in value))


_NORMAL: dict[How, Callable[[Any], Normal]] = {
    How.TEXT: fold,
    How.FLAG: flag,
    How.NUMBER: lambda value: "" if value is None else str(value),
    How.DATE: lambda value: "" if value is None else str(value.date),
    How.WORDS: _words,
    How.LINES: _lines,
    How.OTHER_FIELDS: _other_fields,
}
