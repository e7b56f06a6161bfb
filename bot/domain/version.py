"""Versions of a trial: the newest that is kept, and what a new reading adds to it."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.domain.change import Change
from bot.domain.filters import RegistrySearch
from bot.domain.notice import Occurrence
from bot.domain.record import Record
from bot.domain.study import Study, StudyKey


class StoredStudy(msgspec.Struct, frozen=True, kw_only=True):
    """The newest version that is kept of a trial."""

    study: Study
    digest: bytes
    """Of what a reader would call the content (``bot.domain.digest``); equal means no change."""
    ordinal: int
    """Which version this is of those that were seen, from 1."""
    version_day: date
    """The data day on which this version was first seen."""
    read_day: date
    """The data day on which it was last read in full and stood as it is."""
    with_results: bool
    removed: bool = False
    """Whether the registry no longer had it when it was last asked for, under any number."""


class Absorbed(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be written for one trial that was read. Made by ``bot.domain.decide``."""

    key: StudyKey
    record: Record | None = None
    """The version to keep as the newest; None where only an occurrence is written (a record that
    was removed or merged)."""
    digest: bytes = b""
    glimpse: bytes = b""
    is_version: bool = False
    """Whether the content differs from the newest kept version (or is the first). Otherwise
    ``record`` replaces the newest version's source in place: nothing to tell has changed in it."""
    matched: bool = False
    """Whether any followed condition matches, so that the trial is watched."""
    changes: tuple[Change, ...] = ()
    """All changes, for the history; the occurrence holds the same or none."""
    occurrence: Occurrence | None = None
    """Set where somebody may have to be told."""
    correction: Occurrence | None = None
    """Set where something that somebody may have been told of has gone back."""
    joined: tuple[RegistrySearch, ...] = ()
    parted: tuple[RegistrySearch, ...] = ()
    """The followed registry searches that are to be kept as finding it from now on, or no more."""
    posted: bool = False
    """Whether the sponsor posted an update since the newest kept version."""
    lapsed: bool = False
    """Whether the status became UNKNOWN as its verified date explains."""


class VersionSeen(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a trial's history as this instance saw it."""

    ordinal: int
    data_day: date
    changes: tuple[Change, ...]
    submitted: date | None = None
    """The day on which the sponsor had sent it in (``lastUpdateSubmitDate``), where that is known:
    by it a version is found again in the registry's own list."""


class RegistryVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a record in the registry's own list of them."""

    number: int
    """From 1, as the registry's pages count (its list itself counts from 0)."""
    submitted: date
    """The day on which the sponsor sent it in; it was posted some days later."""
    status: str | None = None
    sections: tuple[str, ...] = ()
    """The parts of the record that changed with it, by the registry's labels; none in the first."""
