"""The stand-in registry's state: which day it is, and which records stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from adapters.ctgov.sandbox import days as days_of
from adapters.ctgov.sandbox.days import BadFolder, Day, Document, Removed
from adapters.ctgov.sandbox.parameters import Query, Sort
from adapters.ctgov.sandbox.pieces import Weighted
from adapters.ctgov.sandbox.search import compiled
from adapters.ctgov.sandbox.values import order
from adapters.ctgov.sandbox.view import View

Studies = Iterable[Mapping[str, Any]]
"""Complete studies, or ``{"removed": "NCT..."}``, as Python values."""

REMEMBERED = 16
"""How many searches are kept for their next page."""


class Sandbox:
    """Records as they stand on one data day, and the way to the next.

    A trial that a later day does not name stands with its last version. Only the records of the
    present day are in memory: a day's file is read when that day comes.
    """

    def __init__(self, data_days: Iterable[Day]) -> None:
        self._days = tuple(data_days)
        if not self._days:
            raise BadFolder("there is no data day")
        self._at = -1
        self._records: dict[str, Document] = {}
        self._aliases: dict[str, str] = {}
        self._found: dict[Query, list[Document]] = {}
        self.histories: dict[str, bytes] = {}
        """By number, the recorded answers on a record's versions, whatever the day; may be set."""
        self.step()

    @classmethod
    def from_folder(cls, folder: Path) -> Sandbox:
        """The days of a folder, standing on the first. Raises BadFolder."""
        made = cls(days_of.from_folder(folder))
        made.histories = days_of.histories(folder)
        return made

    @classmethod
    def from_days(cls, records: Mapping[str, Studies] | Mapping[date, Studies]) -> Sandbox:
        """The days of records in memory, standing on the first. Raises BadFolder."""
        by_day = {
            date.fromisoformat(day) if isinstance(day, str) else day: studies
            for day, studies in records.items()
        }
        return cls(days_of.from_records(by_day))

    @property
    def day(self) -> date:
        """The data day that is served."""
        return self._days[self._at].day

    @property
    def days(self) -> tuple[date, ...]:
        """Every data day, in order."""
        return tuple(one.day for one in self._days)

    @property
    def last(self) -> bool:
        """Whether no day follows."""
        return self._at == len(self._days) - 1

    @property
    def data_timestamp(self) -> str:
        """When this day's data were processed, as ``/version`` states it."""
        return f"{self.day}T09:00:06"

    def step(self) -> bool:
        """To the next data day. False, and nothing moves, where this is the last one."""
        if self.last:
            return False
        for line in self._read(self._at + 1):
            self._apply(line)
        self._at += 1
        self._aliases = {
            alias: document.nct_id
            for document in self._records.values()
            for alias in document.aliases
        }
        self._found.clear()
        return True

    def __len__(self) -> int:
        return len(self._records)

    def get(self, nct_id: str) -> Document | None:
        """The record that stands under this number itself."""
        return self._records.get(nct_id)

    def alias_of(self, nct_id: str) -> str | None:
        """The number that this old one became, or None."""
        return None if nct_id in self._records else self._aliases.get(nct_id)

    def served(self, document: Document) -> bytes:
        """A record's JSON as of this day."""
        return document.served(self.day.isoformat().encode())

    def search(self, query: Query) -> list[Document]:
        """Every record that a query finds, in its order. Raises QueryError.

        Without an order it is the fit, then the number, so that a walk sees each record once.
        """
        if query not in self._found:
            found = self._search(query)
            while len(self._found) >= REMEMBERED:
                del self._found[next(iter(self._found))]
            self._found[query] = found
        return self._found[query]

    def _read(self, at: int) -> list[Document | Removed]:
        """All of a day before any of it counts: a broken file leaves the state as it was."""
        lines = list(self._days[at].lines())
        own = {line.nct_id for line in lines}
        merged = (
            Removed(alias)
            for line in lines
            if isinstance(line, Document)
            for alias in line.aliases
            if alias not in own
        )
        return [*merged, *lines]

    def _apply(self, line: Document | Removed) -> None:
        if isinstance(line, Document):
            self._records[line.nct_id] = line
        else:
            self._records.pop(line.nct_id, None)

    def _search(self, query: Query) -> list[Document]:
        ranking = [compiled(node, area) for area, node in query.queries]
        filters = [compiled(node, "BasicSearch") for node in query.filters]
        day = self.day.isoformat()
        scored: list[tuple[float, Document]] = []
        for document in self._candidates(query):
            view = View.of(document, day)
            scores = [function(view) for function in ranking]
            if all(scores) and all(function(view) for function in filters):
                scored.append((sum(scores), document))
        scored.sort(key=lambda pair: (-pair[0], pair[1].nct_id))
        for sort in reversed(query.sort):
            scored = _sorted(scored, sort, day)
        return [document for _, document in scored]

    def _candidates(self, query: Query) -> Iterable[Document]:
        if not query.ids:
            return self._records.values()
        named = [
            {self._aliases.get(name, name) if name not in self._records else name for name in ids}
            for ids in query.ids
        ]
        both = set.intersection(*named)
        return [self._records[name] for name in both if name in self._records]


def _sorted(
    scored: list[tuple[float, Document]], sort: Sort, day: str
) -> list[tuple[float, Document]]:
    """By one key, stable; records without a value come last in either direction."""
    place = _place(sort, day)
    keyed = [(place(pair), pair) for pair in scored]
    having = [one for one in keyed if one[0] is not None]
    having.sort(key=lambda one: one[0], reverse=sort.descending)
    return [pair for _, pair in having] + [pair for key, pair in keyed if key is None]


def _place(sort: Sort, day: str) -> Callable[[tuple[float, Document]], Any]:
    piece = sort.piece
    if piece is None:
        return lambda pair: pair[0]
    one = Weighted(piece)

    def place(pair: tuple[float, Document]) -> Any:
        values = View.of(pair[1], day).values(one)
        return order(piece.kind, values[0]) if values else None

    return place
