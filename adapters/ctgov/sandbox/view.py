"""A record, or one site of it, while a query looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from adapters.ctgov.sandbox.days import Document
from adapters.ctgov.sandbox.pieces import Piece, Weighted, values_at
from adapters.ctgov.sandbox.values import exactly, fold


class View:
    """Values by piece. The record is decoded at the first need and forgotten with the view."""

    def __init__(
        self, document: Document | None, day: str, root: Any = None, depth: int = 0
    ) -> None:
        self._document = document
        self._day = day
        self._root = root
        self._depth = depth
        self._folded: dict[tuple[str, Callable[[str], str]], tuple[str, ...]] = {}

    @classmethod
    def of(cls, document: Document, day: str) -> View:
        """A whole record as it is served on a day."""
        return cls(document, day)

    def values(self, one: Weighted) -> tuple[Any, ...]:
        """The values of a piece, or how many there are."""
        found = self._values(one.piece)
        return (len(found),) if one.size else found

    def folded(self, piece: Piece, *, exact: bool = False) -> tuple[str, ...]:
        """The texts of a piece, made ready to be compared."""
        how = exactly if exact else fold
        known = self._folded.get((piece.name, how))
        if known is None:
            known = tuple(how(str(value)) for value in self._values(piece))
            self._folded[piece.name, how] = known
        return known

    def parts(self, piece: Piece) -> Iterator[View]:
        """A view of each element of a list, on its own."""
        for element in self._values(piece):
            yield View(None, self._day, element, len(piece.path))

    def _values(self, piece: Piece) -> tuple[Any, ...]:
        if piece.name == "VersionHolder":
            return (self._day,)
        if self._document is not None:
            return self._document.kept(piece, self._decoded)
        return tuple(values_at(self._root, piece.path[self._depth :]))

    def _decoded(self) -> Any:
        if self._root is None and self._document is not None:
            self._root = self._document.decoded()
        return self._root
