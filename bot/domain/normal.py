"""The normal form of a field's value: equal exactly when a reader would call two values the same.

``digest`` hashes these forms and ``diff`` looks no further where two of them are equal, so equal
digests always mean an empty diff.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.domain.fields import How, Members, Part
from bot.domain.study import OtherField
from bot.domain.text import fold, lines, prose

Normal = str | Sequence[Any]
"""Text, or sorted nested tuples of text: what ``msgspec.msgpack`` encodes without a hook."""


def flag(value: bool | None) -> str:
    """``true``, ``false`` or, where not stated, nothing."""
    return "" if value is None else "true" if value else "false"


def identity(value: Any, of: Members) -> tuple[Normal, ...]:
    """What makes a member this one."""
    if of.key is not None:
        return tuple(map(fold, of.key(value)))
    return tuple([fold(part.read(value)) for part in of.identity])


def member(value: Any, of: Members) -> tuple[Normal, ...]:
    """One member: its identity and all its parts, so that equal ones can be told by ``==``."""
    return identity(value, of) + tuple([part_of(value, part) for part in of.parts])


def part_of(value: Any, part: Part) -> Normal:
    """One part of a member."""
    read = part.read(value)
    if part.how is How.TEXT:
        return fold(read)
    return normal(read, part.how, part.members)


def shown(value: Any, how: How, of: Members | None = None) -> str | None:
    """A value as text for people, as it stands in a change; None where there is none."""
    if how in _AS_WRITTEN:
        return fold(value) or None
    if of is not None:
        return "; ".join(sorted(fold(of.value(one)) for one in value)) or None
    form = normal(value, how)
    return (form if isinstance(form, str) else "; ".join(form)) or None


_AS_WRITTEN = frozenset({How.TEXT, How.PROSE, How.LINES})


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
    How.PROSE: prose,
    How.FLAG: flag,
    How.YES: lambda value: "true" if value else "",
    How.NUMBER: lambda value: "" if value is None else str(value),
    How.DATE: lambda value: "" if value is None else str(value.date),
    How.WORDS: _words,
    How.LINES: _lines,
    How.OTHER_FIELDS: _other_fields,
}
