"""Records of what is no test: a registry of patients, and access outside a trial."""

from __future__ import annotations

from msgspec.structs import replace

from bot.domain.study import ArmGroup, Contact, Eligibility, Enrollment, Intervention, Site, Sponsor
from tests.bot.domain.cards.golden_base import BASE, key_of

REGISTRY = replace(
    BASE,
    key=key_of(5),
    brief_title="A Registry of Adults With Sickle Cell Disease",
    conditions=("Sickle Cell Disease",),
    study_type="OBSERVATIONAL",
    primary_purpose=None,
    overall_status="ENROLLING_BY_INVITATION",
    observational_model="COHORT",
    time_perspective="PROSPECTIVE",
    patient_registry=True,
    target_duration="5 Years",
    enrollment=Enrollment(2000, "ESTIMATED"),
    arm_groups=(ArmGroup(label="Adults with sickle cell disease"),),
    eligibility=Eligibility(
        criteria=(
            "Inclusion Criteria:\n\n* Sickle cell disease of any genotype\n\n"
            "Exclusion Criteria:\n\n* Unable to give informed consent"
        ),
        minimum_age="18 Years",
        sex="ALL",
        healthy_volunteers=False,
        study_population="Adults who come to one of the clinics",
        sampling_method="NON_PROBABILITY_SAMPLE",
    ),
    sites=(
        Site(facility="Clinic of the Alps", city="Turin", country="Italy"),
        Site(facility="Korle Hill Clinic", city="Accra", country="Ghana"),
    ),
)

EXPANDED_ACCESS = replace(
    BASE,
    key=key_of(6),
    brief_title="Expanded Access to Melorsen for Spinal Muscular Atrophy",
    conditions=("Spinal Muscular Atrophy",),
    study_type="EXPANDED_ACCESS",
    primary_purpose=None,
    overall_status="AVAILABLE",
    start=None,
    primary_completion=None,
    completion=None,
    lead_sponsor=Sponsor("Meadow Therapeutics", "INDUSTRY"),
    interventions=(Intervention(type="DRUG", name="Melorsen", description="12 mg by injection"),),
    eligibility=Eligibility(
        criteria=(
            "Inclusion Criteria:\n\n* Spinal muscular atrophy, proven by a genetic test\n"
            "* Cannot take part in a study of melorsen"
        ),
        maximum_age="17 Years",
        sex="ALL",
    ),
    central_contacts=(Contact(name="Access desk", email="access@example.org"),),
)
