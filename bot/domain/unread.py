"""Words that look as if they should narrow something down, and that cannot.

What is no phase, age or kind of change is looked for as words, for ever: that is said before the
yes, and beside what a search finds. Whatever could be understood is taken out of the words before
they come here, and what stands behind a key (``phase:7``) is asked back before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

import msgspec

from bot.domain.asking_filters import filters_in
from bot.domain.question import Question

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

_MEANT = "recruiting"
_ALIKE = 0.85
"""How like the status that most people ask for a word must be, of 1, to be that, misspelt."""

_CLOSED = re.compile(r'"[^"]*"|\([^)]*\)|\[[^\]]*\]')
"""What is the registry's own in any case."""


class Unread(msgspec.Struct, frozen=True):
    """Something that narrows nothing: as typed, and what it looks like."""

    key: str
    typed: str


def unread(question: Question) -> Iterator[Unread]:
    """What there is of it in the words that are left, and behind the registry's own fields."""
    for pattern in _LOOKS:
        for match in pattern.finditer(question.words):
            yield Unread(match["key"].lower(), match[0])
    for word in question.words.split():
        if word.lower() != _MEANT and get_close_matches(word.lower(), (_MEANT,), cutoff=_ALIKE):
            yield Unread("status", word)
    if question.search is not None:
        bare = _CLOSED.sub(" ", question.name)
        for one in dict.fromkeys(filters_in(bare)):
            yield Unread("field", one)
