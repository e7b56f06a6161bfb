"""The registry's JSON, continued: publications, documents, oversight and the way of results.

Names and nesting follow the registry's OpenAPI description, version 2.0.5.
"""

from __future__ import annotations

import msgspec

from adapters.ctgov.wire_object import Wire


class OrgStudyIdInfo(Wire, frozen=True):
    """The sponsor's own number."""

    id: str | None = None
    type: str | None = None
    link: str | None = None


class SecondaryIdInfo(Wire, frozen=True):
    """A number elsewhere."""

    id: str | None = None
    type: str | None = None
    domain: str | None = None
    link: str | None = None


class ResponsibleParty(Wire, frozen=True):
    """Who answers for the record."""

    type: str | None = None
    investigator_full_name: str | None = None
    investigator_title: str | None = None
    investigator_affiliation: str | None = None
    old_name_title: str | None = None
    old_organization: str | None = None


class Oversight(Wire, frozen=True):
    """``oversightModule``."""

    oversight_has_dmc: bool | None = None
    is_fda_regulated_drug: bool | None = None
    is_fda_regulated_device: bool | None = None
    is_unapproved_device: bool | None = None
    is_ppsd: bool | None = None
    is_us_export: bool | None = None
    fdaaa801_violation: bool | None = msgspec.field(name="fdaaa801Violation", default=None)


class BioSpec(Wire, frozen=True):
    """What samples are kept; the description is marked up."""

    retention: str | None = None
    description: str | None = None


class ExpandedAccessTypes(Wire, frozen=True):
    """Who can have the treatment outside the trial."""

    individual: bool | None = None
    intermediate: bool | None = None
    treatment: bool | None = None


class Official(Wire, frozen=True):
    """Somebody who leads the trial."""

    name: str | None = None
    affiliation: str | None = None
    role: str | None = None


class Retraction(Wire, frozen=True):
    """A notice that a publication was withdrawn."""

    pmid: str | None = None
    source: str | None = None


class Reference(Wire, frozen=True):
    """A publication."""

    pmid: str | None = None
    type: str | None = None
    citation: str | None = None
    retractions: tuple[Retraction, ...] = ()


class SeeAlsoLink(Wire, frozen=True):
    """A web page; its label comes escaped."""

    label: str | None = None
    url: str | None = None


class AvailIpd(Wire, frozen=True):
    """Data that are kept elsewhere."""

    id: str | None = None
    type: str | None = None
    url: str | None = None
    comment: str | None = None


class References(Wire, frozen=True):
    """``referencesModule``."""

    references: tuple[Reference, ...] = ()
    see_also_links: tuple[SeeAlsoLink, ...] = ()
    avail_ipds: tuple[AvailIpd, ...] = ()


class IpdSharing(Wire, frozen=True):
    """``ipdSharingStatementModule``; three of its texts are marked up."""

    ipd_sharing: str | None = None
    description: str | None = None
    info_types: tuple[str, ...] = ()
    time_frame: str | None = None
    access_criteria: str | None = None
    url: str | None = None


class UnpostedEvent(Wire, frozen=True):
    """Results sent in, taken back or returned."""

    type: str | None = None
    date: str | None = None
    date_unknown: bool | None = None


class ViolationEvent(Wire, frozen=True):
    """A finding about the law on posting results."""

    type: str | None = None
    description: str | None = None
    creation_date: str | None = None
    issued_date: str | None = None
    release_date: str | None = None
    posted_date: str | None = None


class UnpostedAnnotation(Wire, frozen=True):
    """Results that were sent in and are not posted."""

    unposted_responsible_party: str | None = None
    unposted_events: tuple[UnpostedEvent, ...] = ()


class ViolationAnnotation(Wire, frozen=True):
    """Findings about the law on posting results."""

    violation_events: tuple[ViolationEvent, ...] = ()


class AnnotationModule(Wire, frozen=True):
    """``annotationModule``."""

    unposted_annotation: UnpostedAnnotation = UnpostedAnnotation()
    violation_annotation: ViolationAnnotation = ViolationAnnotation()


class Annotation(Wire, frozen=True):
    """``annotationSection``: what the registry notes about results."""

    annotation_module: AnnotationModule = AnnotationModule()


class LargeDoc(Wire, frozen=True):
    """A file at the registry; its kind stands in the label."""

    label: str | None = None
    date: str | None = None
    upload_date: str | None = None


class LargeDocumentModule(Wire, frozen=True):
    """``largeDocumentModule``."""

    no_sap: bool | None = None
    large_docs: tuple[LargeDoc, ...] = ()


class DocumentSection(Wire, frozen=True):
    """``documentSection``."""

    large_document_module: LargeDocumentModule = LargeDocumentModule()
