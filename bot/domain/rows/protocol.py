"""Rows: what the trial is, what it gives, what it measures and who can join."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import members
from bot.domain import members_papers as papers
from bot.domain import paths as at
from bot.domain.change import Kind
from bot.domain.fields import Field, How, row
from bot.domain.study import Outcome

_E, _D, _T, _N = Kind.ELIGIBILITY, Kind.DESIGN, Kind.DESCRIPTION, Kind.ENROLLMENT
_INFO = at.DESIGN + "designInfo."


def _primary(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    return tuple(one for one in outcomes if one.rank == "primary")


def _secondary(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    return tuple(one for one in outcomes if one.rank == "secondary")


def _other(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    return tuple(one for one in outcomes if one.rank not in {"primary", "secondary"})


ELIGIBILITY: tuple[Field, ...] = (
    row(at.CRITERIA, _E, "criteria", "eligibility.criteria", How.LINES),
    row(at.ELIGIBILITY + "sex", _E, "sex", "eligibility.sex", says="change.sex"),
    row(
        at.ELIGIBILITY + "genderBased",
        _E,
        "who can join depends on gender",
        "eligibility.gender_based",
        How.YES,
    ),
    row(
        at.ELIGIBILITY + "genderDescription",
        _E,
        "gender",
        "eligibility.gender_description",
        How.PROSE,
    ),
    row(
        at.ELIGIBILITY + "minimumAge",
        _E,
        "minimum age",
        "eligibility.minimum_age",
        says="change.age",
    ),
    row(
        at.ELIGIBILITY + "maximumAge",
        _E,
        "maximum age",
        "eligibility.maximum_age",
        says="change.age",
    ),
    row(
        at.ELIGIBILITY + "healthyVolunteers",
        _E,
        "healthy volunteers",
        "eligibility.healthy_volunteers",
        How.FLAG,
        says="change.healthy",
    ),
    row(
        at.ELIGIBILITY + "studyPopulation",
        _E,
        "people who are studied",
        "eligibility.study_population",
        How.PROSE,
    ),
    row(
        at.ELIGIBILITY + "samplingMethod",
        _E,
        "way in which they are chosen",
        "eligibility.sampling_method",
    ),
)
TREATMENTS: tuple[Field, ...] = (
    row(
        at.ARM_GROUPS,
        Kind.TREATMENTS,
        "groups of participants",
        "arm_groups",
        How.MEMBERS,
        members.ARMS,
    ),
    row(
        at.INTERVENTIONS,
        Kind.TREATMENTS,
        "treatments",
        "interventions",
        How.MEMBERS,
        members.INTERVENTIONS,
    ),
)
DESIGN: tuple[Field, ...] = (
    row(at.DESIGN + "studyType", _D, "study type", "study_type"),
    row(at.DESIGN + "phases", _D, "phase", "phases", How.WORDS, says="change.phases"),
    row(_INFO + "allocation", _D, "way of sharing out to groups (allocation)", "allocation"),
    row(_INFO + "interventionModel", _D, "design (intervention model)", "intervention_model"),
    row(
        _INFO + "interventionModelDescription",
        _D,
        "description of the design",
        "intervention_model_description",
        How.PROSE,
    ),
    row(_INFO + "primaryPurpose", _D, "primary purpose", "primary_purpose"),
    row(_INFO + "observationalModel", _D, "design (observational model)", "observational_model"),
    row(_INFO + "timePerspective", _D, "time perspective", "time_perspective"),
    row(
        _INFO + "maskingInfo.masking",
        _D,
        "masking (who is kept from knowing who gets what)",
        "masking",
    ),
    row(
        _INFO + "maskingInfo.maskingDescription",
        _D,
        "description of the masking",
        "masking_description",
        How.PROSE,
    ),
    row(
        _INFO + "maskingInfo.whoMasked",
        _D,
        "people who are kept from knowing who gets what",
        "who_masked",
        How.WORDS,
    ),
    row(
        at.DESIGN + "patientRegistry",
        _D,
        "the study is a patient registry",
        "patient_registry",
        How.YES,
    ),
    row(at.DESIGN + "targetDuration", _D, "length of the follow-up", "target_duration"),
    row(at.DESIGN + "bioSpec.retention", _D, "samples that are kept", "bio_spec.retention"),
    row(
        at.DESIGN + "bioSpec.description",
        _D,
        "description of the samples",
        "bio_spec.description",
        How.PROSE,
    ),
)
ENROLLMENT: tuple[Field, ...] = (
    row(
        at.ENROLLMENT_COUNT,
        _N,
        "number of participants",
        "enrollment.count",
        How.NUMBER,
        says="change.enrollment",
    ),
    row(
        at.ENROLLMENT_TYPE,
        _N,
        "number of participants, planned or counted",
        "enrollment.type",
        says="change.enrollment.type",
    ),
)
OUTCOMES: tuple[Field, ...] = tuple(
    row(
        at.OUTCOMES + path,
        Kind.OUTCOMES,
        label,
        "outcomes",
        How.MEMBERS,
        members.OUTCOMES,
        only=only,
    )
    for path, label, only in (
        ("primaryOutcomes", "main (primary) outcomes", _primary),
        ("secondaryOutcomes", "secondary outcomes", _secondary),
        ("otherOutcomes", "other outcomes", _other),
    )
)
DESCRIPTION: tuple[Field, ...] = (
    row(at.ID + "briefTitle", _T, "title", "brief_title", says="change.text"),
    row(at.ID + "officialTitle", _T, "official title", "official_title", says="change.text"),
    row(at.ID + "acronym", _T, "acronym", "acronym"),
    row(at.DESCRIPTION + "briefSummary", _T, "summary", "brief_summary", How.PROSE),
    row(
        at.DESCRIPTION + "detailedDescription",
        _T,
        "description",
        "detailed_description",
        How.PROSE,
    ),
    row(at.CONDITIONS + "conditions", _T, "conditions", "conditions", How.WORDS),
    row(at.CONDITIONS + "keywords", _T, "keywords", "keywords", How.WORDS),
    row(at.ID + "orgStudyIdInfo.id", _T, "the sponsor's own number", "org_study_id.id"),
    row(at.ID + "orgStudyIdInfo.type", _T, "type of the sponsor's number", "org_study_id.type"),
    row(at.ID + "orgStudyIdInfo.link", _T, "link of the sponsor's number", "org_study_id.link"),
    row(
        at.ID + "secondaryIdInfos",
        _T,
        "other numbers of the trial",
        "secondary_ids",
        How.MEMBERS,
        papers.SECONDARY_IDS,
    ),
)
