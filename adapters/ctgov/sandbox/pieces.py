"""The names of the registry's fields: pieces, their paths in a record, and the search areas.

Both tables are data beside this file. The structure is that of API 2.0.5; the areas and their
weights are those of the registry's page on its search areas.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

import msgspec

Kind = Literal["branch", "text", "enum", "date", "number", "age", "bool", "nct", "geo"]


class Piece(msgspec.Struct, frozen=True):
    """One field of the study structure."""

    name: str
    path: tuple[str, ...]
    kind: Kind


class Weighted(msgspec.Struct, frozen=True):
    """A piece in a search area. ``size`` asks for its number of values, not for the values."""

    piece: Piece
    weight: float = 1.0
    size: bool = False


class Structure(msgspec.Struct, frozen=True):
    """The two tables, read."""

    by_name: dict[str, Piece]
    by_path: dict[str, Piece]
    areas: dict[str, tuple[Weighted, ...]]
    parameters: dict[str, str]
    """Request parameter to the area that it searches."""

    def find(self, name: str) -> Piece | None:
        """The piece of this name or dotted path."""
        return self.by_name.get(name) or self.by_path.get(name)

    def leaves(self, branch: Piece) -> tuple[Piece, ...]:
        """Every leaf at or under a piece."""
        depth = len(branch.path)
        return tuple(
            piece
            for piece in self.by_name.values()
            if piece.kind != "branch" and piece.path[:depth] == branch.path
        )


@cache
def structure() -> Structure:
    """The study structure and the search areas."""
    pieces = tuple(_pieces(_table("pieces.txt")))
    by_name = {piece.name: piece for piece in pieces}
    areas: dict[str, tuple[Weighted, ...]] = {}
    parameters = {}
    for line in _unfolded(_table("areas.txt")):
        area, parameter, *weighted = line.split()
        parameters[parameter] = area
        pairs = (pair.split(":") for pair in weighted)
        areas[area] = tuple(Weighted(by_name[name], float(weight)) for name, weight in pairs)
    areas["LeadSponsorName"] = (Weighted(by_name["LeadSponsorName"]),)
    parameters["query.lead"] = "LeadSponsorName"
    del parameters["-"]
    by_path = {".".join(piece.path): piece for piece in pieces}
    return Structure(by_name, by_path, areas, parameters)


def values_at(node: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """Every value at a path, through all lists on the way."""
    if isinstance(node, list):
        for item in node:
            yield from values_at(item, path)
    elif not path:
        yield node
    elif isinstance(node, dict) and path[0] in node:
        yield from values_at(node[path[0]], path[1:])


def _pieces(lines: list[str]) -> Iterator[Piece]:
    path: list[str] = []
    for number, line in enumerate(lines):
        depth = _depth(line)
        field, name, *kind = line.split()
        path[depth:] = [field]
        deeper = number + 1 < len(lines) and _depth(lines[number + 1]) > depth
        # Every kind in the table is one of Kind: a test reads it against the published types.
        yield Piece(name, tuple(path), cast("Kind", kind[0] if kind else _plain(deeper)))


def _plain(deeper: bool) -> Kind:
    return "branch" if deeper else "text"


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _unfolded(lines: list[str]) -> list[str]:
    """Lines that begin with a space go on with the line before them."""
    return "\n".join(lines).replace("\n ", " ").split("\n")


def _table(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
