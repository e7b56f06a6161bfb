"""Every field of a study as a row: where it stands, its kind of change, and how it is compared.

``diff`` and ``digest`` both walk this table, so that they cannot disagree on what a field is. What
is never a change (see ``NEVER``) has no row.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from bot.domain import members
from bot.domain.change import Kind
from bot.domain.fields import Field, How, Members
from bot.domain.study import Outcome, Study

NEVER = frozenset(
    {
        "condition_ancestors",
        "condition_meshes",
        "intervention_meshes",
        "last_update_posted",
        "results_first_submitted",
        "status_verified",
    }
)
"""Attributes of ``Study`` that are never a change: dates of paperwork and what the registry
computes. The same holds for the coordinates of a site. ``key`` is the study itself."""


def _yes(name: str) -> Callable[[Study], str | None]:
    """Reads a flag for which "no" says no more than silence: records gain a "no" when touched."""
    read = attrgetter(name)
    return lambda study: "true" if read(study) else None


def _outcomes(*ranks: str) -> Callable[[Study], tuple[Outcome, ...]]:
    return lambda study: tuple(one for one in study.outcomes if one.rank in ranks)


def _other_outcomes(study: Study) -> tuple[Outcome, ...]:
    return tuple(one for one in study.outcomes if one.rank not in {"primary", "secondary"})


_ID = "protocolSection.identificationModule."
_STATUS = "protocolSection.statusModule."
_ELIGIBILITY = "protocolSection.eligibilityModule."
_DESIGN = "protocolSection.designModule."
_DESCRIPTION = "protocolSection.descriptionModule."
_CONDITIONS = "protocolSection.conditionsModule."
_SPONSOR = "protocolSection.sponsorCollaboratorsModule."
_ARMS_MODULE = "protocolSection.armsInterventionsModule."
_OUTCOMES_MODULE = "protocolSection.outcomesModule."
_CONTACTS_MODULE = "protocolSection.contactsLocationsModule."

NCT_ID = _ID + "nctId"
OVERALL_STATUS = _STATUS + "overallStatus"
LAST_KNOWN_STATUS = _STATUS + "lastKnownStatus"
HAS_RESULTS = "hasResults"
RESULTS_FIRST_POSTED = _STATUS + "resultsFirstPostDateStruct"
CRITERIA = _ELIGIBILITY + "eligibilityCriteria"
LOCATIONS = _CONTACTS_MODULE + "locations"
SITE_STATUS = LOCATIONS + ".status"
SITE_CONTACTS = LOCATIONS + ".contacts"


def _row(
    path: str,
    kind: Kind,
    label: str,
    read: str | Callable[[Study], Any],
    how: How = How.TEXT,
    of: Members | None = None,
) -> Field:
    reader = attrgetter(read) if isinstance(read, str) else read
    return Field(path=path, kind=kind, label=label, read=reader, how=how, members=of)


_K = Kind
CATALOGUE: tuple[Field, ...] = (
    _row(OVERALL_STATUS, _K.STATUS, "status", "overall_status"),
    _row(LAST_KNOWN_STATUS, _K.OTHER, "last known status", "last_known_status"),
    _row(_STATUS + "whyStopped", _K.WHY_STOPPED, "why it stopped", "why_stopped"),
    # A record that was merged into this one: told to those who followed that one.
    _row(_ID + "nctIdAliases", _K.OTHER, "former numbers", "aliases", How.WORDS),
    _row(HAS_RESULTS, _K.RESULTS, "results", _yes("has_results")),
    _row(RESULTS_FIRST_POSTED, _K.RESULTS, "results posted", "results_first_posted", How.DATE),
    _row(
        _STATUS + "expandedAccessInfo.hasExpandedAccess",
        _K.EXPANDED_ACCESS,
        "expanded access",
        _yes("expanded_access.has_expanded_access"),
    ),
    _row(
        _STATUS + "expandedAccessInfo.nctId",
        _K.EXPANDED_ACCESS,
        "expanded access record",
        "expanded_access.nct_id",
    ),
    _row(
        _STATUS + "expandedAccessInfo.statusForNctId",
        _K.EXPANDED_ACCESS,
        "expanded access status",
        "expanded_access.status_for_nct_id",
    ),
    _row(CRITERIA, _K.ELIGIBILITY, "criteria", "eligibility.criteria", How.LINES),
    _row(_ELIGIBILITY + "sex", _K.ELIGIBILITY, "sex", "eligibility.sex"),
    _row(
        _ELIGIBILITY + "genderBased",
        _K.ELIGIBILITY,
        "by gender",
        _yes("eligibility.gender_based"),
    ),
    _row(
        _ELIGIBILITY + "genderDescription",
        _K.ELIGIBILITY,
        "gender",
        "eligibility.gender_description",
    ),
    _row(_ELIGIBILITY + "minimumAge", _K.ELIGIBILITY, "minimum age", "eligibility.minimum_age"),
    _row(_ELIGIBILITY + "maximumAge", _K.ELIGIBILITY, "maximum age", "eligibility.maximum_age"),
    # Computed from the two ages, which are told.
    _row(_ELIGIBILITY + "stdAges", _K.OTHER, "age groups", "eligibility.std_ages", How.WORDS),
    _row(
        _ELIGIBILITY + "healthyVolunteers",
        _K.ELIGIBILITY,
        "healthy volunteers",
        "eligibility.healthy_volunteers",
        How.FLAG,
    ),
    _row(
        _ELIGIBILITY + "studyPopulation",
        _K.ELIGIBILITY,
        "population",
        "eligibility.study_population",
    ),
    _row(
        _ELIGIBILITY + "samplingMethod",
        _K.ELIGIBILITY,
        "sampling",
        "eligibility.sampling_method",
    ),
    _row(LOCATIONS, _K.SITES, "sites", "sites", How.MEMBERS, members.SITES),
    _row(
        _ARMS_MODULE + "armGroups", _K.TREATMENTS, "arms", "arm_groups", How.MEMBERS, members.ARMS
    ),
    _row(
        _ARMS_MODULE + "interventions",
        _K.TREATMENTS,
        "interventions",
        "interventions",
        How.MEMBERS,
        members.INTERVENTIONS,
    ),
    _row(_DESIGN + "studyType", _K.DESIGN, "study type", "study_type"),
    _row(_DESIGN + "phases", _K.DESIGN, "phase", "phases", How.WORDS),
    _row(_DESIGN + "designInfo.allocation", _K.DESIGN, "allocation", "allocation"),
    _row(
        _DESIGN + "designInfo.interventionModel",
        _K.DESIGN,
        "intervention model",
        "intervention_model",
    ),
    _row(_DESIGN + "designInfo.primaryPurpose", _K.DESIGN, "primary purpose", "primary_purpose"),
    _row(_DESIGN + "designInfo.maskingInfo.masking", _K.DESIGN, "masking", "masking"),
    _row(
        _DESIGN + "designInfo.maskingInfo.whoMasked",
        _K.DESIGN,
        "who is masked",
        "who_masked",
        How.WORDS,
    ),
    _row(
        _OUTCOMES_MODULE + "primaryOutcomes",
        _K.OUTCOMES,
        "primary outcomes",
        _outcomes("primary"),
        How.MEMBERS,
        members.OUTCOMES,
    ),
    _row(
        _OUTCOMES_MODULE + "secondaryOutcomes",
        _K.OUTCOMES,
        "secondary outcomes",
        _outcomes("secondary"),
        How.MEMBERS,
        members.OUTCOMES,
    ),
    _row(
        _OUTCOMES_MODULE + "otherOutcomes",
        _K.OUTCOMES,
        "other outcomes",
        _other_outcomes,
        How.MEMBERS,
        members.OUTCOMES,
    ),
    _row(_STATUS + "startDateStruct", _K.DATES, "start", "start", How.DATE),
    _row(
        _STATUS + "primaryCompletionDateStruct",
        _K.DATES,
        "primary completion",
        "primary_completion",
        How.DATE,
    ),
    _row(_STATUS + "completionDateStruct", _K.DATES, "completion", "completion", How.DATE),
    _row(_STATUS + "studyFirstPostDateStruct", _K.OTHER, "first posted", "first_posted", How.DATE),
    _row(
        _DESIGN + "enrollmentInfo.count", _K.ENROLLMENT, "enrolment", "enrollment.count", How.NUMBER
    ),
    # The number stays: that it is now a count and no longer a plan is kept, not told.
    _row(_DESIGN + "enrollmentInfo.type", _K.OTHER, "enrolment type", "enrollment.type"),
    _row(_ID + "briefTitle", _K.DESCRIPTION, "title", "brief_title"),
    _row(_ID + "officialTitle", _K.DESCRIPTION, "official title", "official_title"),
    _row(_ID + "acronym", _K.DESCRIPTION, "acronym", "acronym"),
    _row(_DESCRIPTION + "briefSummary", _K.DESCRIPTION, "summary", "brief_summary"),
    _row(
        _DESCRIPTION + "detailedDescription", _K.DESCRIPTION, "description", "detailed_description"
    ),
    _row(_CONDITIONS + "conditions", _K.DESCRIPTION, "conditions", "conditions", How.WORDS),
    _row(_CONDITIONS + "keywords", _K.DESCRIPTION, "keywords", "keywords", How.WORDS),
    _row(
        _CONTACTS_MODULE + "centralContacts",
        _K.CONTACTS,
        "contacts",
        "central_contacts",
        How.MEMBERS,
        members.CONTACTS,
    ),
    _row(_ID + "organization.fullName", _K.SPONSOR, "organization", "organization"),
    _row(_SPONSOR + "leadSponsor.name", _K.SPONSOR, "sponsor", "lead_sponsor.name"),
    _row(_SPONSOR + "leadSponsor.class", _K.OTHER, "sponsor class", "lead_sponsor.agency_class"),
    _row(
        _SPONSOR + "collaborators",
        _K.SPONSOR,
        "collaborators",
        "collaborators",
        How.MEMBERS,
        members.SPONSORS,
    ),
    _row("", _K.OTHER, "other fields", "other_fields", How.OTHER_FIELDS),
)

LABELS = {field.path: field.label for field in CATALOGUE if field.path} | {
    f"{field.path}.{part.path}": f"{field.label}, {part.label}"
    for field in CATALOGUE
    if field.members
    for part in field.members.parts
}
"""How each field, and each part of a member, is called in a sentence: by its path."""
