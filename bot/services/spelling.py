"""Why the registry finds nothing for what was typed: what narrows it, or how it is spelt.

The registry looks for no misspellings. The conditions of kept trials are looked through that share
all words but one with what was typed, and the beginning of that one.
"""

from __future__ import annotations

from difflib import get_close_matches
from itertools import chain

import msgspec

from bot.domain.filters import NO_FILTER
from bot.domain.hits import Nothing
from bot.domain.phrases import normal_words, phrase
from bot.domain.question import Question
from bot.ports.registry import Registry
from bot.ports.store import Store
from bot.services.suggesting import names_of

_BEGINNING = 3
"""Letters of a word that are taken to be right: most slips come later."""

_MOST_WORDS = 5
_TRIALS = 25
"""Trials looked at for each word that may be misspelt."""

_ALIKE = 0.8
"""How like a condition's name it must be, of 1: ``brest cancer`` is to the right one 0.96."""

_OFFERED = 3


async def why_nothing(question: Question, registry: Registry, store: Store) -> Nothing:
    """Why nothing is found for a question. Raises RegistryError, StoreError.

    Words that find trials by themselves are spelt well: no other illness is put in their place.
    """
    if question.name and not question.filter.is_empty:
        bare = msgspec.structs.replace(question, filter=NO_FILTER, page=1)
        if (await registry.search(bare, most=1)).total:
            return Nothing(narrowed=True)
    return Nothing(meant=await conditions_like(question.words, store))


async def conditions_like(text: str, store: Store) -> tuple[str, ...]:
    """Names of conditions, the likest first; none where that is one. Raises StoreError."""
    words = normal_words(text)
    if not 0 < len(words) <= _MOST_WORDS:
        return ()
    names: dict[str, str] = {}
    for at, word in enumerate(words):
        if len(word) > _BEGINNING:
            begun = (*words[:at], word[:_BEGINNING], *words[at + 1 :])
            found = await store.studies.worded(begun, limit=_TRIALS)
            stored = await store.studies.several([named.key for named in found])
            for name in chain.from_iterable(names_of(one.study) for one in stored.values()):
                names.setdefault(phrase(name), name)
    typed = " ".join(words)
    if typed in names:
        return ()
    near = get_close_matches(typed, names, n=_OFFERED, cutoff=_ALIKE)
    return tuple(names[one] for one in near)
