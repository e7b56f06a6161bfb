"""What conditions mean, whoever narrowed them how: MeSH headings and phrases, found in a study."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from typing import TypeVar

from bot.domain.mesh import same_id
from bot.domain.phrases import normal_words
from bot.domain.study import Study
from bot.domain.watch import Interest

_Place = TypeVar("_Place")

Topic = tuple[frozenset[str], frozenset[tuple[str, ...]]]
"""MeSH ids, and phrases as normal words: equal for all who mean the same."""


def topic_of(interest: Interest) -> Topic:
    """What a followed condition means without its filter."""
    phrases = (normal_words(phrase) for phrase in interest.phrases)
    return (
        frozenset(same_id(term.id) for term in interest.terms),
        frozenset(words for words in phrases if words),
    )


class Topics:
    """Finds the topics of a study.

    A study costs one look-up for each of its MeSH terms and words, and one more for each phrase of
    another length that begins with a word it has, however many topics there are.
    """

    def __init__(self) -> None:
        self._by_term: defaultdict[str, set[Topic]] = defaultdict(set)
        self._by_phrase: defaultdict[tuple[str, ...], set[Topic]] = defaultdict(set)
        self._lengths: dict[str, tuple[int, ...]] = {}

    def add(self, topic: Topic) -> None:
        """Take one in; one that is there already stays."""
        terms, phrases = topic
        for term in terms:
            self._by_term[term].add(topic)
        for words in phrases:
            self._by_phrase[words].add(topic)
            self._know_length(words)

    def drop(self, gone: Set[Topic]) -> None:
        """Let go of these."""
        _take_out(self._by_term, gone)
        _take_out(self._by_phrase, gone)
        self._lengths = {}
        for words in self._by_phrase:
            self._know_length(words)

    def find(self, study: Study) -> frozenset[Topic]:
        """The topics that a study belongs to.

        It is filed under one of the terms (itself or as an ancestor), or one of the phrases stands
        as whole consecutive words in its conditions, keywords, titles or acronym.
        """
        found: set[Topic] = set()
        for terms in (study.condition_meshes, study.condition_ancestors):
            for term in terms:
                found.update(self._by_term.get(same_id(term.id), ()))
        for text in _texts(study):
            found.update(self._in_text(text))
        return frozenset(found)

    def _know_length(self, words: tuple[str, ...]) -> None:
        lengths = {*self._lengths.get(words[0], ()), len(words)}
        self._lengths[words[0]] = tuple(sorted(lengths))

    def _in_text(self, text: str) -> Iterator[Topic]:
        words = normal_words(text)
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                yield from self._by_phrase.get(words[start : start + length], ())


def says_the_same(one: Study, other: Study) -> bool:
    """Whether nothing differs in two versions by which topics are found."""
    return _words(one) == _words(other)


def _words(study: Study) -> tuple[object, ...]:
    return (
        study.condition_meshes,
        study.condition_ancestors,
        study.conditions,
        study.keywords,
        study.brief_title,
        study.official_title,
        study.acronym,
    )


def _take_out(places: defaultdict[_Place, set[Topic]], gone: Set[Topic]) -> None:
    for topics in places.values():
        topics.difference_update(gone)
    for place in [place for place, topics in places.items() if not topics]:
        del places[place]


def _texts(study: Study) -> Iterator[str]:
    yield from study.conditions
    yield from study.keywords
    for text in (study.brief_title, study.official_title, study.acronym):
        if text:
            yield text
