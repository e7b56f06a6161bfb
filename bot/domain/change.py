"""What can change in a trial, as kinds that a person can choose between."""

from __future__ import annotations

import enum
from collections.abc import Iterable

import msgspec


class Kind(enum.StrEnum):
    """The kinds of change, the most telling first: messages list changes in this order."""

    STATUS = "status"
    WHY_STOPPED = "why_stopped"
    RECORD = "record"
    NEW = "new"
    LEFT = "left"
    RESULTS = "results"
    EXPANDED_ACCESS = "expanded_access"
    ELIGIBILITY = "eligibility"
    SITES = "sites"
    SITES_NEAR = "sites_near"
    """A choice and never what a change is: of changes of SITES, those near the person."""
    TREATMENTS = "treatments"
    DESIGN = "design"
    OUTCOMES = "outcomes"
    DATES = "dates"
    ENROLLMENT = "enrollment"
    DESCRIPTION = "description"
    CONTACTS = "contacts"
    SPONSOR = "sponsor"
    DOCUMENTS = "documents"
    OTHER = "other"

    @property
    def bit(self) -> int:
        """This kind's bit in a stored choice of kinds. Never renumber: choices are kept."""
        return 1 << _BITS[self]

    @property
    def asked_by(self) -> int:
        """The bits of all choices that ask for changes of this kind."""
        return self.bit | (Kind.SITES_NEAR.bit if self is Kind.SITES else 0)


_BITS = {
    Kind.STATUS: 0,
    Kind.WHY_STOPPED: 1,
    Kind.RECORD: 2,
    Kind.NEW: 3,
    Kind.LEFT: 4,
    Kind.RESULTS: 5,
    Kind.EXPANDED_ACCESS: 6,
    Kind.ELIGIBILITY: 7,
    Kind.SITES: 8,
    Kind.TREATMENTS: 9,
    Kind.DESIGN: 10,
    Kind.OUTCOMES: 11,
    Kind.DATES: 12,
    Kind.ENROLLMENT: 13,
    Kind.DESCRIPTION: 14,
    Kind.CONTACTS: 15,
    Kind.SPONSOR: 16,
    Kind.DOCUMENTS: 17,
    Kind.OTHER: 18,
    Kind.SITES_NEAR: 19,
}

TOLD_TO_PATIENTS = (
    Kind.STATUS,
    Kind.WHY_STOPPED,
    Kind.RECORD,
    Kind.NEW,
    Kind.LEFT,
    Kind.RESULTS,
    Kind.EXPANDED_ACCESS,
    Kind.ELIGIBILITY,
    Kind.SITES_NEAR,
)
"""What a patient's new subscription tells, until they choose otherwise."""

TOLD_TO_PROFESSIONALS = tuple(kind for kind in Kind if kind not in {Kind.CONTACTS, Kind.OTHER})
"""The same for somebody who follows trials for their work."""


def mask(kinds: Iterable[Kind]) -> int:
    """Several kinds as one number, a bit each, as subscriptions store their choice."""
    value = 0
    for kind in kinds:
        value |= kind.bit
    return value


def asked_by(kinds: Iterable[Kind]) -> int:
    """The choices, a bit each, that ask for changes of any of these kinds."""
    value = 0
    for kind in kinds:
        value |= kind.asked_by
    return value


class Op(enum.StrEnum):
    """What happened to a field, or to one member of a set of sites, arms or lines."""

    SET = "set"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between two versions of a trial, with both values.

    ``path`` is the field's path in the registry's record and ``item`` names the member (a site, an
    arm) where the field is a set; of a line of the criteria, the part that it stands in. ``old``
    and ``new`` are the values as text; None means absent.
    """

    kind: Kind
    path: str
    op: Op = Op.SET
    item: str | None = None
    old: str | None = None
    new: str | None = None
