"""Words that look as if they should narrow something down, and that cannot.

What is no phase, age or kind of change, what says how a trial shall not be, and a country that is
misspelt is looked for as words, for ever: that is said before the yes, and beside what a search
finds. Whatever could be understood is taken out of the words before they come here, and what stands
behind a key (``phase:7``) is asked back before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

import msgspec

from bot.domain.asking.filters import filters_in, negated_in
from bot.domain.countries import country_meant
from bot.domain.question import Question

RHYTHMS = (
    r"(?<!\S)(?<!once )(?<!twice )(?:dai|week|month)ly$",
    r"(?<!\S)(?:every|once\s+a)\s+(?:day|week|month)$",
)

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SPELLED = f"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|{_TENS}"
_LOOKS = (
    ("phase", r"(?<!\S)phases?\s*#?(?:\d+|[ivx]+)[ab]?(?!\w)"),
    ("age", r"(?<!\S)age[ds]?\s*=?\s*\d+(?:\s*(?:-|\u2013|to|and|or)\s*\d+)?(?!\w)"),
    ("age", rf"(?<!\S)age[ds]?\s+(?:{_SPELLED})(?!\w)"),
    ("age", r"(?<!\S)(?:aged?\s+)?(?:(?:older|younger)\s+than|over|under)\s+\d{1,3}(?!\s*[\w%.])"),
    ("age", r"(?<!\S)\d{2}\s?\+(?!\S)"),
    ("age", r"(?<!\S)\d+[\s-]+(?:months?|weeks?|days?)[\s-]+olds?(?!\w)"),
    ("status", r"(?<!\S)status\s+(?!post\b|\w+(?:icus|osus|atus)\b)[^\W\d]\w*"),
    ("kinds", r"(?<!\S)kinds\s+(?!of\b)\w+"),
    *(("rhythm", pattern) for pattern in RHYTHMS),
)
"""Status epilepticus and its like are diseases; a "type 2" of something mostly is one too."""

_IN = re.compile(r"(?<!\S)in\s+(?P<name>[^\W\d]{5,})(?!\w)", re.IGNORECASE)


def is_rhythm(text: str) -> bool:
    """Whether this says how often to tell, and nothing else."""
    return any(re.fullmatch(one, text.strip(), re.IGNORECASE) for one in RHYTHMS)


_MEANT = "recruiting"
_ALIKE = 0.85
"""How like the status that most people ask for a word must be, of 1, to be that, misspelt."""

_CLOSED = re.compile(r'"[^"]*"|\([^)]*\)|\[[^\]]*\]')
"""What is the registry's own in any case."""


class Unread(msgspec.Struct, frozen=True):
    """Something that narrows nothing: what it looks like, and as typed."""

    key: str
    typed: str
    meant: str = ""
    """What it may be a misspelling of."""


def unread(question: Question) -> Iterator[Unread]:
    """What there is of it in the words that are left, and behind the registry's own fields."""
    negated = tuple(dict.fromkeys(negated_in(question.words)))
    yield from (Unread("negated", typed) for typed in negated)
    for key, pattern in _LOOKS:
        for match in re.finditer(pattern, question.words, re.IGNORECASE):
            if not any(match[0] in typed for typed in negated):
                yield Unread(key, match[0])
    for match in _IN.finditer(question.words):
        meant = country_meant(match["name"])
        if meant is not None:
            yield Unread("country", match[0], meant)
    for word in question.words.split():
        if word.lower() != _MEANT and get_close_matches(word.lower(), (_MEANT,), cutoff=_ALIKE):
            yield Unread("status", word)
    if question.search is not None:
        bare = _CLOSED.sub(" ", question.name)
        for one in dict.fromkeys(filters_in(bare)):
            yield Unread("field", one)
