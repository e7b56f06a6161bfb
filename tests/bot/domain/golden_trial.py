"""A trial that was made up to be read about."""

from __future__ import annotations

from bot.domain.dates import DatedFact, PartialDate
from bot.domain.oversight import Official
from bot.domain.study import (
    CTGOV,
    ArmGroup,
    Contact,
    Eligibility,
    Enrollment,
    Intervention,
    Outcome,
    Site,
    Sponsor,
    Study,
    StudyKey,
)

CRITERIA = """Inclusion Criteria:

* Ewing sarcoma, proven by a biopsy
* Age of 12 years or older
* Able to swallow tablets

Exclusion Criteria:

* Pregnancy
* Another cancer within the last 5 years
"""


def day(text: str, type_: str = "ESTIMATED") -> DatedFact:
    """A date as the record gives it."""
    return DatedFact(PartialDate.parse(text), type_)


def place(facility: str, city: str, country: str, status: str | None = "RECRUITING") -> Site:
    """A place with somebody to ask."""
    contact = Contact(name="Dr Ines Morel", role="PRINCIPAL_INVESTIGATOR", phone="+33 555 0100")
    return Site(facility=facility, city=city, country=country, status=status, contacts=(contact,))


LYON = place("Hospital of the Two Rivers", "Lyon", "France")
LEEDS = place("Moorland Infirmary", "Leeds", "United Kingdom")
TURIN = place("Clinic of the Alps", "Turin", "Italy", "NOT_YET_RECRUITING")

BASE = Study(
    key=StudyKey(CTGOV, "NCT90000007"),
    brief_title="Velotinib Tablets for Ewing Sarcoma That Came Back",
    official_title="A Phase 2 Study of Velotinib in Relapsed Ewing Sarcoma",
    overall_status="RECRUITING",
    start=day("2025-03-01", "ACTUAL"),
    primary_completion=day("2027-06"),
    completion=day("2028-06"),
    first_posted=day("2025-01-15", "ACTUAL"),
    lead_sponsor=Sponsor("University of the Two Rivers", "OTHER"),
    collaborators=(Sponsor("Moorland Cancer Charity", "OTHER"),),
    brief_summary="Whether velotinib tablets stop the tumour from growing.",
    detailed_description=(
        "Everybody takes velotinib once a day for as long as it helps. The tumour is measured by "
        "magnetic resonance imaging every eight weeks, blood is taken every two weeks, and whoever "
        "wants to can keep a diary of pain and sleep. When the tumour grows the tablets are "
        "stopped, and the doctors ask every three months how the person is, for two years."
    ),
    conditions=("Ewing Sarcoma",),
    keywords=("relapse", "tablets"),
    study_type="INTERVENTIONAL",
    phases=("PHASE1", "PHASE2"),
    allocation="NA",
    intervention_model="SINGLE_GROUP",
    primary_purpose="TREATMENT",
    masking="NONE",
    enrollment=Enrollment(60, "ESTIMATED"),
    arm_groups=(
        ArmGroup(
            label="Velotinib",
            type="EXPERIMENTAL",
            description="100 mg of velotinib once a day",
            intervention_names=("Drug: Velotinib",),
        ),
    ),
    interventions=(
        Intervention(
            type="DRUG",
            name="Velotinib",
            description="Tablets of 50 mg, taken with a glass of water",
            arm_group_labels=("Velotinib",),
        ),
    ),
    outcomes=(
        Outcome(rank="primary", measure="Time without growth of the tumour", time_frame="1 year"),
        Outcome(rank="secondary", measure="Pain on a scale from 0 to 10", time_frame="6 months"),
    ),
    eligibility=Eligibility(
        criteria=CRITERIA,
        sex="ALL",
        minimum_age="12 Years",
        maximum_age="40 Years",
        healthy_volunteers=False,
    ),
    central_contacts=(Contact(name="Trial office", role="CONTACT", phone="+33 555 0111"),),
    officials=(
        Official(name="Ines Morel", affiliation="Two Rivers", role="PRINCIPAL_INVESTIGATOR"),
    ),
    sites=(LYON, LEEDS, TURIN),
)
