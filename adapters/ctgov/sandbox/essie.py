"""The registry's query language (Essie), from text to a tree.

Precedence, from the registry's page on complex queries: terms and source operators bind closest,
then NOT and the context operators, then AND, then OR. Expressions beside one another are AND-ed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import msgspec


class QueryError(ValueError):
    """The registry would not understand this; the message is a sentence for whoever asked."""


class Term(msgspec.Struct, frozen=True):
    """Words to find. ``phrase`` is set where they stood in quotes."""

    words: str
    phrase: bool = False


class Range(msgspec.Struct, frozen=True):
    """``RANGE[low,high]``, both inclusive and as written; None for MIN and MAX."""

    low: str | None
    high: str | None


class Distance(msgspec.Struct, frozen=True):
    """``DISTANCE[lat,lon,radius]``, the radius in kilometres."""

    lat: float
    lon: float
    km: float


class Missing(msgspec.Struct, frozen=True):
    """No value in the area."""


class All(msgspec.Struct, frozen=True):
    """Every record."""


class Not(msgspec.Struct, frozen=True):
    """What ``inner`` does not find."""

    inner: Node


class And(msgspec.Struct, frozen=True):
    """What every part finds."""

    parts: tuple[Node, ...]


class Or(msgspec.Struct, frozen=True):
    """What any part finds."""

    parts: tuple[Node, ...]


class Context(msgspec.Struct, frozen=True):
    """A context operator (AREA, SEARCH, EXPANSION, COVERAGE, TILT) and what it applies to."""

    operator: str
    parameter: str
    inner: Node


Node = Term | Range | Distance | Missing | All | Not | And | Or | Context

CONTEXTS = frozenset({"AREA", "SEARCH", "EXPANSION", "COVERAGE", "TILT"})
SOURCES = frozenset({"RANGE", "DISTANCE"})
PLAIN = frozenset({"AND", "OR", "NOT", "MISSING", "ALL"})
DEEPEST = 50
"""How deep parentheses and operators may stand in one another."""
KM_A_MILE = 1.609344


class Token(msgspec.Struct, frozen=True):
    """``kind`` is an operator's name, a bracket, ``word`` or ``phrase``."""

    kind: str
    text: str = ""


def parse(query: str) -> Node:
    """The tree of a query. Raises QueryError where the registry answers 400."""
    parser = _Parser(tuple(_tokens(query)))
    node = parser.any_of()
    if parser.kind != "end":
        raise QueryError(f"Unexpected {parser.here} in the query.")
    return node


def distance(lat: str, lon: str, radius: str) -> Distance:
    """A distance from its three parts; the radius carries ``mi`` or ``km`` (miles without)."""
    number, unit = radius, "mi"
    if radius[-2:] in {"mi", "km"}:
        number, unit = radius[:-2], radius[-2:]
    try:
        found = Distance(float(lat), float(lon), float(number) * (1 if unit == "km" else KM_A_MILE))
    except ValueError:
        found = Distance(math.nan, math.nan, math.nan)
    if not all(map(math.isfinite, (found.lat, found.lon, found.km))):
        raise QueryError("A distance needs a latitude, a longitude and a radius.")
    return found


class _Parser:
    """Recursive descent, a method a level of precedence."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else "end"

    @property
    def here(self) -> str:
        return "end" if self.kind == "end" else self._tokens[self._at].text or f"'{self.kind}'"

    def any_of(self) -> Node:
        parts = [self._all_of()]
        while self.kind == "OR":
            self._at += 1
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all_of(self) -> Node:
        parts = [self._operated()]
        while self.kind not in {"OR", ")", "end"}:
            if self.kind == "AND":
                self._at += 1
            parts.append(self._operated())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _operated(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError("The query is nested too deeply.")
        try:
            if self.kind == "NOT":
                self._at += 1
                return Not(self._operated())
            if self.kind in CONTEXTS:
                token = self._next()
                return Context(token.kind, token.text.strip(), self._operated())
            return self._source()
        finally:
            self._depth -= 1

    def _source(self) -> Node:
        match self.kind:
            case "(":
                return self._group()
            case "word":
                words = []
                while self.kind == "word":
                    words.append(self._next().text)
                return Term(" ".join(words))
            case "phrase":
                return Term(self._next().text, phrase=True)
            case "MISSING":
                self._at += 1
                return Missing()
            case "ALL":
                self._at += 1
                return All()
            case "RANGE":
                return _range(self._next().text)
            case "DISTANCE":
                return _distance(self._next().text)
            case _:
                raise QueryError(f"Unexpected {self.here} in the query where a term should stand.")

    def _group(self) -> Node:
        self._at += 1
        inner = self.any_of()
        if self.kind != ")":
            raise QueryError("A parenthesis in the query is not closed.")
        self._at += 1
        return inner

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token


def _range(parameter: str) -> Range:
    parts = [part.strip() for part in parameter.split(",")]
    if len(parts) != 2 or not all(parts):
        raise QueryError("RANGE needs two values: RANGE[from,to].")
    low, high = parts
    return Range(None if low == "MIN" else low, None if high == "MAX" else high)


def _distance(parameter: str) -> Distance:
    parts = [part.strip() for part in parameter.split(",")]
    if len(parts) != 3 or not all(parts):
        raise QueryError("DISTANCE needs three values: DISTANCE[latitude,longitude,radius].")
    return distance(*parts)


def _tokens(query: str) -> Iterator[Token]:
    at = 0
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
        elif char in "()":
            yield Token(char)
            at += 1
        elif char == '"':
            text, at = _quoted(query, at + 1)
            yield Token("phrase", text)
        elif char in "[]":
            raise QueryError(f"Unexpected '{char}' in the query.")
        else:
            token, at = _word(query, at)
            yield token


def _word(query: str, start: int) -> tuple[Token, int]:
    """A word, or an operator with its parameter. A backslash takes the next character as it is."""
    at, text, plain = start, "", True
    while at < len(query) and not query[at].isspace() and query[at] not in '()[]"':
        if query[at] == "\\" and at + 1 < len(query):
            at, plain = at + 1, False
        text += query[at]
        at += 1
    if plain and at < len(query) and query[at] == "[" and text in CONTEXTS | SOURCES:
        end = query.find("]", at)
        if end < 0:
            raise QueryError(f"The bracket of {text} in the query is not closed.")
        return Token(text, query[at + 1 : end]), end + 1
    return Token(text if plain and text in PLAIN else "word", text), at


def _quoted(query: str, start: int) -> tuple[str, int]:
    at, text = start, ""
    while at < len(query) and query[at] != '"':
        if query[at] == "\\" and at + 1 < len(query):
            at += 1
        text += query[at]
        at += 1
    if at == len(query):
        raise QueryError("A quotation mark in the query is not closed.")
    return text, at + 1
