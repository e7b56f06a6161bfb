"""Data days: the records of each, from files or from memory, read when their day comes.

A file is named ``YYYY-MM-DD.jsonl`` or ``.jsonl.gz`` and holds one complete study a line, or
``{"removed": "NCT..."}`` for a record that is gone from that day on.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from adapters.ctgov.sandbox.pieces import Piece, values_at

_HOLDER = re.compile(rb'"versionHolder"\s*:\s*"(\d{4}-\d{2}-\d{2})"')
_HISTORY = re.compile(r"NCT\d{8}")
_KEPT_KINDS = frozenset({"enum", "date", "number", "age", "bool", "nct"})
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.jsonl(\.gz)?")


class BadFolder(Exception):
    """The folder of data days cannot be served; the message says which file and why."""


class _Identification(msgspec.Struct):
    nct_id: str = msgspec.field(name="nctId")
    aliases: tuple[str, ...] = msgspec.field(name="nctIdAliases", default=())


class _Protocol(msgspec.Struct):
    identification: _Identification = msgspec.field(name="identificationModule")


class _Head(msgspec.Struct):
    protocol: _Protocol | None = msgspec.field(name="protocolSection", default=None)
    removed: str | None = None


class Removed(msgspec.Struct, frozen=True):
    """A record that leaves the registry on this day."""

    nct_id: str


class Document:
    """One version of a record: its bytes, and the short values that searches asked for."""

    __slots__ = ("_holder_at", "_raw", "_values", "aliases", "nct_id")

    def __init__(self, raw: bytes, nct_id: str, aliases: tuple[str, ...]) -> None:
        self.nct_id = nct_id
        self.aliases = aliases
        self._raw, self._holder_at = _with_holder(raw)
        self._values: dict[str, tuple[Any, ...]] = {}

    def served(self, day: bytes) -> bytes:
        """The record as served on a day: ``versionHolder`` moves with the data, always."""
        return self._raw[: self._holder_at] + day + self._raw[self._holder_at + len(day) :]

    def decoded(self) -> Any:
        """The record as Python values. Not kept: records are large."""
        return msgspec.json.decode(self._raw)

    def kept(self, piece: Piece, root: Callable[[], Any]) -> tuple[Any, ...]:
        """The values of a piece; dates, statuses and numbers are kept for the next search."""
        known = self._values.get(piece.name)
        if known is None:
            known = tuple(values_at(root(), piece.path))
            if piece.kind in _KEPT_KINDS:
                self._values[piece.name] = known
        return known


Line = Document | Removed


class Day(msgspec.Struct, frozen=True):
    """A data day and the way to its lines."""

    day: date
    lines: Callable[[], Iterable[Line]]


def from_folder(folder: Path) -> tuple[Day, ...]:
    """The data days of a folder, in order. Raises BadFolder where there is none."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise BadFolder(f"{folder} cannot be read: {error.strerror}") from error
    days: dict[date, Day] = {}
    for path in paths:
        if match := _NAME.fullmatch(path.name):
            day = _day_of(path, match[1])
            if day in days:
                raise BadFolder(f"{folder} holds two files for {day}")
            days[day] = Day(day, _reader(path))
    if not days:
        raise BadFolder(f"{folder} holds no file named YYYY-MM-DD.jsonl or YYYY-MM-DD.jsonl.gz")
    return tuple(days[day] for day in sorted(days))


def histories(folder: Path) -> dict[str, bytes]:
    """The recorded lists of versions in a folder of data days, by number. Raises BadFolder.

    They stand in ``history/``, one file a record, whose name begins with its number.
    """
    found: dict[str, bytes] = {}
    try:
        for path in sorted((folder / "history").glob("NCT*.json")):
            if match := _HISTORY.match(path.name):
                found[match[0]] = path.read_bytes()
    except OSError as error:
        raise BadFolder(f"{folder / 'history'} cannot be read: {error.strerror}") from error
    return found


def from_records(days: Mapping[date, Iterable[Mapping[str, Any]]]) -> tuple[Day, ...]:
    """Data days from records in memory. Raises BadFolder where there is none or one is no study."""
    if not days:
        raise BadFolder("there is no data day")
    return tuple(Day(day, _encoded(day, tuple(days[day]))) for day in sorted(days))


def _encoded(day: date, records: tuple[Mapping[str, Any], ...]) -> Callable[[], Iterable[Line]]:
    lines = [
        _line(msgspec.json.encode(record), f"record {at} of {day}")
        for at, record in enumerate(records, 1)
    ]
    return lambda: lines


def _reader(path: Path) -> Callable[[], Iterator[Line]]:
    def lines() -> Iterator[Line]:
        opened = gzip.open if path.suffix == ".gz" else Path.open
        try:
            with opened(path, "rb") as file:
                for number, line in enumerate(file, 1):
                    if line.strip():
                        yield _line(line.strip(), f"{path.name} line {number}")
        except (OSError, EOFError, zlib.error) as error:
            raise BadFolder(f"{path.name} cannot be read: {error}") from error

    return lines


def _line(raw: bytes, where: str) -> Line:
    try:
        head = msgspec.json.decode(raw, type=_Head)
    except msgspec.DecodeError as error:
        raise BadFolder(f"{where} is no study: {error}") from error
    if head.removed is not None:
        return Removed(head.removed)
    if head.protocol is None:
        raise BadFolder(f"{where} is no study: it has no protocolSection")
    found = head.protocol.identification
    return Document(raw, found.nct_id, found.aliases)


def _with_holder(raw: bytes) -> tuple[bytes, int]:
    """The bytes with a ``versionHolder`` in them, and where its date stands.

    The text can be looked for as it is: within a JSON string its quotation marks are escaped.
    """
    if found := _HOLDER.search(raw):
        return raw, found.start(1)
    record = msgspec.json.decode(raw)
    misc = record.setdefault("derivedSection", {}).setdefault("miscInfoModule", {})
    misc["versionHolder"] = "0001-01-01"
    raw, before = msgspec.json.encode(record), b'"versionHolder":"'
    return raw, raw.index(before) + len(before)


def _day_of(path: Path, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadFolder(f"{path.name} is not named for a day") from None
