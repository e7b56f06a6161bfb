"""The way of results to the registry before they are posted: sent in, sent back, sent in again."""

from __future__ import annotations

import msgspec

from bot.domain.dates import DatedFact


class UnpostedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Results were sent in (RELEASE), taken back (UNRELEASE) or returned for repair (RESET)."""

    type: str | None = None
    date: str | None = None
    date_unknown: bool | None = None


class ViolationEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that the law on posting results was broken, or its end."""

    type: str | None = None
    description: str | None = None
    creation_date: str | None = None
    issued_date: str | None = None
    release_date: str | None = None
    posted_date: str | None = None


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One round of review: the same facts as in ``UnpostedEvent``, a line for a round."""

    release_date: str | None = None
    unrelease_date: str | None = None
    unrelease_date_unknown: bool | None = None
    reset_date: str | None = None
    mcp_release_n: int | None = None


class ResultsTracking(msgspec.Struct, frozen=True, kw_only=True):
    """``annotationModule`` and ``submissionTracking`` of a record."""

    unposted_responsible_party: str | None = None
    unposted_events: tuple[UnpostedEvent, ...] = ()
    violation_events: tuple[ViolationEvent, ...] = ()
    estimated_submitted: str | None = None
    first_mcp_posted: DatedFact | None = None
    """When results were first shown with the reviewers' comments."""
    submissions: tuple[Submission, ...] = ()
