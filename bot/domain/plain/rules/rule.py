"""A rule as data, and how a family of rules is written: one row a rule.

A row has five or six parts, set apart by ``¦``: id, pattern, gift, an example as written, the same
reworded, and options. A line that begins with ``¦`` goes on with the row above.

A line that begins
with ``+`` and a blank goes on within the same part, right behind its last sign.

- The pattern is a regular expression over the text in lower case (``CAPS``: over the text itself).
  It matches whole words only, never within a compound or before a possessive.
- The gift takes the pattern's groups as ``{1}``, ``{2}``, in the spelling of the source.
- Options: ``and+1`` declares a cue that the gift changes; ``serum=blood`` says by which word of the
  gift a qualifier of the pattern is kept; ``CAPS``; ``WHOLE``: only where it is the whole line;
  ``NAME``: also beside other words with capitals, as parts of names have them; ``FREE``: the
  pattern says itself where it may begin and end, and needs a number or a sign to match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec

from bot.domain.plain.signs import Cue


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What is matched, what is given for it, what that changes, and an example of it."""

    id: str
    pattern: str
    gift: str
    example: tuple[str, str]
    declares: tuple[tuple[Cue, int], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    """A qualifier of the pattern, and the word of the gift that says it."""
    caps: bool = False
    whole: bool = False
    name: bool = False
    free: bool = False


_CUE = re.compile(r"(\w+)([+-]\d)")
_SEPARATOR = "¦"
_WITHIN = "+ "


def family(text: str, parts: Mapping[str, str] = MappingProxyType({})) -> tuple[Rule, ...]:
    """The rules of a table; ValueError where a row cannot be read.

    ``parts`` are pieces of patterns that many rows share, by the name that stands for them.
    """
    for name, pattern in parts.items():
        text = text.replace(name, pattern)
    return tuple(_rule(row) for row in _rows(text))


def _rows(text: str) -> Iterator[str]:
    row = ""
    for line in text.splitlines():
        bare = line.strip()
        if bare.startswith(_SEPARATOR):
            row = f"{row} {bare}"
        elif bare.startswith(_WITHIN):
            row += bare.removeprefix(_WITHIN)
        elif bare:
            if row:
                yield row
            row = bare
    if row:
        yield row


def _rule(row: str) -> Rule:
    id_, pattern, gift, written, reworded, *options = (
        part.strip() for part in row.split(_SEPARATOR)
    )
    words = options[0].split() if options else []
    declared = [found for word in words if (found := _CUE.fullmatch(word))]
    kept = [tuple(word.split("=")) for word in words if "=" in word]
    return Rule(
        id=id_,
        pattern=pattern,
        gift=gift,
        example=(written, reworded),
        declares=tuple((Cue(one[1]), int(one[2])) for one in declared),
        kept=tuple((one[0], one[1]) for one in kept),
        caps="CAPS" in words,
        whole="WHOLE" in words,
        name="NAME" in words,
        free="FREE" in words,
    )
