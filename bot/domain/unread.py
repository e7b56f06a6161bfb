"""Words that look as if they should narrow something down, and that cannot.

What is no phase, age or kind of change is looked for as words, for ever: that is said before the
yes, and beside what a search finds. Whatever could be understood is taken out of the words before
they come here, and what stands behind a key (``phase:7``) is asked back before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

_LOOKS = (
    re.compile(r"(?<!\S)(?P<key>phase)s?\s*#?(?:\d+|[ivx]+)[ab]?(?!\w)", re.IGNORECASE),
    re.compile(
        r"(?<!\S)(?P<key>age)[ds]?\s*=?\s*\d+(?:\s*(?:-|\u2013|to|and|or)\s*\d+)?(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\S)(?P<key>status)\s+(?!post\b|\w+(?:icus|osus|atus)\b)[^\W\d]\w*", re.IGNORECASE
    ),
    re.compile(r"(?<!\S)(?P<key>kinds)\s+(?!of\b)\w+", re.IGNORECASE),
)
"""Status epilepticus and its like are diseases; a "type 2" of something mostly is one too."""


class Unread(msgspec.Struct, frozen=True):
    """Something that narrows nothing: as typed, and what it looks like."""

    key: str
    typed: str


def unread(words: str) -> Iterator[Unread]:
    """What there is of it in the words that are left, by what it looks like."""
    for pattern in _LOOKS:
        for match in pattern.finditer(words):
            yield Unread(match["key"].lower(), match[0])
