"""The operations that lead from one raw record to another, found without the project's code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any


def operations_between(old: Any, new: Any, pointer: str = "") -> Iterator[dict[str, Any]]:
    """Additions, removals and replacements as RFC 6902 writes them.

    The order of a list is no operation: what is in both is left away first, and the rest is
    compared in its order.
    """
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted(old.keys() | new.keys()):
            at = f"{pointer}/{name}"
            if name not in new:
                yield {"op": "remove", "path": at, "value": None}
            elif name not in old:
                yield {"op": "add", "path": at, "value": new[name]}
            else:
                yield from operations_between(old[name], new[name], at)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _between_lists(_without(old, new), _without(new, old), pointer)
    else:
        yield {"op": "replace", "path": pointer, "value": new}


def _between_lists(old: list[Any], new: list[Any], pointer: str) -> Iterator[dict[str, Any]]:
    for index, (mine, theirs) in enumerate(zip(old, new, strict=False)):
        yield from operations_between(mine, theirs, f"{pointer}/{index}")
    for index, _ in enumerate(old[len(new) :], len(new)):
        yield {"op": "remove", "path": f"{pointer}/{index}", "value": None}
    for index, value in enumerate(new[len(old) :], len(old)):
        yield {"op": "add", "path": f"{pointer}/{index}", "value": value}


def _without(mine: list[Any], theirs: list[Any]) -> list[Any]:
    known = Counter(json.dumps(one, sort_keys=True) for one in theirs)
    left = []
    for one in mine:
        key = json.dumps(one, sort_keys=True)
        if known[key] > 0:
            known[key] -= 1
        else:
            left.append(one)
    return left
