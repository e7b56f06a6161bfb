"""From the registry's spelling to the values of the domain. Pure; raises ValueError on bad dates.

Text is unescaped by field: those that the registry calls ``markup`` are, titles, measures, time
frames and names are not.
"""

from __future__ import annotations

import re
from typing import Any

from adapters.ctgov import wire
from adapters.ctgov.build_papers import events_of, fact_of, oversight, papers, results_tracking
from adapters.ctgov.text import unescape
from adapters.ctgov.wire_derived import Mesh
from bot.domain.dates import PartialDate
from bot.domain.resolve import Filing
from bot.domain.study import (
    CTGOV,
    ArmGroup,
    Contact,
    Eligibility,
    Enrollment,
    ExpandedAccess,
    Glimpse,
    Intervention,
    MeshTerm,
    OtherField,
    Outcome,
    Site,
    Sponsor,
    Study,
    StudyKey,
    site_statuses,
    unposted_events,
)

NUMBER = re.compile(r"NCT\d{8}")
"""The form of a number here (OpenAPI type ``nct``), upper case."""

_UNKNOWN_COUNT = 99_999_999
"""How the registry writes an enrolment that nobody knows."""


def study_of(record: wire.Study, other: tuple[OtherField, ...]) -> Study:
    """One version of a trial. Raises ValueError where its number or a date is not one."""
    protocol = record.protocol
    return Study(
        key=key_of(record),
        has_results=record.has_results,
        arm_groups=tuple(map(_arm_group, protocol.arms.arm_groups)),
        interventions=tuple(map(_intervention, protocol.arms.interventions)),
        outcomes=_outcomes(protocol.outcomes),
        eligibility=_eligibility(protocol.eligibility),
        central_contacts=tuple(map(_contact, protocol.contacts_locations.central_contacts)),
        sites=tuple(map(_site, protocol.contacts_locations.locations)),
        removed_countries=record.derived.misc_info.removed_countries,
        results_tracking=results_tracking(
            record.annotation.annotation_module, record.derived.misc_info.submission_tracking
        ),
        condition_meshes=_meshes(record.derived.condition_browse.meshes),
        condition_ancestors=_meshes(record.derived.condition_browse.ancestors),
        intervention_meshes=_meshes(record.derived.intervention_browse.meshes),
        other_fields=other,
        **_names(protocol),
        **_status(protocol),
        **_design(protocol.design),
        **oversight(protocol),
        **papers(record),
    )


def glimpse_of(record: wire.Study) -> Glimpse:
    """The small projection. Raises ValueError as ``study_of`` does."""
    status = record.protocol.status
    return Glimpse(
        key=key_of(record),
        overall_status=status.overall_status,
        why_stopped=status.why_stopped,
        last_update_posted=fact_of(status.last_update_post_date_struct),
        start=fact_of(status.start_date_struct),
        primary_completion=fact_of(status.primary_completion_date_struct),
        completion=fact_of(status.completion_date_struct),
        results_first_posted=fact_of(status.results_first_post_date_struct),
        has_results=record.has_results,
        unposted_events=unposted_events(
            events_of(record.annotation.annotation_module.unposted_annotation)
        ),
        site_statuses=site_statuses(
            location.status for location in record.protocol.contacts_locations.locations
        ),
    )


def filing_of(record: wire.Study) -> Filing:
    """What the record is filed under."""
    return Filing(
        conditions=record.protocol.conditions.conditions,
        meshes=_meshes(record.derived.condition_browse.meshes),
        ancestors=_meshes(record.derived.condition_browse.ancestors),
    )


def key_of(record: wire.Study) -> StudyKey:
    """Which trial it is. Raises ValueError where the record has no number, or not one of ours."""
    number = record.protocol.identification.nct_id
    if number is None:
        raise ValueError("the record has no nctId")
    if NUMBER.fullmatch(number) is None:
        raise ValueError(f"not an NCT number: {number[:40]!r}")
    return StudyKey(CTGOV, number)


def _names(protocol: wire.Protocol) -> dict[str, Any]:
    """Numbers, titles, who is responsible and what it is about, by the names of ``Study``."""
    identification = protocol.identification
    sponsors = protocol.sponsors
    return {
        "aliases": identification.nct_id_aliases,
        "brief_title": identification.brief_title,
        "official_title": identification.official_title,
        "acronym": identification.acronym,
        "organization": identification.organization.full_name,
        "organization_class": identification.organization.agency_class,
        "lead_sponsor": _sponsor(sponsors.lead_sponsor),
        "collaborators": tuple(map(_sponsor, sponsors.collaborators)),
        "brief_summary": unescape(protocol.description.brief_summary),
        "detailed_description": unescape(protocol.description.detailed_description),
        "conditions": protocol.conditions.conditions,
        "keywords": protocol.conditions.keywords,
    }


def _status(protocol: wire.Protocol) -> dict[str, Any]:
    """Status and dates, by the names of ``Study``."""
    status = protocol.status
    access, types = status.expanded_access_info, protocol.design.expanded_access_types
    return {
        "overall_status": status.overall_status,
        "last_known_status": status.last_known_status,
        "why_stopped": status.why_stopped,
        "expanded_access": ExpandedAccess(
            has_expanded_access=access.has_expanded_access,
            nct_id=access.nct_id,
            status_for_nct_id=access.status_for_nct_id,
            individual=types.individual,
            intermediate=types.intermediate,
            treatment=types.treatment,
        ),
        "status_verified": _date(status.status_verified_date),
        "start": fact_of(status.start_date_struct),
        "primary_completion": fact_of(status.primary_completion_date_struct),
        "completion": fact_of(status.completion_date_struct),
        "first_posted": fact_of(status.study_first_post_date_struct),
        "last_update_submitted": _date(status.last_update_submit_date),
        "last_update_posted": fact_of(status.last_update_post_date_struct),
        "results_first_posted": fact_of(status.results_first_post_date_struct),
        "results_first_submitted": _date(status.results_first_submit_date),
        "disp_first_posted": fact_of(status.disp_first_post_date_struct),
        "delayed_posting": status.delayed_posting,
        "results_waived": status.results_waived,
    }


def _design(design: wire.Design) -> dict[str, Any]:
    """How the trial is made, by the names of ``Study``."""
    info = design.design_info
    count = design.enrollment_info.count
    return {
        "study_type": design.study_type,
        "phases": design.phases,
        "allocation": info.allocation,
        "intervention_model": info.intervention_model,
        "intervention_model_description": unescape(info.intervention_model_description),
        "primary_purpose": info.primary_purpose,
        "observational_model": info.observational_model,
        "time_perspective": info.time_perspective,
        "masking": info.masking_info.masking,
        "masking_description": unescape(info.masking_info.masking_description),
        "who_masked": info.masking_info.who_masked,
        "enrollment": Enrollment(
            count=None if count == _UNKNOWN_COUNT else count,
            type=design.enrollment_info.type,
        ),
        "patient_registry": design.patient_registry,
        "target_duration": design.target_duration,
    }


def _eligibility(eligibility: wire.Eligibility) -> Eligibility:
    return Eligibility(
        criteria=unescape(eligibility.eligibility_criteria),
        sex=eligibility.sex,
        gender_based=eligibility.gender_based,
        gender_description=unescape(eligibility.gender_description),
        minimum_age=eligibility.minimum_age,
        maximum_age=eligibility.maximum_age,
        std_ages=eligibility.std_ages,
        healthy_volunteers=eligibility.healthy_volunteers,
        study_population=unescape(eligibility.study_population),
        sampling_method=eligibility.sampling_method,
    )


def _outcomes(outcomes: wire.Outcomes) -> tuple[Outcome, ...]:
    """All that is measured, the ranks one after the other."""
    return tuple(
        Outcome(
            rank=rank,
            measure=outcome.measure,
            description=unescape(outcome.description),
            time_frame=outcome.time_frame,
        )
        for rank, ranked in (
            ("primary", outcomes.primary_outcomes),
            ("secondary", outcomes.secondary_outcomes),
            ("other", outcomes.other_outcomes),
        )
        for outcome in ranked
    )


def _arm_group(arm: wire.ArmGroup) -> ArmGroup:
    return ArmGroup(
        label=arm.label,
        type=arm.type,
        description=unescape(arm.description),
        intervention_names=arm.intervention_names,
    )


def _intervention(intervention: wire.Intervention) -> Intervention:
    return Intervention(
        type=intervention.type,
        name=intervention.name,
        description=unescape(intervention.description),
        arm_group_labels=intervention.arm_group_labels,
        other_names=intervention.other_names,
    )


def _site(location: wire.Location) -> Site:
    return Site(
        facility=location.facility,
        status=location.status,
        city=location.city,
        state=location.state,
        zip=location.zip,
        country=location.country,
        contacts=tuple(map(_contact, location.contacts)),
        latitude=location.geo_point.lat,
        longitude=location.geo_point.lon,
    )


def _contact(contact: wire.Contact) -> Contact:
    return Contact(
        name=contact.name,
        role=contact.role,
        phone=contact.phone,
        phone_ext=contact.phone_ext,
        email=contact.email,
    )


def _sponsor(sponsor: wire.Sponsor) -> Sponsor:
    return Sponsor(sponsor.name, sponsor.agency_class)


def _meshes(meshes: tuple[Mesh, ...]) -> tuple[MeshTerm, ...]:
    return tuple(MeshTerm(mesh.id, mesh.term) for mesh in meshes)


def _date(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.parse(text)
