"""Trials that take people in, or soon will: an early one, a device, a huge one, a plain one."""

from __future__ import annotations

from msgspec.structs import replace

from bot.domain.oversight import Oversight
from bot.domain.study import ArmGroup, Contact, Eligibility, Enrollment, Intervention, Site, Sponsor
from tests.bot.domain.cards.golden_base import BASE, day_of, key_of

_COUNTRIES = ("United States", "Japan", "Germany", "Brazil", "Poland", "South Africa", "Spain")
SITES = 1148

PHASE_1 = replace(
    BASE,
    key=key_of(1),
    brief_title="Velotinib in Relapsed Ewing Sarcoma",
    conditions=("Ewing Sarcoma", "Osteosarcoma", "Rhabdomyosarcoma"),
    phases=("PHASE1",),
    allocation="NON_RANDOMIZED",
    intervention_model="SEQUENTIAL",
    masking="NONE",
    enrollment=Enrollment(30, "ESTIMATED"),
    oversight=Oversight(oversight_has_dmc=True),
    interventions=(
        Intervention(
            type="DRUG",
            name="Velotinib",
            description="Tablets of 20 mg, 40 mg or 60 mg, once a day for 28 days",
            other_names=("VLT-101",),
        ),
    ),
    arm_groups=(
        ArmGroup(label="Dose 1", type="EXPERIMENTAL"),
        ArmGroup(label="Dose 2", type="EXPERIMENTAL"),
    ),
    eligibility=Eligibility(
        criteria=(
            "Inclusion Criteria:\n\n"
            "* Relapsed or refractory Ewing sarcoma, osteosarcoma or rhabdomyosarcoma\n"
            "* At least one line of prior chemotherapy\n"
            "* Able to swallow tablets\n"
            "* Adequate organ function:\n"
            "  * Absolute neutrophil count ≥ 1.0 x 10^9/L\n"
            "  * Creatinine ≤ 1.5 x ULN\n"
            "* Written informed consent of the patient or a parent\n\n"
            "Exclusion Criteria:\n\n"
            "* Pregnant or breastfeeding\n"
            "* Radiotherapy within 14 days before the first dose\n"
            "* QTc > 480 ms\n"
            "* Active hepatitis B or HIV infection\n\n"
            "Other protocol-defined inclusion and exclusion criteria apply."
        ),
        minimum_age="12 Years",
        sex="ALL",
        healthy_volunteers=False,
    ),
    central_contacts=(Contact(name="Trial office", phone="+33 555 0100", email="vlt@example.org"),),
    sites=(
        Site(
            facility="Hospital of the Two Rivers",
            city="Lyon",
            country="France",
            status="RECRUITING",
            contacts=(Contact(name="Dr Ines Morel", phone="+33 555 0101"),),
        ),
        Site(
            facility="Moorland Infirmary",
            city="Leeds",
            country="United Kingdom",
            status="NOT_YET_RECRUITING",
        ),
    ),
)

DEVICE = replace(
    BASE,
    key=key_of(7),
    brief_title="A Soft Collar Sensor for Sleep Apnea: First Use",
    conditions=("Sleep Apnea, Obstructive",),
    primary_purpose="DEVICE_FEASIBILITY",
    phases=("NA",),
    overall_status="NOT_YET_RECRUITING",
    start=day_of("2026-05", "ESTIMATED"),
    allocation="RANDOMIZED",
    intervention_model="CROSSOVER",
    masking="SINGLE",
    who_masked=("PARTICIPANT",),
    enrollment=Enrollment(24, "ESTIMATED"),
    oversight=Oversight(oversight_has_dmc=False),
    interventions=(
        Intervention(type="DEVICE", name="Collar sensor", description="Worn for 2 nights"),
        Intervention(type="DEVICE", name="Sham collar"),
    ),
    arm_groups=(
        ArmGroup(label="Collar first", type="EXPERIMENTAL"),
        ArmGroup(label="Sham first", type="SHAM_COMPARATOR"),
    ),
    eligibility=Eligibility(
        criteria=(
            "Inclusion Criteria:\n\n* Apnea-hypopnea index of 15 to 30 events an hour\n"
            "* Or a healthy sleeper\n\n"
            "Exclusion Criteria:\n\n* A pacemaker\n* Allergy to silicone"
        ),
        minimum_age="22 Years",
        maximum_age="65 Years",
        sex="ALL",
        healthy_volunteers=True,
    ),
    sites=(
        Site(facility="Night Laboratory", city="Porto", country="Portugal",
             status="NOT_YET_RECRUITING"),
    ),
)  # fmt: skip

MANY_SITES = replace(
    BASE,
    key=key_of(9),
    brief_title="Cardivast for the Prevention of Heart Attack and Stroke",
    conditions=(
        "Myocardial Infarction",
        "Stroke",
        "Cardiovascular Diseases",
        "Hypercholesterolemia",
    ),
    primary_purpose="PREVENTION",
    phases=("PHASE3",),
    allocation="RANDOMIZED",
    intervention_model="PARALLEL",
    masking="DOUBLE",
    who_masked=("PARTICIPANT", "INVESTIGATOR"),
    enrollment=Enrollment(15000, "ESTIMATED"),
    oversight=Oversight(oversight_has_dmc=True),
    lead_sponsor=Sponsor("Vastmark", "INDUSTRY"),
    interventions=(
        Intervention(type="DRUG", name="Cardivast"),
        Intervention(type="DRUG", name="Matching placebo"),
        Intervention(type="DRUG", name="Atorvastatin"),
        Intervention(type="BEHAVIORAL", name="Advice on food"),
    ),
    arm_groups=(
        ArmGroup(label="Cardivast", type="EXPERIMENTAL"),
        ArmGroup(label="Placebo", type="PLACEBO_COMPARATOR"),
    ),
    eligibility=Eligibility(
        criteria=(
            "Key Inclusion Criteria:\n\n* Known atherosclerotic cardiovascular disease\n"
            "* LDL cholesterol ≥ 70 mg/dL on a stable statin dose\n\n"
            "Key Exclusion Criteria:\n\n* Heart failure, NYHA class IV\n"
            "* ALT or AST > 3 x ULN\n* Women who could become pregnant and use no contraception"
        ),
        minimum_age="40 Years",
        sex="ALL",
        healthy_volunteers=False,
    ),
    central_contacts=(Contact(name="Vastmark trials", phone="+1 555 0100"),),
    sites=tuple(
        Site(
            facility=f"Vastmark site {number}",
            city=f"Town {number % 400 + 1}",
            country=_COUNTRIES[number % len(_COUNTRIES)],
            status="RECRUITING" if number % 3 else "COMPLETED",
        )
        for number in range(1, SITES + 1)
    ),
)

NO_HEADINGS = replace(
    BASE,
    key=key_of(10),
    brief_title="Short Walks for Knee Pain",
    conditions=("Knee Osteoarthritis",),
    phases=("NA",),
    allocation="RANDOMIZED",
    intervention_model="PARALLEL",
    masking=None,
    enrollment=Enrollment(60, "ESTIMATED"),
    interventions=(Intervention(type="BEHAVIORAL", name="Walks of 10 minutes"),),
    arm_groups=(
        ArmGroup(label="Walks", type="EXPERIMENTAL"),
        ArmGroup(label="Leaflet", type="ACTIVE_COMPARATOR"),
    ),
    eligibility=Eligibility(
        criteria=(
            "* Knee pain on most days for 3 months\n* No knee surgery in the last year\n"
            "* BMI of 20 to 40\n* Not able to walk for 10 minutes"
        ),
        minimum_age="45 Years",
        sex="FEMALE",
        gender_based=True,
        gender_description="Open to people who live as women",
        healthy_volunteers=None,
    ),
    sites=(Site(facility="Green Lane Practice", city="Cork", country="Ireland"),),
)
