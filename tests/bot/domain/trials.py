"""Hand-made and recorded studies for the tests of the domain, and ways to rewrite them."""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from adapters.ctgov.parse import parse
from bot.domain.dates import DatedFact, PartialDate
from bot.domain.oversight import (
    BioSpec,
    Official,
    OrgStudyId,
    Oversight,
    ResponsibleParty,
    SecondaryId,
)
from bot.domain.papers import (
    AvailableData,
    DataSharing,
    Document,
    Link,
    Reference,
    Retraction,
)
from bot.domain.study import (
    CTGOV,
    ArmGroup,
    Contact,
    Eligibility,
    Enrollment,
    ExpandedAccess,
    Intervention,
    MeshTerm,
    OtherField,
    Outcome,
    Site,
    Sponsor,
    Study,
    StudyKey,
)
from bot.domain.submission import ResultsTracking, Submission, UnpostedEvent, ViolationEvent
from tests.shared import SHARED, read_lines

CRITERIA = """Inclusion Criteria:

* Histologically proven sarcoma
* Age of 18 years or older
* ECOG performance status 0 to 1

Exclusion Criteria:

1. Pregnancy
2. Brain metastases that need treatment
"""


def fact(text: str, type_: str | None = None) -> DatedFact:
    """A date as the record gives it."""
    return DatedFact(PartialDate.parse(text), type_)


def site(facility: str, status: str | None = "RECRUITING", city: str = "Houston") -> Site:
    """A site in the United States with a contact."""
    return Site(
        facility=facility,
        status=status,
        city=city,
        state="Texas",
        zip="77030",
        country="United States",
        contacts=(Contact(name=f"Contact of {facility}", role="CONTACT", phone="555-0100"),),
        latitude=29.7,
        longitude=-95.4,
    )


def trial(**changes: Any) -> Study:
    """A study in which every field of the type is filled."""
    return replace(
        Study(
            key=StudyKey(CTGOV, "NCT99999901"),
            aliases=("NCT99999900",),
            brief_title="Bell therapy for sarcoma",
            official_title="A phase 2 study of bell therapy",
            acronym="BELL",
            organization="University of Bells",
            overall_status="RECRUITING",
            last_known_status="NOT_YET_RECRUITING",
            why_stopped="Low accrual",
            expanded_access=ExpandedAccess(
                has_expanded_access=True,
                nct_id="NCT99999902",
                status_for_nct_id="AVAILABLE",
                individual=True,
            ),
            status_verified=PartialDate(2026, 1),
            start=fact("2025-03", "ESTIMATED"),
            primary_completion=fact("2027-05-01", "ESTIMATED"),
            completion=fact("2028-05-01", "ESTIMATED"),
            first_posted=fact("2025-02-01", "ACTUAL"),
            last_update_submitted=PartialDate(2026, 1, 30),
            last_update_posted=fact("2026-02-01", "ACTUAL"),
            lead_sponsor=Sponsor("University of Bells", "OTHER"),
            collaborators=(Sponsor("Chime Inc", "INDUSTRY"), Sponsor("NCI", "NIH")),
            brief_summary="Whether bells help.\n\nThey may.",
            detailed_description="Rung twice a day.",
            conditions=("Sarcoma", "Osteosarcoma"),
            keywords=("bells", "ringing"),
            study_type="INTERVENTIONAL",
            phases=("PHASE1", "PHASE2"),
            allocation="RANDOMIZED",
            intervention_model="PARALLEL",
            primary_purpose="TREATMENT",
            masking="DOUBLE",
            who_masked=("PARTICIPANT", "INVESTIGATOR"),
            enrollment=Enrollment(120, "ESTIMATED"),
            arm_groups=(
                ArmGroup(label="Bell", type="EXPERIMENTAL", intervention_names=("Device: Bell",)),
                ArmGroup(label="Silence", type="NO_INTERVENTION", description="Nothing"),
            ),
            interventions=(
                Intervention(
                    type="DEVICE",
                    name="Bell",
                    description="A bell",
                    arm_group_labels=("Bell",),
                    other_names=("Gong", "Chime"),
                ),
            ),
            outcomes=(
                Outcome(rank="primary", measure="Overall survival", time_frame="2 years"),
                Outcome(rank="secondary", measure="Pain", description="Scale", time_frame="1 year"),
                Outcome(rank="other", measure="Sleep", time_frame="1 year"),
            ),
            eligibility=Eligibility(
                criteria=CRITERIA,
                sex="ALL",
                gender_based=True,
                gender_description="Any",
                minimum_age="18 Years",
                maximum_age="75 Years",
                std_ages=("ADULT", "OLDER_ADULT"),
                healthy_volunteers=False,
                study_population="Patients of one clinic",
                sampling_method="PROBABILITY_SAMPLE",
            ),
            central_contacts=(Contact(name="Ada Bell", role="CONTACT", phone="555-0101"),),
            sites=(site("Bell Clinic"), site("Chime Hospital", city="Dallas")),
            condition_meshes=(MeshTerm("D012509", "Sarcoma"),),
            condition_ancestors=(MeshTerm("D009369", "Neoplasms"),),
            intervention_meshes=(MeshTerm("D000001", "Bell"),),
            other_fields=(OtherField("protocolSection.tomorrowModule.novelty", "true"),),
            **_papers(),
        ),
        **changes,
    )


def _papers() -> dict[str, Any]:
    """What a full study has besides: numbers, who answers, publications, the way of results."""
    return {
        "organization_class": "OTHER",
        "org_study_id": OrgStudyId(id="BELL-2"),
        "secondary_ids": (SecondaryId(id="2024-1", type="EUDRACT_NUMBER"),),
        "disp_first_posted": fact("2026-01-15", "ESTIMATED"),
        "delayed_posting": True,
        "results_waived": True,
        "results_tracking": ResultsTracking(
            unposted_responsible_party="University of Bells",
            unposted_events=(UnpostedEvent(type="RELEASE", date="2026-01-10"),),
            violation_events=(ViolationEvent(type="VIOLATION_IDENTIFIED", description="Late"),),
            estimated_submitted="2026-01-10",
            first_mcp_posted=fact("2026-01-20", "ACTUAL"),
            submissions=(Submission(release_date="2026-01-10", mcp_release_n=1),),
        ),
        "responsible_party": ResponsibleParty(type="SPONSOR"),
        "oversight": Oversight(oversight_has_dmc=True, is_us_export=True),
        "intervention_model_description": "Side by side",
        "observational_model": "COHORT",
        "time_perspective": "PROSPECTIVE",
        "masking_description": "The bell is hidden",
        "patient_registry": True,
        "target_duration": "2 Years",
        "bio_spec": BioSpec(retention="SAMPLES_WITH_DNA", description="Blood"),
        "officials": (Official(name="Ada Bell", affiliation="Bells", role="STUDY_CHAIR"),),
        "removed_countries": ("France",),
        "references": (
            Reference(
                pmid="1",
                type="DERIVED",
                citation="Bell A. On bells.",
                retractions=(Retraction(pmid="2", source="J Bells. 2026"),),
            ),
            Reference(type="BACKGROUND", citation="Chime B. On chimes."),
        ),
        "links": (Link(label="Bells", url="https://example.org/bells"),),
        "available_data": (AvailableData(id="D1", type="Data set", url="https://example.org/d"),),
        "data_sharing": DataSharing(ipd_sharing="YES", info_types=("CSR", "SAP")),
        "documents": (
            Document(label="Study Protocol", date="2025-01-01", upload_date="2026-01-10T12:00"),
        ),
        "no_sap": True,
    }


def shuffled(study: Study, seed: int) -> Study:
    """The same study with the order of every list changed."""
    chance = random.Random(seed)

    def mix(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(values, len(values)))

    lists = {name: mix(value) for name, value in _fields(study) if isinstance(value, tuple)}
    lists["sites"] = mix(tuple(replace(one, contacts=mix(one.contacts)) for one in study.sites))
    return replace(study, **lists)


def spaced(study: Study) -> Study:
    """The same study with other white space in every text, and lists numbered anew."""
    texts = {
        name: f"  {value.replace(' ', '   ')} \n"
        for name, value in _fields(study)
        if isinstance(value, str) and name != "key"
    }
    criteria = study.eligibility.criteria
    if criteria:
        rows = [f"   {row.replace(' ', '  ')}  " for row in criteria.splitlines()]
        criteria = "\n\n".join(rows)
    sites = tuple(
        replace(one, facility=f" {one.facility} " if one.facility else None) for one in study.sites
    )
    conditions = tuple(f" {one.replace(' ', '  ')}\n" for one in study.conditions)
    eligibility = replace(study.eligibility, criteria=criteria)
    return replace(study, **texts, eligibility=eligibility, sites=sites, conditions=conditions)


def touched(study: Study) -> Study:
    """The same study with everything changed that is never a change."""
    dates = {
        name: replace(value, type="ACTUAL" if value.type != "ACTUAL" else "ESTIMATED")
        for name, value in _fields(study)
        if isinstance(value, DatedFact)
    }
    dates["last_update_posted"] = fact("2026-09-09", "ACTUAL")
    return replace(
        study,
        **dates,
        status_verified=PartialDate(2026, 9),
        results_first_submitted=PartialDate(2026, 8, 8),
        last_update_submitted=PartialDate(2026, 9, 7),
        condition_meshes=(MeshTerm("D1", "Moved"),),
        condition_ancestors=(),
        intervention_meshes=(MeshTerm("D2", "Moved too"),),
        sites=tuple(replace(one, latitude=1.0, longitude=None) for one in study.sites),
    )


def _fields(study: Study) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(study, name)) for name in study.__struct_fields__)


def parsed(raw: Any) -> Study:
    """A recorded record as a study."""
    return parse(json.dumps(raw).encode())


@functools.cache
def recorded(count: int) -> tuple[Study, ...]:
    """Some recorded studies, spread over the file; none where there are no recorded data."""
    if not SHARED.is_dir():
        return ()
    every = list(read_lines(SHARED / "ctgov" / "studies.jsonl.gz"))
    return tuple(map(parse, every[:: max(1, len(every) // count)]))
