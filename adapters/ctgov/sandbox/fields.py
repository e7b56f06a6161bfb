"""The ``fields`` parameter: a part of each record.

An object of which nothing was asked for is left out, in lists too. The registry does not say what
it does there, so a client may not count on positions in a projected list.
"""

from __future__ import annotations

from typing import Any

import msgspec

from adapters.ctgov.sandbox.essie import QueryError
from adapters.ctgov.sandbox.pieces import structure

Tree = dict[str, Any]
"""Field names to the tree below them; an empty tree is everything below."""

_SECTIONS = msgspec.json.Decoder(dict[str, msgspec.Raw])


def projection(names: list[str]) -> Tree:
    """The tree of what is asked for by pieces, dotted paths or search areas.

    Raises QueryError where one is unknown.
    """
    tree: Tree = {}
    for name in names:
        for path in _paths(name):
            _plant(tree, path)
    return tree


def project(record: bytes, tree: Tree) -> bytes:
    """The asked part of a record. Whole sections are not decoded."""
    kept: dict[str, Any] = {}
    for name, section in _SECTIONS.decode(record).items():
        if name not in tree:
            continue
        below = tree[name]
        found = pruned(msgspec.json.decode(section), below) if below else section
        if found is not None:
            kept[name] = found
    return msgspec.json.encode(kept)


def pruned(node: Any, tree: Tree) -> Any | None:
    """What a tree leaves of decoded values; None where that is nothing."""
    if not tree:
        return node
    if isinstance(node, list):
        return [left for item in node if (left := pruned(item, tree)) is not None] or None
    if not isinstance(node, dict):
        return None
    found = {name: pruned(node[name], below) for name, below in tree.items() if name in node}
    return {name: left for name, left in found.items() if left is not None} or None


def _paths(name: str) -> list[tuple[str, ...]]:
    tables = structure()
    if name in tables.areas:
        return [one.piece.path for one in tables.areas[name]]
    piece = tables.find(name)
    if piece is None:
        raise QueryError(f"Unknown field name '{name}' in the fields parameter.")
    return [piece.path]


def _plant(tree: Tree, path: tuple[str, ...]) -> None:
    """A branch that is asked for whole stays whole, whatever else of it is asked for."""
    *above, last = path
    for name in above:
        if tree.get(name) == {}:
            return
        tree = tree.setdefault(name, {})
    tree[last] = {}
