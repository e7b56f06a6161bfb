"""Evaluating queries over records.

A query becomes one function from a record to a score: nothing means not found, and the heaviest
field that a term was found in counts. The weights are the registry's; how it adds them up is not
published, so the order here is only of the same kind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from adapters.ctgov.sandbox import terms
from adapters.ctgov.sandbox.essie import (
    All,
    And,
    Context,
    Distance,
    Missing,
    Node,
    Not,
    Or,
    QueryError,
    Range,
    Term,
)
from adapters.ctgov.sandbox.pieces import Piece, Weighted, structure
from adapters.ctgov.sandbox.values import kilometres, order, span
from adapters.ctgov.sandbox.view import View

Score = Callable[[View], float]
"""How well a record, or a part of it, fits: 0.0 where it does not."""

FOUND = 1.0
LOCATION = "Location"
COVERAGES = frozenset({"Contains", "FullMatch", "StartsWith", "EndsWith"})
EXPANSIONS = frozenset({"None", "Term", "Concept", "Relaxation", "Lossy"})


class Setting(msgspec.Struct, frozen=True):
    """What the context operators around a term have set."""

    area: tuple[Weighted, ...]
    expansion: str = "Relaxation"
    coverage: str = "Contains"
    within: Piece | None = None
    """The list that SEARCH narrowed the view to."""


def compiled(node: Node, area: str) -> Score:
    """The query as a function. ``area`` is where it looks first. Raises QueryError."""
    return _compiled(node, Setting(area=_area(area)))


def _compiled(node: Node, setting: Setting) -> Score:
    match node:
        case Term():
            return terms.compiled(node, setting.area, setting.expansion, setting.coverage)
        case Range():
            return _range(node, setting)
        case Distance():
            return _distance(node, setting)
        case Missing():
            return _missing(setting)
        case All():
            return lambda _: FOUND
        case Not():
            inner = _compiled(node.inner, setting)
            return lambda view: 0.0 if inner(view) else FOUND
        case And():
            return _and([_compiled(part, setting) for part in node.parts])
        case Or():
            parts = [_compiled(part, setting) for part in node.parts]
            return lambda view: sum(part(view) for part in parts)
        case Context():
            return _context(node, setting)


def _and(parts: list[Score]) -> Score:
    def function(view: View) -> float:
        total = 0.0
        for part in parts:
            found = part(view)
            if not found:
                return 0.0
            total += found
        return total

    return function


def _context(node: Context, setting: Setting) -> Score:
    match node.operator:
        case "AREA":
            setting = msgspec.structs.replace(setting, area=_narrowed(node.parameter, setting))
        case "SEARCH":
            return _search(node, setting)
        case "EXPANSION":
            _one_of(node, EXPANSIONS)
            setting = msgspec.structs.replace(setting, expansion=node.parameter)
        case "COVERAGE":
            _one_of(node, COVERAGES)
            setting = msgspec.structs.replace(setting, coverage=node.parameter)
        case _:  # TILT only moves the order of what is found
            _area(node.parameter)
    return _compiled(node.inner, setting)


def _one_of(node: Context, known: frozenset[str]) -> None:
    if node.parameter not in known:
        raise QueryError(f"{node.operator} does not know '{node.parameter}'.")


def _search(node: Context, setting: Setting) -> Score:
    if node.parameter == "Study":
        return _compiled(node.inner, setting)
    if node.parameter != LOCATION:
        raise QueryError(f"SEARCH does not know '{node.parameter}'.")
    locations = structure().by_name[LOCATION]
    narrowed = msgspec.structs.replace(setting, area=_area("LocationSearch"), within=locations)
    inner = _compiled(node.inner, narrowed)
    return lambda view: max((inner(part) for part in view.parts(locations)), default=0.0)


def _area(name: str) -> tuple[Weighted, ...]:
    plain, _, size = name.partition(":")
    tables = structure()
    if not size and plain in tables.areas:
        return tables.areas[plain]
    piece = tables.find(plain)
    if piece is None or size not in {"", "size"}:
        raise QueryError(f"Unknown search area '{name}'.")
    if size or piece.kind != "branch":
        return (Weighted(piece, size=bool(size)),)
    return tuple(Weighted(leaf) for leaf in tables.leaves(piece))


def _narrowed(name: str, setting: Setting) -> tuple[Weighted, ...]:
    area = _area(name)
    within = setting.within
    if within and any(one.piece.path[: len(within.path)] != within.path for one in area):
        raise QueryError(f"Search area '{name}' is not a part of {within.name}.")
    return area


def _range(node: Range, setting: Setting) -> Score:
    bounds = [(one, *_bounds(node, one)) for one in setting.area]

    def function(view: View) -> float:
        for one, low, high in bounds:
            kind = "number" if one.size else one.piece.kind
            for value in view.values(one):
                place = order(kind, value)
                if place is None or (low is not None and place < low):
                    continue
                if high is None or place <= high:
                    return one.weight
        return 0.0

    return function


def _bounds(node: Range, one: Weighted) -> tuple[Any, Any]:
    kind = "number" if one.size else one.piece.kind
    if kind not in {"date", "number", "age"}:
        raise QueryError(f"RANGE cannot order the values of '{one.piece.name}'.")
    low = span(kind, node.low) if node.low is not None else (None, None)
    high = span(kind, node.high) if node.high is not None else (None, None)
    if low is None or high is None:
        wrong = node.low if low is None else node.high
        raise QueryError(f"'{wrong}' is no value of '{one.piece.name}'.")
    return low[0], high[1]


def _distance(node: Distance, setting: Setting) -> Score:
    wrong = next((one.piece for one in setting.area if one.piece.kind != "geo"), None)
    if wrong is not None:
        raise QueryError(f"DISTANCE cannot be asked of '{wrong.name}'.")

    def function(view: View) -> float:
        points = (point for one in setting.area for point in view.values(one))
        near = (
            kilometres(node.lat, node.lon, point["lat"], point["lon"]) <= node.km
            for point in points
        )
        return FOUND if any(near) else 0.0

    return function


def _missing(setting: Setting) -> Score:
    return lambda view: 0.0 if any(view.values(one) for one in setting.area) else FOUND
