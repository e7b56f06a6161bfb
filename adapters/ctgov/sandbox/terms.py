"""Finding words in the fields of an area."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from adapters.ctgov.sandbox.essie import Term
from adapters.ctgov.sandbox.pieces import Weighted
from adapters.ctgov.sandbox.values import exactly, fold, order, span, squeeze
from adapters.ctgov.sandbox.view import View

PARTIAL = 0.5
"""What words found apart count beside words found together (Essie's penalty is not published)."""
SMALL_WORDS = frozenset(
    {"a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)
"""Not asked for where a term is taken apart."""

_SAME = frozenset({"enum", "bool", "nct"})
_ORDERED = frozenset({"date", "number", "age"})

Score = Callable[[View], float]


def compiled(term: Term, area: Sequence[Weighted], expansion: str, coverage: str) -> Score:
    """A term as a function from a record to its score."""
    together = _together(term.words, area, exact=expansion == "None", coverage=coverage)
    words = [word for word in term.words.split() if fold(word).strip()]
    words = [word for word in words if word.casefold() not in SMALL_WORDS] or words
    relaxed = expansion in {"Relaxation", "Lossy"} and coverage == "Contains" and not term.phrase
    if not relaxed or len(words) < 2:
        return together
    apart = [_together(word, area, exact=False, coverage=coverage) for word in words]
    enough: Callable[[Sequence[float]], bool] = any if expansion == "Lossy" else all

    def function(view: View) -> float:
        whole = together(view)
        if whole:
            return whole
        found = [score(view) for score in apart]
        return PARTIAL * sum(found) / len(found) if enough(found) else 0.0

    return function


def _together(words: str, area: Sequence[Weighted], *, exact: bool, coverage: str) -> Score:
    tests = [(one.weight, _test(words, one, exact, coverage)) for one in _heaviest_first(area)]

    def function(view: View) -> float:
        return next((weight for weight, test in tests if test(view)), 0.0)

    return function


def _heaviest_first(area: Sequence[Weighted]) -> list[Weighted]:
    return sorted(area, key=lambda one: -one.weight)


def _test(words: str, one: Weighted, exact: bool, coverage: str) -> Callable[[View], bool]:
    if one.size or one.piece.kind in _ORDERED:
        return _ordered_test(words, one)
    if one.piece.kind in _SAME:
        wanted = squeeze(words)
        return lambda view: any(squeeze(value) == wanted for value in view.values(one))
    needle = exactly(words) if exact else fold(words)
    if not needle.strip():
        return lambda _: False
    covers = _COVERS[coverage]
    return lambda view: any(covers(text, needle) for text in view.folded(one.piece, exact=exact))


def _ordered_test(words: str, one: Weighted) -> Callable[[View], bool]:
    """A date, number or age is found within what was written: 2022 finds each of its days."""
    kind = "number" if one.size else one.piece.kind
    bounds = span(kind, words)
    if bounds is None:
        return lambda _: False
    low, high = bounds

    def test(view: View) -> bool:
        places = (order(kind, value) for value in view.values(one))
        return any(place is not None and low <= place <= high for place in places)

    return test


_COVERS: dict[str, Callable[[str, str], bool]] = {
    "Contains": lambda text, needle: needle in text,
    "FullMatch": lambda text, needle: text == needle,
    "StartsWith": lambda text, needle: text.startswith(needle),
    "EndsWith": lambda text, needle: text.endswith(needle),
}
