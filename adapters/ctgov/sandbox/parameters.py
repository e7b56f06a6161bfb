"""The query parameters of ``/studies``, checked and read into values.

Names and limits are those of the published description of API 2.0.5. What is known to the registry
but not served here is refused in words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from adapters.ctgov.sandbox.essie import Context, Node, Or, QueryError, Term, distance, parse
from adapters.ctgov.sandbox.fields import Tree, projection
from adapters.ctgov.sandbox.pieces import Piece, structure

DEFAULT_PAGE, LARGEST_PAGE = 10, 1000
MOST_SORTS = 2
RELEVANCE = "@relevance"
PAGING = frozenset({"countTotal", "pageSize", "pageToken"})
"""What may differ between the pages of one walk."""

_FILTERS = ("overallStatus", "geo", "ids", "advanced", "synonyms")
_UNSERVED = frozenset({"aggFilters", "filter.synonyms", "postFilter.synonyms"})
_SHARED = frozenset({"format", "markupFormat", "fields"})
_NCT = re.compile(r"NCT0*([1-9]\d{0,7})", re.IGNORECASE | re.ASCII)
_SIZE = re.compile(r"\d{1,9}", re.ASCII)
_GEO = re.compile(
    r"distance\((-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?),(\d+(?:\.\d+)?(?:km|mi)?)\)", re.ASCII
)
_STATUSES = frozenset(
    {
        "ACTIVE_NOT_RECRUITING",
        "COMPLETED",
        "ENROLLING_BY_INVITATION",
        "NOT_YET_RECRUITING",
        "RECRUITING",
        "SUSPENDED",
        "TERMINATED",
        "WITHDRAWN",
        "AVAILABLE",
        "NO_LONGER_AVAILABLE",
        "TEMPORARILY_NOT_AVAILABLE",
        "APPROVED_FOR_MARKETING",
        "WITHHELD",
        "UNKNOWN",
    }
)


class Sort(msgspec.Struct, frozen=True):
    """One key of the order; ``piece`` is None for relevance."""

    piece: Piece | None
    descending: bool


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What to find and in which order."""

    queries: tuple[tuple[str, Node], ...] = ()
    """Search area and expression: these rank what is found."""
    filters: tuple[Node, ...] = ()
    ids: tuple[frozenset[str], ...] = ()
    """A record must be named in each of these."""
    sort: tuple[Sort, ...] = ()


class Paging(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of what was found."""

    size: int = DEFAULT_PAGE
    token: str | None = None
    count: bool = False


def known_parameters() -> frozenset[str]:
    """Every parameter of ``/studies``."""
    filters = {f"{way}.{name}" for way in ("filter", "postFilter") for name in _FILTERS}
    queries = set(structure().parameters)
    return frozenset(queries | filters | _SHARED | PAGING | {"aggFilters", "geoDecay", "sort"})


def read_query(given: Mapping[str, str]) -> Query:
    """The search that the parameters ask for. Raises QueryError."""
    _refuse_unknown(given, known_parameters())
    queries, ids = [], []
    for parameter, area in structure().parameters.items():
        words = given.get(parameter, "").strip()
        if words and (named := _only_ids(words)):
            ids.append(named)
        elif words:
            queries.append((area, parse(words)))
    filters: tuple[Node, ...] = ()
    if not ids:  # a query of nothing but ids makes the registry ignore every filter
        filters, ids = _filters(given)
    return Query(
        queries=tuple(queries), filters=filters, ids=tuple(ids), sort=_sort(given.get("sort", ""))
    )


def read_paging(given: Mapping[str, str]) -> Paging:
    """The page that is asked for. Raises QueryError."""
    size = given.get("pageSize") or "0"
    if not _SIZE.fullmatch(size):
        raise QueryError("The pageSize parameter must be a number of 0 or more.")
    count = given.get("countTotal") or "false"
    if count not in {"true", "false"}:
        raise QueryError("The countTotal parameter must be true or false.")
    return Paging(
        size=min(int(size) or DEFAULT_PAGE, LARGEST_PAGE),
        token=given.get("pageToken") or None,
        count=count == "true",
    )


def read_fields(given: Mapping[str, str]) -> Tree | None:
    """The projection that is asked for; None for whole records. Raises QueryError."""
    for name, served in (("format", "json"), ("markupFormat", "markdown")):
        if given.get(name, served) != served:
            raise QueryError(f"The {name} '{given[name]}' is not served here.")
    if "fields" not in given:
        return None
    names = _listed(given["fields"])
    if not names:
        raise QueryError("The fields parameter is empty.")
    return projection(names)


def read_single(given: Mapping[str, str]) -> Tree | None:
    """The projection for one record, where no other parameter has a place. Raises QueryError."""
    _refuse_unknown(given, _SHARED)
    return read_fields(given)


def nct_id(written: str) -> str | None:
    """A number as the registry writes it: NCT and eight digits. None where it is none."""
    match = _NCT.fullmatch(written)
    return f"NCT{int(match[1]):08}" if match else None


def _refuse_unknown(given: Mapping[str, str], known: frozenset[str]) -> None:
    for name in given:
        if name not in known:
            raise QueryError(f"Unknown parameter '{name}'.")
        if name in _UNSERVED:
            raise QueryError(f"The parameter '{name}' is not served here.")


def _only_ids(words: str) -> frozenset[str]:
    found = [nct_id(word) for word in re.split(r"[,\s]+", words) if word]
    return frozenset() if None in found else frozenset(filter(None, found))


def _filters(given: Mapping[str, str]) -> tuple[tuple[Node, ...], list[frozenset[str]]]:
    nodes: list[Node] = []
    ids = []
    for way in ("filter", "postFilter"):
        if statuses := given.get(f"{way}.overallStatus"):
            nodes.append(_statuses(statuses))
        if place := given.get(f"{way}.geo"):
            nodes.append(_near(place))
        if advanced := given.get(f"{way}.advanced", "").strip():
            nodes.append(parse(advanced))
        if named := given.get(f"{way}.ids"):
            ids.append(_named(named))
    return tuple(nodes), ids


def _statuses(written: str) -> Node:
    statuses = _listed(written)
    for status in statuses:
        if status not in _STATUSES:
            raise QueryError(f"Unknown overall status '{status}'.")
    return Context("AREA", "OverallStatus", Or(tuple(Term(status) for status in statuses)))


def _near(written: str) -> Node:
    match = _GEO.fullmatch(written)
    if match is None:
        raise QueryError("The geo filter must be distance(latitude,longitude,distance).")
    return Context("AREA", "LocationGeoPoint", distance(*match.groups()))


def _named(written: str) -> frozenset[str]:
    found = set()
    for word in _listed(written, also=" "):
        number = nct_id(word)
        if number is None:
            raise QueryError(f"'{word}' is no NCT number.")
        found.add(number)
    return frozenset(found)


def _sort(written: str) -> tuple[Sort, ...]:
    keys = _listed(written)
    if len(keys) > MOST_SORTS:
        raise QueryError(f"At most {MOST_SORTS} sort fields can be given.")
    return tuple(_sort_key(key) for key in keys)


def _sort_key(written: str) -> Sort:
    name, _, direction = written.partition(":")
    if direction not in {"", "asc", "desc"}:
        raise QueryError(f"Unknown sort direction '{direction}'.")
    if name == RELEVANCE:
        return Sort(None, direction != "asc")
    piece = structure().find(name)
    if piece is None or piece.kind not in {"date", "number"}:
        raise QueryError(f"Studies cannot be sorted by '{name}'.")
    return Sort(piece, direction == "desc" or (not direction and piece.kind == "date"))


def _listed(written: str, also: str = "") -> list[str]:
    parts = re.split(f"[,|{also}]", written)
    return [part.strip() for part in parts if part.strip()]
