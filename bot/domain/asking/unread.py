"""Words that look as if they should narrow something down, and that cannot.

What is no phase, age or kind of change, what says how a trial shall not be, what no filter knows
(a group of ages, a stage, a placebo), and a country that is misspelt is looked for as words, for
ever: that is said before the yes, and beside what a search finds. Whatever could be understood is
taken out of the words before they come here, and what stands behind a key (``phase:7``) is asked
back before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

import msgspec

from bot.domain.asking.filters import filters_in, negated_in
from bot.domain.asking.words import CONNECTING
from bot.domain.countries import KNOWN, country_meant
from bot.domain.question import Question

RHYTHMS = (
    r"(?<!\S)(?<!once )(?<!twice )(?:dai|week|month)ly$",
    r"(?<!\S)(?:every|once\s+a)\s+(?:day|week|month)$",
)

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SPELLED = f"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|{_TENS}"
_STAGE = r"(?:[0-5]|i{1,3}|iv|v)[a-d]?"
_AGES = "children|kids|toddlers|teens|teenagers|adolescents|adults|elderly|seniors"
_PLACEBO = r"placebos?(?:[\s-]+(?:arms?|groups?|controls?|controlled))?"
_NAME = r"(?-i:[^\W\d_a-z][\w.'’-]*(?:\s+[^\W\d_a-z][\w.'’-]*){0,2})"
"""Of a place, as its capital letters tell."""

_COUNTRY = rf"(?:{'|'.join(map(re.escape, sorted(KNOWN, key=len, reverse=True)))})(?![\w'’-])"
_OUTSIDE = r"(?:outside(?:\s+of)?|excluding|except(?:\s+for)?|other\s+than|anywhere\s+but)"
_LOOKS = (
    ("phase", r"(?<!\S)phases?\s*#?(?:\d+|[ivx]+)[ab]?(?!\w)"),
    ("age", r"(?<!\S)age[ds]?\s*=?\s*\d+(?:\s*(?:-|\u2013|to|and|or)\s*\d+)?(?!\w)"),
    ("age", rf"(?<!\S)age[ds]?\s+(?:{_SPELLED})(?!\w)"),
    ("age", r"(?<!\S)(?:aged?\s+)?(?:(?:older|younger)\s+than|over|under)\s+\d{1,3}(?!\s*[\w%.])"),
    ("age", r"(?<!\S)\d{2}\s?\+(?!\S)"),
    ("age", r"(?<!\S)\d+[\s-]+(?:months?|weeks?|days?)[\s-]+olds?(?!\w)"),
    ("status", r"(?<!\S)status\s+(?!post\b|\w+(?:icus|osus|atus)\b)[^\W\d]\w*"),
    ("kinds", r"(?<!\S)kinds\s+(?!of\b)\w+"),
    ("negated", rf"(?<!\S){_OUTSIDE}\s+(?:the\s+)?(?:{_COUNTRY}|{_NAME})"),
    ("negated", rf"(?<!\S)(?:not|no|without)\s+(?:from\s+)?(?:the\s+)?{_COUNTRY}"),
    (
        "stage",
        rf"(?<!\S)stages?\s*{_STAGE}(?:\s*(?:-|\u2013|/|to|and|or)\s*{_STAGE})?(?![\w.]|.*\bAJCC\b)",
    ),
    ("group", rf"(?<!\S)(?<!\bfrail )(?:{_AGES})(?![\w'’-]|\s+of\b)"),
    ("placebo", rf"(?<!\S)(?:no|not|non|without|w/o)[\s-]+(?:an?\s+|any\s+)?{_PLACEBO}(?!\w)"),
    ("placebo", r"(?<!\S)placebo[\s-]free(?!\w)"),
    *(("rhythm", pattern) for pattern in RHYTHMS),
)
"""Status epilepticus and its like are diseases; a "type 2" of something mostly is one too. A stage
is named in front of its disease too, for few trials say it; of a whole name (AJCC) it is a part.
"""

_IN = re.compile(r"(?<!\S)in\s+(?P<name>[^\W\d]{5,})(?!\w)", re.IGNORECASE)


def is_rhythm(text: str) -> bool:
    """Whether this says how often to tell, and nothing else."""
    return any(re.fullmatch(one, text.strip(), re.IGNORECASE) for one in RHYTHMS)


_MEANT = "recruiting"
_ALIKE = 0.85
"""How like the status that most people ask for a word must be, of 1, to be that, misspelt."""

_CLOSED = re.compile(r'AREA\[[^\]]*\](?:"[^"]*"|[^\s"(]+)|"[^"]*"|\([^)]*\)|\[[^\]]*\]')
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
    yield from _looks(question.words, negated)
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


def _looks(words: str, negated: tuple[str, ...]) -> Iterator[Unread]:
    """What looks like narrowing, but for what was named as turned round before."""
    found = [
        Unread(key, match[0])
        for key, pattern in _LOOKS
        for match in re.finditer(pattern, words, re.IGNORECASE)
        if not any(match[0] in typed for typed in negated)
    ]
    aged = any(one.key == "age" for one in found)
    # Of adults over 65 it is enough to say once that an age is one number.
    yield from (one for one in found if not (aged and one.key == "group"))


_LINKING = "in|for|among|from|of|the|and|but|young|small|older"


def without(words: str, one: Unread) -> str:
    """The words without it, and without what held it to the others."""
    held = rf"(?<!\S)(?:(?:{_LINKING})\s+)*{re.escape(one.typed)}(?!\w)"
    left = re.sub(held, " ", words, flags=re.IGNORECASE).split()
    while left and left[-1].lower() in CONNECTING:
        del left[-1]
    while left and left[0].lower() in CONNECTING:
        del left[0]
    return " ".join(left)
