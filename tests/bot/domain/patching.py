"""RFC 6902 patches between two versions of a trial of which neither is known, made into both.

The registry's history page gives the operations alone. What they say of the old version (that
something stood at a path) is filled with made-up values of the schema's type, as little as the
operations need; the new version is the old one with the operations applied. Of a list only the head
is known, as far as an operation reaches; what follows is the same in both and grows on demand.
"""

from __future__ import annotations

import copy
import html
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from bot.domain.left_out import HISTORY_ONLY
from tests.bot.domain.planting import member
from tests.bot.domain.rewrites import Raw, other_value
from tests.bot.domain.schema import resolved, schema_at

Operation = dict[str, Any]

_NAMES = ("name", "label", "measure", "facility", "city", "country", "citation", "date")
"""What a made-up member of a list has, so that it is one of its own."""


def generic(pointer: str) -> str:
    """A pointer as a path of the catalogue: list indices stand for nothing and are left away."""
    names = pointer.removeprefix("/").split("/")
    return ".".join(name for name in names if not name.isdigit())


def operations(patch: list[Operation]) -> Iterator[Operation]:
    """The operations with their values as the record has them: the page escapes them for HTML."""
    for operation in patch:
        yield {**operation, "value": _plain(operation.get("value"))}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return html.unescape(value)
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value


def versions_of(number: str, patch: Iterable[Operation]) -> tuple[Raw, Raw]:
    """The two versions that a patch leads from and to, without results and reviewers' remarks."""
    versions = Versions(number)
    for operation in patch:
        path = generic(operation["path"])
        remark = any(path == one or path.startswith(f"{one}.") for one in HISTORY_ONLY)
        if not remark and not path.startswith("resultsSection"):
            versions.apply(operation)
    return versions.old, versions.new


class Versions:
    """The two versions, growing while operations are read in their order."""

    def __init__(self, number: str) -> None:
        identified: Raw = {"protocolSection": {"identificationModule": {"nctId": number}}}
        self.old: Raw = identified
        self.new: Raw = copy.deepcopy(identified)
        self._twins: dict[int, Any] = {}
        """Of each object of the new version that was in the old one, the old one."""
        self._made = 0
        self._link(self.new, self.old)

    def apply(self, operation: Operation) -> None:
        """Carry one operation out on the new version; the old one gains what it takes for it."""
        *way, last = operation["path"].removeprefix("/").split("/")
        holder: Any = self.new
        passed: list[str] = []
        for name, following in itertools.pairwise([*way, last]):
            passed.append(name)
            holder = self._inner(holder, name, passed, is_list=following.isdigit())
        path = generic("/".join([*way, last]))
        if isinstance(holder, list):
            self._in_list(holder, int(last), path, operation)
        else:
            self._in_object(holder, last, path, operation)

    def _inner(self, holder: Any, name: str, passed: list[str], *, is_list: bool) -> Any:
        if isinstance(holder, list):
            self._grow(holder, int(name), generic("/".join(passed)))
            return holder[int(name)]
        if name not in holder:
            holder[name] = [] if is_list else {}
            self._give_twin(holder, name)
        return holder[name]

    def _in_object(self, holder: Raw, name: str, path: str, operation: Operation) -> None:
        kind, value = operation["op"], operation["value"]
        twin = self._twins.get(id(holder))
        if name not in holder and kind != "add" and twin is not None:
            twin[name] = other_value(path, value)
        holder.pop(name, None)
        if kind != "remove":
            holder[name] = value

    def _in_list(self, holder: list[Any], index: int, path: str, operation: Operation) -> None:
        kind, value = operation["op"], operation["value"]
        self._grow(holder, index if kind != "add" else index - 1, path)
        if kind == "add":
            holder.insert(index, value)
        elif kind == "remove":
            del holder[index]
        else:
            holder[index] = value

    def _grow(self, holder: list[Any], index: int, path: str) -> None:
        """Known up to this index: what is new stands at the end of both versions."""
        twin = self._twins.get(id(holder))
        while len(holder) <= index:
            self._made += 1
            fresh = self._element(path)
            holder.append(fresh)
            if twin is not None:
                twin.append(copy.deepcopy(fresh))
                self._link(fresh, twin[-1])

    def _element(self, path: str) -> Any:
        if "properties" in resolved(schema_at(path)["items"]):
            every = member(path, self._made)
            return {name: every[name] for name in _NAMES if name in every}
        return f"Made {self._made}"

    def _give_twin(self, holder: Raw, name: str) -> None:
        twin = self._twins.get(id(holder))
        if twin is not None:
            twin[name] = copy.deepcopy(holder[name])
            self._link(holder[name], twin[name])

    def _link(self, new: Any, old: Any) -> None:
        if isinstance(new, dict | list):
            self._twins[id(new)] = old
        if isinstance(new, dict):
            for name, inner in new.items():
                self._link(inner, old[name])
