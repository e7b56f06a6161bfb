"""From the words that somebody typed to the MeSH terms that the registry files them under.

The registry's own search finds trials for the words, synonyms included; how it files those trials
tells which heading the words mean. In this order, the first that answers:

1. a heading of that name, in the order of words as people say it ("Sarcoma, Ewing" is Ewing
   sarcoma), with cancer, tumour and neoplasm as one word, as MeSH has it in its entry terms;
2. a heading whose name holds all the words and that most of the hits stand under ("diabetes" in
   "Diabetes Mellitus"): the broadest, for somebody who typed less meant more;
3. a heading that most of the hits are filed under themselves (a heart attack is a "Myocardial
   Infarction"): the most specific. A heading above unrelated ones is never taken here, because
   ancestors do not count;
4. none: the words alone are followed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from bot.domain.mesh import same_id
from bot.domain.phrases import normal_words, phrase
from bot.domain.study import MeshTerm
from bot.domain.text import fold
from bot.domain.watch import Interest

MOST = 0.6
"""The share of hits that makes a heading their common one. Below it a heading may just go along
with the words often, as diabetes does with erectile dysfunction."""

FEWEST_HITS = 5
"""Filed hits below which a share says nothing; only a heading's name counts then."""

_NEOPLASM = frozenset({"cancer", "tumor", "tumour", "neoplasm"})


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """What one hit of the registry's search is filed under."""

    conditions: tuple[str, ...] = ()
    meshes: tuple[MeshTerm, ...] = ()
    ancestors: tuple[MeshTerm, ...] = ()


def resolve(words: str, filings: Sequence[Filing]) -> Interest:
    """What to watch for somebody who typed ``words``; the same input gives the same interest."""
    filed = _one_term_an_id([one for one in filings if one.meshes])
    terms = _named(words, filed) or _holding(words, filed) or _common(filed)
    typed = phrase(words)
    return Interest(
        words=fold(words),
        terms=terms,
        phrases=(typed,) if typed else (),
        narrower=_narrower(terms, filed),
    )


def _one_term_an_id(filed: Sequence[Filing]) -> list[Filing]:
    """The filings with one spelling, the shortest seen, for each heading's id."""
    terms: dict[str, MeshTerm] = {}
    every = {term for one in filed for term in (*one.meshes, *one.ancestors)}
    for term in sorted(every, key=lambda term: (len(term.id), term)):
        terms.setdefault(same_id(term.id), term)
    return [
        Filing(
            conditions=one.conditions,
            meshes=tuple(terms[same_id(term.id)] for term in one.meshes),
            ancestors=tuple(terms[same_id(term.id)] for term in one.ancestors),
        )
        for one in filed
    ]


def _named(words: str, filed: Iterable[Filing]) -> tuple[MeshTerm, ...]:
    """Headings of that name; the very words go before their equals."""
    every = sorted({term for one in filed for term in (*one.meshes, *one.ancestors)})
    for form in (_sorted_words, _with_one_neoplasm):
        wanted = form(words)
        found = tuple(term for term in every if wanted and form(term.term) == wanted)
        if found:
            return found
    return ()


def _sorted_words(text: str) -> tuple[str, ...]:
    return tuple(sorted(normal_words(text)))


def _with_one_neoplasm(text: str) -> tuple[str, ...]:
    return tuple(sorted("neoplasm" if word in _NEOPLASM else word for word in normal_words(text)))


def _holding(words: str, filed: Sequence[Filing]) -> tuple[MeshTerm, ...]:
    """The broadest heading whose name holds all the words, over most of the hits."""
    wanted = set(_with_one_neoplasm(words))
    if not wanted:
        return ()
    under = _counts({*one.meshes, *one.ancestors} for one in filed)
    fitting = [
        (-count, len(normal_words(term.term)), term)
        for term, count in _over_most(under, len(filed))
        if wanted <= set(_with_one_neoplasm(term.term))
    ]
    return (min(fitting)[2],) if fitting else ()


def _common(filed: Sequence[Filing]) -> tuple[MeshTerm, ...]:
    """The most specific heading that most of the hits are filed under themselves."""
    own = _counts(set(one.meshes) for one in filed)
    common = dict(_over_most(own, len(filed)))
    above = _above(filed)
    specific = [
        (-count, term)
        for term, count in common.items()
        if not any(term in above[other] for other in common if other != term)
    ]
    return (min(specific)[1],) if specific else ()


def _counts(sets: Iterable[set[MeshTerm]]) -> Counter[MeshTerm]:
    return Counter(term for terms in sets for term in terms)


def _over_most(counts: Counter[MeshTerm], hits: int) -> list[tuple[MeshTerm, int]]:
    if hits < FEWEST_HITS:
        return []
    return [(term, count) for term, count in counts.items() if count >= MOST * hits]


def _above(filed: Iterable[Filing]) -> defaultdict[MeshTerm, set[MeshTerm]]:
    """For each heading those above it, as far as hits filed under it alone show them."""
    above: defaultdict[MeshTerm, set[MeshTerm]] = defaultdict(set)
    for one in filed:
        if len(one.meshes) == 1:
            above[one.meshes[0]].update(one.ancestors)
    return above


def _narrower(terms: Sequence[MeshTerm], filed: Iterable[Filing]) -> tuple[str, ...]:
    """Names of headings below ``terms``, the most frequent first.

    Only hits under exactly one heading tell: of several, each ancestor may belong to another.
    """
    anchors = set(terms)
    below = Counter(
        one.meshes[0].term
        for one in filed
        if len(one.meshes) == 1
        and one.meshes[0] not in anchors
        and not anchors.isdisjoint(one.ancestors)
    )
    return tuple(sorted(below, key=lambda name: (-below[name], name)))
