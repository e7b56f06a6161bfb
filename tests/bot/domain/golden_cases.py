"""Trials written to be read about: two versions of each, for every kind of change there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.domain.oversight import Official, SecondaryId
from bot.domain.papers import DataSharing, Document, Link, Reference
from bot.domain.study import (
    ArmGroup,
    Contact,
    Enrollment,
    ExpandedAccess,
    Intervention,
    Outcome,
    Sponsor,
    Study,
)
from bot.domain.submission import ResultsTracking, UnpostedEvent
from tests.bot.domain.golden_trial import BASE, CRITERIA, LEEDS, LYON, TURIN, day, place


class Case(msgspec.Struct, frozen=True):
    """One message: what happened, in a heading, and the two versions."""

    heading: str
    old: Study
    new: Study


def changed(heading: str, **fields: Any) -> Case:
    """The trial with these fields as they are now."""
    return Case(heading, BASE, replace(BASE, **fields))


def eligibility(heading: str, **fields: Any) -> Case:
    """The trial with other rules on who can join."""
    return changed(heading, eligibility=replace(BASE.eligibility, **fields))


def cases() -> Iterator[Case]:
    """All of them, in the order of kinds."""
    yield from _status()
    yield from _results()
    yield from _who_can_join()
    yield from _places()
    yield from _treatments()
    yield from _plan()
    yield from _words()
    yield from _people()


def _status() -> Iterator[Case]:
    yield changed(
        "Status: it begins to take no more people", overall_status="ACTIVE_NOT_RECRUITING"
    )
    yield changed(
        "Status and reason for stopping: it stops early",
        overall_status="TERMINATED",
        why_stopped="Too few people joined. The decision has nothing to do with safety.",
        enrollment=Enrollment(17, "ACTUAL"),
    )
    stopped = replace(BASE, overall_status="SUSPENDED", why_stopped="Waiting for tablets")
    yield Case(
        "Reason for stopping: another one is given",
        stopped,
        replace(stopped, why_stopped="Waiting for the ethics committee"),
    )
    cleared = tuple(replace(site, status=None, contacts=()) for site in BASE.sites)
    yield changed(
        "Status: recruitment closes, and the sponsor clears the status of every place",
        overall_status="COMPLETED",
        sites=cleared,
        completion=day("2028-06", "ACTUAL"),
    )
    unknown = replace(BASE, overall_status="UNKNOWN", last_known_status="RECRUITING")
    yield Case("Status: the registry sets it to unknown", BASE, unknown)
    yield Case(
        "Status: somebody confirmed a record that was unknown",
        unknown,
        replace(BASE, overall_status="COMPLETED"),
    )
    yield changed("The record: another one was merged into it", aliases=("NCT90000003",))


def _results() -> Iterator[Case]:
    sent = (UnpostedEvent(type="RELEASE", date="2026-02-20"),)
    tracking = ResultsTracking(unposted_events=sent, unposted_responsible_party="Two Rivers")
    ended = replace(BASE, overall_status="COMPLETED", results_tracking=tracking)
    yield Case(
        "Results: sent to the registry", replace(ended, results_tracking=ResultsTracking()), ended
    )
    yield Case(
        "Results: posted, with all that came with them",
        ended,
        replace(
            ended,
            results_tracking=ResultsTracking(),
            has_results=True,
            results_first_posted=day("2026-03-02", "ACTUAL"),
            enrollment=Enrollment(58, "ACTUAL"),
            outcomes=tuple(replace(one, description="As measured.") for one in BASE.outcomes),
            documents=(Document(label="Study Protocol", date="2025-01-10"),),
        ),
    )
    posted = replace(ended, has_results=True, results_first_posted=day("2026-03-02", "ACTUAL"))
    yield Case("Results: taken back", posted, ended)
    yield changed(
        "Expanded access: it opens",
        expanded_access=ExpandedAccess(
            has_expanded_access=True, nct_id="NCT90000009", status_for_nct_id="AVAILABLE"
        ),
    )
    opened = ExpandedAccess(
        has_expanded_access=True, nct_id="NCT90000009", status_for_nct_id="AVAILABLE"
    )
    yield Case(
        "Expanded access: it closes",
        replace(BASE, expanded_access=opened),
        replace(BASE, expanded_access=replace(opened, status_for_nct_id="NO_LONGER_AVAILABLE")),
    )


def _who_can_join() -> Iterator[Case]:
    yield eligibility(
        "Who can join: lines added, removed and reworded",
        criteria=CRITERIA.replace("Age of 12 years", "Age of 10 years")
        .replace("* Able to swallow tablets\n", "")
        .replace("* Pregnancy\n", "* Pregnancy\n* A heart attack within the last 6 months\n"),
    )
    yield eligibility("Who can join: ages and sex", minimum_age="10 Years", maximum_age=None)
    yield eligibility("Who can join: healthy volunteers", healthy_volunteers=True, sex="FEMALE")


def _places() -> Iterator[Case]:
    open_now = replace(TURIN, status="RECRUITING")
    ghent = place("Canal Hospital", "Ghent", "Belgium")
    yield changed(
        "Places: one opens, one closes", sites=(LYON, replace(LEEDS, status="COMPLETED"), open_now)
    )
    yield changed("Places: one comes, one goes", sites=(LYON, TURIN, ghent))
    renamed = replace(LEEDS, facility="Moorland Infirmary, Children's Wing")
    yield changed("Places: one is spelled anew", sites=(LYON, renamed, TURIN))
    many = tuple(
        place(f"Hospital {number}", f"Town {number}", country)
        for country, count in (("France", 130), ("Spain", 70), ("Italy", 12))
        for number in range(count)
    )
    yield changed("Places: hundreds come at once", sites=(*BASE.sites, *many))
    bare = tuple(replace(site, status=None) for site in BASE.sites)
    yield changed("Places: all lose their status while the trial goes on", sites=bare)


def _treatments() -> Iterator[Case]:
    (arm,), (drug,) = BASE.arm_groups, BASE.interventions
    yield changed(
        "Treatments: a group and a drug are added, another dose is given",
        arm_groups=(
            replace(arm, description="150 mg of velotinib once a day"),
            ArmGroup(label="Placebo", type="PLACEBO_COMPARATOR"),
        ),
        interventions=(drug, Intervention(type="DRUG", name="Placebo")),
    )
    yield changed(
        "Treatments: a drug gets its final name",
        arm_groups=(replace(arm, intervention_names=("Drug: Velotinib Hydrochloride",)),),
        interventions=(replace(drug, name="Velotinib Hydrochloride"),),
    )
    yield changed(
        "Design and phase",
        phases=("PHASE2", "PHASE3"),
        allocation="RANDOMIZED",
        intervention_model="PARALLEL",
        masking="DOUBLE",
        who_masked=("PARTICIPANT", "CARE_PROVIDER"),
    )


def _plan() -> Iterator[Case]:
    first, second = BASE.outcomes
    yield changed(
        "What is measured: added, removed, reworded, over another time",
        outcomes=(
            replace(first, time_frame="2 years"),
            Outcome(rank="secondary", measure="Sleep in hours a night", time_frame="6 months"),
        ),
    )
    yield changed(
        "What is measured: a measure is reworded",
        outcomes=(first, replace(second, measure="Worst pain on a scale from 0 to 10")),
    )
    yield changed(
        "Dates: they move by months and by years",
        start=day("2025-03-20", "ACTUAL"),
        primary_completion=day("2027-10"),
        completion=day("2031-01"),
    )
    yield changed(
        "Dates: only finer, or come true on their day (nothing is said)",
        start=day("2025-03", "ACTUAL"),
        primary_completion=day("2027-06-15", "ACTUAL"),
    )
    yield changed("Number of participants: it grows", enrollment=Enrollment(90, "ESTIMATED"))
    yield changed("Number of participants: counted at the end", enrollment=Enrollment(52, "ACTUAL"))
    yield changed("Number of participants: as planned", enrollment=Enrollment(60, "ACTUAL"))


def _words() -> Iterator[Case]:
    yield changed(
        "Title and description",
        brief_title="Velotinib Tablets for Ewing Sarcoma That Came Back or Did Not Go Away",
        acronym="VELO-2",
        detailed_description=(BASE.detailed_description or "").replace("eight weeks", "six weeks"),
        conditions=("Ewing Sarcoma", "Ewing-like Sarcoma"),
        keywords=("relapse", "kinase inhibitor"),
        secondary_ids=(SecondaryId(id="2025-500001-10", type="CTIS"),),
    )
    yield changed(
        "Title and description: a whole text is new",
        brief_summary=" ".join(
            f"Sentence {number} of a summary that was written anew." for number in range(12)
        ),
    )


def _people() -> Iterator[Case]:
    ines = replace(LYON.contacts[0], phone="+33 555 0199")
    yield changed(
        "Contacts",
        central_contacts=(
            *BASE.central_contacts,
            Contact(name="Sam Bell", role="CONTACT", email="sam@example.org"),
        ),
        sites=(replace(LYON, contacts=(ines,)), replace(LEEDS, contacts=()), TURIN),
        officials=(Official(name="Joan Reed", affiliation="Moorland", role="STUDY_CHAIR"),),
    )
    yield changed(
        "Sponsor and collaborators",
        lead_sponsor=Sponsor("Velo Pharma", "INDUSTRY"),
        collaborators=(Sponsor("University of the Two Rivers", "OTHER"),),
    )
    yield changed(
        "Documents and publications",
        documents=(Document(label="Informed Consent Form", date="2026-01-10"),),
        references=(Reference(pmid="1", type="RESULT", citation="Morel I. Velotinib. 2026."),),
        links=(Link(label="The trial's own pages", url="https://example.org/velo"),),
        data_sharing=DataSharing(ipd_sharing="YES", info_types=("SAP", "CSR")),
    )
    yield changed(
        "Many at once: the most telling first",
        keywords=("tablets",),
        completion=day("2029-06"),
        sites=(replace(LYON, status="COMPLETED"), LEEDS, TURIN),
        overall_status="SUSPENDED",
        why_stopped="Waiting for tablets",
    )
