"""What a record says about publications, documents and the sharing of its data."""

from __future__ import annotations

import msgspec


class Retraction(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that a publication was withdrawn."""

    pmid: str | None = None
    source: str | None = None


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A publication. ``type`` is RESULT, BACKGROUND or, found by the registry itself, DERIVED."""

    pmid: str | None = None
    type: str | None = None
    citation: str | None = None
    retractions: tuple[Retraction, ...] = ()


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A web page on the trial."""

    label: str | None = None
    url: str | None = None


class AvailableData(msgspec.Struct, frozen=True, kw_only=True):
    """Data or documents of the trial that are kept elsewhere (the registry's ``AvailIpd``)."""

    id: str | None = None
    type: str | None = None
    url: str | None = None
    comment: str | None = None


class DataSharing(msgspec.Struct, frozen=True, kw_only=True):
    """Whether participants' data will be shared (``ipdSharingStatementModule``)."""

    ipd_sharing: str | None = None
    description: str | None = None
    info_types: tuple[str, ...] = ()
    time_frame: str | None = None
    access_criteria: str | None = None
    url: str | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A file at the registry: the protocol, the plan of the analysis, a consent form."""

    label: str | None = None
    date: str | None = None
    """The document's own day."""
    upload_date: str | None = None
    """When it came to the registry, to the minute."""
