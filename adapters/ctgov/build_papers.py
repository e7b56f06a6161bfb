"""From the registry's spelling to the domain's, continued: papers, oversight, the way of results.

Most of these objects have the same fields on both sides, so they are taken over field by field.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from adapters.ctgov import wire, wire_papers
from adapters.ctgov.text import unescape
from adapters.ctgov.wire_derived import SubmissionTracking
from adapters.ctgov.wire_object import DateStruct
from bot.domain.dates import DatedFact, PartialDate
from bot.domain.oversight import (
    BioSpec,
    Official,
    OrgStudyId,
    Oversight,
    ResponsibleParty,
    SecondaryId,
)
from bot.domain.papers import AvailableData, DataSharing, Document, Link, Reference
from bot.domain.submission import ResultsTracking, Submission, UnpostedEvent, ViolationEvent

_T = TypeVar("_T")


def papers(record: wire.Study) -> dict[str, Any]:
    """Publications, documents and shared data, by the names of ``Study``."""
    references = record.protocol.references
    sharing = record.protocol.ipd_sharing
    module = record.documents.large_document_module
    return {
        "references": _all(references.references, Reference),
        "links": tuple(
            Link(label=unescape(link.label), url=link.url) for link in references.see_also_links
        ),
        "available_data": _all(references.avail_ipds, AvailableData),
        "data_sharing": replace(
            _same(sharing, DataSharing),
            description=unescape(sharing.description),
            time_frame=unescape(sharing.time_frame),
            access_criteria=unescape(sharing.access_criteria),
        ),
        "documents": _all(module.large_docs, Document),
        "no_sap": module.no_sap,
    }


def oversight(protocol: wire.Protocol) -> dict[str, Any]:
    """Numbers, who answers and who watches, by the names of ``Study``."""
    identification = protocol.identification
    bio_spec = protocol.design.bio_spec
    return {
        "org_study_id": _same(identification.org_study_id_info, OrgStudyId),
        "secondary_ids": _all(identification.secondary_id_infos, SecondaryId),
        "responsible_party": _same(protocol.sponsors.responsible_party, ResponsibleParty),
        "oversight": _same(protocol.oversight, Oversight),
        "officials": _all(protocol.contacts_locations.overall_officials, Official),
        "bio_spec": BioSpec(
            retention=bio_spec.retention, description=unescape(bio_spec.description)
        ),
    }


def results_tracking(
    annotation: wire_papers.AnnotationModule, tracking: SubmissionTracking
) -> ResultsTracking:
    """The way of the results. Raises ValueError where the one typed date is not one."""
    unposted = annotation.unposted_annotation
    return ResultsTracking(
        unposted_responsible_party=unposted.unposted_responsible_party,
        unposted_events=events_of(unposted),
        violation_events=_all(annotation.violation_annotation.violation_events, ViolationEvent),
        estimated_submitted=tracking.estimated_results_first_submit_date,
        first_mcp_posted=fact_of(tracking.first_mcp_info.post_date_struct),
        submissions=_all(tracking.submission_infos, Submission),
    )


def events_of(unposted: wire_papers.UnpostedAnnotation) -> tuple[UnpostedEvent, ...]:
    """The steps of the results to the registry."""
    return _all(unposted.unposted_events, UnpostedEvent)


def fact_of(stated: DateStruct | None) -> DatedFact | None:
    """A date with its type. Raises ValueError where it is not a date."""
    if stated is None or stated.date is None:
        return None
    return DatedFact(PartialDate.parse(stated.date), stated.type)


def _same(value: msgspec.Struct, kind: type[_T]) -> _T:
    return msgspec.convert(value, kind, from_attributes=True)


def _all(values: tuple[msgspec.Struct, ...], kind: type[_T]) -> tuple[_T, ...]:
    return tuple(_same(value, kind) for value in values)
