"""How values stand in the database: sources compressed, changes and matches as JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

import msgspec
import zstandard
from sqlalchemy import Row

from bot.domain.change import Change
from bot.domain.notice import Corrected, Match
from bot.domain.study import Study, StudyKey
from bot.domain.traits import Spot
from bot.domain.watch import Interest
from bot.ports.store_errors import StoredUnreadable, StoreError

Parser = Callable[[bytes], Study]
"""Makes a Study from a kept source, which it made a Study from once before."""

_LEVEL: Final = 3  # four fifths of what the highest level saves, at a tenth of the time
_CHUNK: Final = 1000
"""How many values stand in one IN: far below both databases' limits (32,766 and 65,535)."""

_T = TypeVar("_T")

AnyRow = Row[*tuple[Any, ...]]
"""A row of any statement."""

_changes = msgspec.json.Decoder(tuple[Change, ...])
_interest = msgspec.json.Decoder(Interest)


class Body(msgspec.Struct, frozen=True, array_like=True):
    """What an occurrence says. New parts come behind: those written before have fewer."""

    changes: tuple[Change, ...] = ()
    matches: tuple[Match, ...] = ()
    corrected: tuple[Corrected, ...] = ()
    restless: tuple[Change, ...] = ()
    spots: tuple[tuple[str, Spot], ...] = ()


class _Head(msgspec.Struct, frozen=True, array_like=True):
    """What stands first in a body; what comes behind it is passed over, however long it is."""

    changes: tuple[Change, ...] = ()


_body = msgspec.json.Decoder(Body)
_head = msgspec.json.Decoder(_Head)


class Sources:
    """Packs the registries' records, and makes studies of them again."""

    def __init__(self, parsers: Mapping[str, Parser]) -> None:
        self._parsers = parsers
        self._compressor = zstandard.ZstdCompressor(level=_LEVEL)
        self._decompressor = zstandard.ZstdDecompressor()

    def pack(self, source: bytes) -> bytes:
        """Compress."""
        return self._compressor.compress(source)

    def study(self, key: StudyKey, packed: bytes) -> Study:
        """Decompress and parse.

        Raises StoredUnreadable where it is damaged or makes no study, and StoreError where there is
        no parser at all.
        """
        parser = self._parsers.get(key.registry)
        if parser is None:
            raise StoreError(f"no parser for the registry {key.registry}")
        try:
            return parser(self._decompressor.decompress(packed))
        except (ValueError, TypeError, LookupError, zstandard.ZstdError) as error:
            raise StoredUnreadable(key, type(error).__name__) from error


def mark_of(source: bytes) -> bytes:
    """16 bytes by which equal sources are known without reading them."""
    return hashlib.blake2b(source, digest_size=16).digest()


def pack_changes(changes: tuple[Change, ...]) -> bytes:
    """Changes as JSON."""
    return msgspec.json.encode(changes)


def unpack_changes(packed: bytes) -> tuple[Change, ...]:
    """Changes from JSON."""
    return _changes.decode(packed)


def pack_body(
    changes: tuple[Change, ...],
    matches: tuple[Match, ...],
    corrected: tuple[Corrected, ...] = (),
    restless: tuple[Change, ...] = (),
    spots: tuple[tuple[str, Spot], ...] = (),
) -> bytes:
    """What an occurrence says, as JSON."""
    if corrected or restless or spots:
        return msgspec.json.encode(Body(changes, matches, corrected, restless, spots))
    return msgspec.json.encode((changes, matches))  # as a release before this one reads it


def unpack_body(packed: bytes) -> Body:
    """What an occurrence says, from JSON."""
    return _body.decode(packed)


def unpack_changed(packed: bytes) -> tuple[Change, ...]:
    """Of what an occurrence says, what changed."""
    return _head.decode(packed).changes


def pack_interest(interest: Interest) -> str:
    """A whole interest as JSON, to be sealed."""
    return msgspec.json.encode(interest).decode()


def unpack_interest(packed: str) -> Interest:
    """An interest from JSON."""
    return _interest.decode(packed)


def chunks(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Parts that fit into one statement."""
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
