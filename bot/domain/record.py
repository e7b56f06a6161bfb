"""A study as read from its registry: the typed value, and the bytes it was made from.

The bytes are what is kept. A later release that reads more fields makes old versions anew from
them, so that a new field is never mistaken for a change.
"""

from __future__ import annotations

import msgspec

from bot.domain.study import Study, StudyKey


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One readable record. ``source`` is the registry's JSON without what changes every day."""

    study: Study
    source: bytes
    with_results: bool = False
    """Whether ``source`` holds the results section too (most readings leave it out)."""


class Unreadable(msgspec.Struct, frozen=True, kw_only=True):
    """A record that is set aside: ``key`` where at least that could be read, and why."""

    key: StudyKey | None
    reason: str
    source: bytes


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a reading. ``token`` continues after it; None on the last page."""

    records: tuple[Record, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    token: str | None = None
    total: int | None = None
    """How many records the whole reading has; stated on the first page only."""
