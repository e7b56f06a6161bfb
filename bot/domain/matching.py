"""Which followed conditions a study belongs to, at a cost that does not grow with their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Set
from datetime import date
from typing import TypeVar

import msgspec

from bot.domain.mesh import same_id
from bot.domain.phrases import normal_words
from bot.domain.study import Study
from bot.domain.watch import StoredInterest

_Place = TypeVar("_Place")


class Index:
    """All followed conditions, by MeSH id and by phrase.

    A study matches a condition when it is filed under one of its MeSH terms (itself or as an
    ancestor), or when one of its phrases stands as whole consecutive words in the study's
    conditions, keywords, titles or acronym. A study costs one look-up for each of its MeSH terms
    and words, and one more for each phrase of another length that begins with a word it has.
    """

    def __init__(self) -> None:
        self._since: dict[int, date] = {}
        self._by_term: defaultdict[str, set[int]] = defaultdict(set)
        self._by_phrase: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        self._lengths: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._since)

    @property
    def last_id(self) -> int:
        """The largest id that was added; 0 where there is none."""
        return max(self._since, default=0)

    @property
    def ids(self) -> frozenset[int]:
        """Of all conditions that it holds."""
        return frozenset(self._since)

    def since(self, interest_id: int) -> date:
        """Since when anybody follows it. Raises KeyError where it was not added."""
        return self._since[interest_id]

    def add(self, stored: StoredInterest) -> None:
        """Take in a followed condition."""
        self._since[stored.id] = stored.since
        for term in stored.interest.terms:
            self._by_term[same_id(term.id)].add(stored.id)
        for phrase in stored.interest.phrases:
            words = normal_words(phrase)
            if words:
                self._by_phrase[words].add(stored.id)
                self._know_length(words)

    def drop(self, ids: Collection[int]) -> None:
        """Let go of conditions that nobody follows any more; unknown ids are none of its own."""
        gone = self._since.keys() & set(ids)
        if not gone:
            return
        for one in gone:
            del self._since[one]
        _take_out(self._by_term, gone)
        _take_out(self._by_phrase, gone)
        self._lengths = {}
        for words in self._by_phrase:
            self._know_length(words)

    def match(self, study: Study) -> frozenset[int]:
        """The ids of all conditions that this study belongs to."""
        found: set[int] = set()
        for terms in (study.condition_meshes, study.condition_ancestors):
            for term in terms:
                found.update(self._by_term.get(same_id(term.id), ()))
        for text in _texts(study):
            found.update(self._in_text(text))
        return frozenset(found)

    def match_filed_as(self, study: Study, other: Study) -> frozenset[int]:
        """What ``study`` would belong to if it were filed under the MeSH terms of ``other``."""
        return self.match(
            msgspec.structs.replace(
                study,
                condition_meshes=other.condition_meshes,
                condition_ancestors=other.condition_ancestors,
            )
        )

    def _know_length(self, words: tuple[str, ...]) -> None:
        lengths = {*self._lengths.get(words[0], ()), len(words)}
        self._lengths[words[0]] = tuple(sorted(lengths))

    def _in_text(self, text: str) -> Iterator[int]:
        words = normal_words(text)
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                yield from self._by_phrase.get(words[start : start + length], ())


def _take_out(places: defaultdict[_Place, set[int]], gone: Set[int]) -> None:
    for ids in places.values():
        ids.difference_update(gone)
    for place in [place for place, ids in places.items() if not ids]:
        del places[place]


def _texts(study: Study) -> Iterator[str]:
    yield from study.conditions
    yield from study.keywords
    for text in (study.brief_title, study.official_title, study.acronym):
        if text:
            yield text
