"""Trials that ended, stopped, or of which nobody knows."""

from __future__ import annotations

from msgspec.structs import replace

from bot.domain.adverse import EventGroup
from bot.domain.dates import PartialDate
from bot.domain.oversight import Oversight
from bot.domain.papers import Document
from bot.domain.study import ArmGroup, Eligibility, Enrollment, Intervention, Site, Sponsor
from tests.bot.domain.cards.golden_base import BASE, day_of, key_of

WITHDRAWN = replace(
    BASE,
    key=key_of(2),
    brief_title="Evening Oats for Restless Legs",
    conditions=("Restless Legs Syndrome",),
    phases=("NA",),
    overall_status="WITHDRAWN",
    why_stopped="The grant was not renewed.",
    start=day_of("2025-09", "ESTIMATED"),
    primary_completion=day_of("2026-09", "ESTIMATED"),
    completion=None,
    allocation="RANDOMIZED",
    intervention_model="PARALLEL",
    masking="SINGLE",
    who_masked=("OUTCOMES_ASSESSOR",),
    enrollment=Enrollment(0, "ACTUAL"),
    interventions=(Intervention(type="DIETARY_SUPPLEMENT", name="Oat beta-glucan drink"),),
    arm_groups=(
        ArmGroup(label="Oats", type="EXPERIMENTAL"),
        ArmGroup(label="Usual evening", type="NO_INTERVENTION"),
    ),
    eligibility=Eligibility(
        criteria=(
            "Inclusion Criteria:\n\n* Restless legs on 3 or more nights a week\n\n"
            "Exclusion Criteria:\n\n* Celiac disease"
        ),
        minimum_age="18 Years",
        maximum_age="75 Years",
        sex="ALL",
        healthy_volunteers=False,
    ),
)

TERMINATED = replace(
    BASE,
    key=key_of(3),
    brief_title="Corimab Versus Placebo in Severe Asthma",
    conditions=("Severe Asthma",),
    phases=("PHASE3",),
    overall_status="TERMINATED",
    why_stopped="Lack of efficacy at the planned interim analysis; not due to safety.",
    primary_completion=day_of("2025-11-30"),
    completion=day_of("2025-12-15"),
    allocation="RANDOMIZED",
    intervention_model="PARALLEL",
    masking="QUADRUPLE",
    who_masked=("PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR"),
    enrollment=Enrollment(412, "ACTUAL"),
    oversight=Oversight(oversight_has_dmc=True),
    lead_sponsor=Sponsor("Coriander Pharma", "INDUSTRY"),
    interventions=(
        Intervention(type="BIOLOGICAL", name="Corimab", description="150 mg under the skin"),
        Intervention(type="DRUG", name="Placebo"),
    ),
    arm_groups=(
        ArmGroup(label="Corimab", type="EXPERIMENTAL"),
        ArmGroup(label="Placebo", type="PLACEBO_COMPARATOR"),
    ),
    eligibility=Eligibility(
        criteria=(
            "Inclusion Criteria:\n\n* Severe asthma for 12 months or more\n"
            "* FEV1 < 80 % of predicted\n\n"
            "Exclusion Criteria:\n\n* Current smoker\n* Any biologic within 4 months"
        ),
        minimum_age="18 Years",
        sex="ALL",
        healthy_volunteers=False,
    ),
    sites=(Site(facility="Harbour Lung Clinic", city="Halifax", country="Canada"),),
)

UNKNOWN = replace(
    BASE,
    key=key_of(4),
    brief_title="Singing After Stroke",
    conditions=("Aphasia", "Stroke"),
    primary_purpose="SUPPORTIVE_CARE",
    phases=("NA",),
    overall_status="UNKNOWN",
    last_known_status="RECRUITING",
    status_verified=PartialDate(2023, 4),
    first_posted=day_of("2022-05-02"),
    last_update_posted=day_of("2023-04-11"),
    start=day_of("2022-06-01"),
    primary_completion=day_of("2024-06", "ESTIMATED"),
    completion=day_of("2024-12", "ESTIMATED"),
    intervention_model="SINGLE_GROUP",
    masking="NONE",
    enrollment=Enrollment(40, "ESTIMATED"),
    interventions=(Intervention(type="BEHAVIORAL", name="Singing in a choir"),),
    arm_groups=(ArmGroup(label="Choir", type="EXPERIMENTAL"),),
    eligibility=Eligibility(
        criteria=(
            "Inclusion Criteria:\n\n* Aphasia after a stroke at least 6 months ago\n\n"
            "Exclusion Criteria:\n\n* Severe hearing loss"
        ),
        minimum_age="18 Years",
        sex="ALL",
        healthy_volunteers=False,
    ),
    sites=(Site(facility="Moorland Infirmary", city="Leeds", country="United Kingdom"),),
)

EVENTS = (
    EventGroup(
        title="Tolvaran",
        serious_affected=3,
        serious_at_risk=59,
        other_affected=21,
        other_at_risk=59,
    ),
    EventGroup(
        title="Colchicine",
        serious_affected=0,
        serious_at_risk=58,
        other_affected=25,
        other_at_risk=58,
    ),
)
"""What the registry states of the results of ``RESULTS``."""

RESULTS = replace(
    BASE,
    key=key_of(8),
    brief_title="Tolvaran Tablets for Gout Flares",
    conditions=("Gout",),
    phases=("PHASE2",),
    overall_status="COMPLETED",
    first_posted=day_of("2021-02-03"),
    start=day_of("2021-03-01"),
    primary_completion=day_of("2023-02-14"),
    completion=day_of("2023-05-30"),
    has_results=True,
    results_first_posted=day_of("2024-04-22"),
    allocation="RANDOMIZED",
    intervention_model="PARALLEL",
    masking="DOUBLE",
    who_masked=("PARTICIPANT", "INVESTIGATOR"),
    enrollment=Enrollment(118, "ACTUAL"),
    oversight=Oversight(oversight_has_dmc=True),
    interventions=(
        Intervention(
            type="DRUG",
            name="Tolvaran",
            description="80 mg once a day",
            arm_group_labels=("Tolvaran",),
        ),
        Intervention(
            type="DRUG",
            name="Colchicine",
            description="0.5 mg twice a day",
            arm_group_labels=("Colchicine",),
        ),
    ),
    arm_groups=(
        ArmGroup(label="Tolvaran", type="EXPERIMENTAL"),
        ArmGroup(label="Colchicine", type="ACTIVE_COMPARATOR"),
    ),
    eligibility=Eligibility(
        criteria=(
            "Inclusion Criteria:\n\n* At least 2 gout flares in the last 12 months\n\n"
            "Exclusion Criteria:\n\n* eGFR < 30 mL/min\n* Allergy to colchicine"
        ),
        minimum_age="18 Years",
        sex="ALL",
        healthy_volunteers=False,
    ),
    documents=(Document(label="Study Protocol"), Document(label="Informed Consent Form")),
    sites=(Site(facility="Joint Care", city="Omaha", state="Nebraska", country="United States"),),
)
