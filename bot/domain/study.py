"""A trial as this project sees it: the registry's record, typed, with its text unescaped.

Field names are the registry's own, in snake case. Enumerations stay strings, because a registry may
add a value on any day and an unknown one must be shown, not lost. Only ``key`` may be taken for
granted; every other field can be absent (None, or an empty tuple).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

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
from bot.domain.submission import ResultsTracking, UnpostedEvent
from bot.domain.text import fold

CTGOV = "ctgov"
"""The registry ClinicalTrials.gov, as it stands in every key."""


class StudyKey(msgspec.Struct, frozen=True, order=True):
    """Which trial: the registry and the number it has there, for example ctgov and NCT00902044."""

    registry: str
    number: str

    def __str__(self) -> str:
        return self.number


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to ask, as far as the record gives them."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    phone_ext: str | None = None
    email: str | None = None


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """One location of a trial. ``status`` is the site's own recruitment status, where stated."""

    facility: str | None = None
    status: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    contacts: tuple[Contact, ...] = ()
    latitude: float | None = None
    longitude: float | None = None

    @property
    def place(self) -> str:
        """Facility, city and country as one line, without what is not stated."""
        parts = (self.facility, self.city, self.country)
        return ", ".join(text for part in parts if (text := fold(part))) or "an unnamed place"


class ArmGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group of participants who are treated alike."""

    label: str | None = None
    type: str | None = None
    description: str | None = None
    intervention_names: tuple[str, ...] = ()


class Intervention(msgspec.Struct, frozen=True, kw_only=True):
    """What is given or done: a drug, a device, a procedure."""

    type: str | None = None
    name: str | None = None
    description: str | None = None
    arm_group_labels: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What the trial measures. ``rank`` is primary, secondary or other."""

    rank: str
    measure: str | None = None
    description: str | None = None
    time_frame: str | None = None


class MeshTerm(msgspec.Struct, frozen=True, order=True):
    """A heading of MeSH, the medical thesaurus that the registry files conditions under."""

    id: str
    term: str


class Eligibility(msgspec.Struct, frozen=True, kw_only=True):
    """Who can join. Ages are as the registry writes them, such as ``18 Years``."""

    criteria: str | None = None
    sex: str | None = None
    gender_based: bool | None = None
    gender_description: str | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    std_ages: tuple[str, ...] = ()
    healthy_volunteers: bool | None = None
    study_population: str | None = None
    sampling_method: str | None = None


class Enrollment(msgspec.Struct, frozen=True):
    """How many people take part. ``count`` is None where unknown (the registry's 99999999)."""

    count: int | None = None
    type: str | None = None


class ExpandedAccess(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the treatment can be had outside the trial, under which record, and by whom.

    ``individual``, ``intermediate`` and ``treatment`` are set in a record of expanded access: for
    single patients, for groups, or under a protocol for many.
    """

    has_expanded_access: bool | None = None
    nct_id: str | None = None
    status_for_nct_id: str | None = None
    individual: bool | None = None
    intermediate: bool | None = None
    treatment: bool | None = None


class Sponsor(msgspec.Struct, frozen=True):
    """Who is responsible for the trial; ``agency_class`` is the registry's ``class``."""

    name: str | None = None
    agency_class: str | None = None


class OtherField(msgspec.Struct, frozen=True, order=True):
    """A field that no row of the catalogue knows: its path and its value as canonical JSON.

    White space, escapes and the order of lists are already taken out, so that two values are equal
    exactly when a reader would call them so.
    """

    path: str
    value: str


class Study(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a trial's record, without the moment at which it was read."""

    key: StudyKey
    aliases: tuple[str, ...] = ()
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None
    organization: str | None = None
    organization_class: str | None = None
    org_study_id: OrgStudyId = OrgStudyId()
    secondary_ids: tuple[SecondaryId, ...] = ()

    overall_status: str | None = None
    last_known_status: str | None = None
    why_stopped: str | None = None
    expanded_access: ExpandedAccess = ExpandedAccess()

    status_verified: PartialDate | None = None
    start: DatedFact | None = None
    primary_completion: DatedFact | None = None
    completion: DatedFact | None = None
    first_posted: DatedFact | None = None
    last_update_submitted: PartialDate | None = None
    """When the sponsor sent in this version: the registry's list of versions goes by this day."""
    last_update_posted: DatedFact | None = None
    results_first_posted: DatedFact | None = None
    results_first_submitted: PartialDate | None = None
    disp_first_posted: DatedFact | None = None
    """When the sponsor's delay of the results was posted."""
    delayed_posting: bool | None = None
    results_waived: bool | None = None
    has_results: bool = False
    results_tracking: ResultsTracking = ResultsTracking()

    lead_sponsor: Sponsor = Sponsor()
    collaborators: tuple[Sponsor, ...] = ()
    responsible_party: ResponsibleParty = ResponsibleParty()
    oversight: Oversight = Oversight()

    brief_summary: str | None = None
    detailed_description: str | None = None
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    study_type: str | None = None
    phases: tuple[str, ...] = ()
    allocation: str | None = None
    intervention_model: str | None = None
    intervention_model_description: str | None = None
    primary_purpose: str | None = None
    observational_model: str | None = None
    time_perspective: str | None = None
    masking: str | None = None
    masking_description: str | None = None
    who_masked: tuple[str, ...] = ()
    enrollment: Enrollment = Enrollment()
    patient_registry: bool | None = None
    target_duration: str | None = None
    bio_spec: BioSpec = BioSpec()

    arm_groups: tuple[ArmGroup, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    eligibility: Eligibility = Eligibility()
    central_contacts: tuple[Contact, ...] = ()
    officials: tuple[Official, ...] = ()
    sites: tuple[Site, ...] = ()
    removed_countries: tuple[str, ...] = ()

    references: tuple[Reference, ...] = ()
    links: tuple[Link, ...] = ()
    available_data: tuple[AvailableData, ...] = ()
    data_sharing: DataSharing = DataSharing()
    documents: tuple[Document, ...] = ()
    no_sap: bool | None = None
    """The sponsor says that there is no statistical analysis plan."""

    condition_meshes: tuple[MeshTerm, ...] = ()
    condition_ancestors: tuple[MeshTerm, ...] = ()
    intervention_meshes: tuple[MeshTerm, ...] = ()

    other_fields: tuple[OtherField, ...] = ()

    @property
    def title(self) -> str:
        """The shortest name that the record has for the trial."""
        return self.brief_title or self.official_title or self.key.number

    @property
    def submitted_on(self) -> date | None:
        """The day on which this version was sent in, where the record says so to the day."""
        return self.last_update_submitted.exact() if self.last_update_submitted else None


class Glimpse(msgspec.Struct, frozen=True, kw_only=True):
    """The small projection of a record by which a silent change is noticed (promise 4).

    It is compared with the same projection of what is stored; only where the two differ is the
    record read in full.
    """

    key: StudyKey
    overall_status: str | None = None
    why_stopped: str | None = None
    last_update_posted: DatedFact | None = None
    start: DatedFact | None = None
    primary_completion: DatedFact | None = None
    completion: DatedFact | None = None
    results_first_posted: DatedFact | None = None
    has_results: bool = False
    unposted_events: tuple[str, ...] = ()
    site_statuses: tuple[str, ...] = ()


def glimpse_of(study: Study) -> Glimpse:
    """What the small projection of this version looks like."""
    return Glimpse(
        key=study.key,
        overall_status=study.overall_status,
        why_stopped=study.why_stopped,
        last_update_posted=study.last_update_posted,
        start=study.start,
        primary_completion=study.primary_completion,
        completion=study.completion,
        results_first_posted=study.results_first_posted,
        has_results=study.has_results,
        unposted_events=unposted_events(study.results_tracking.unposted_events),
        site_statuses=site_statuses(site.status for site in study.sites),
    )


def site_statuses(statuses: Iterable[str | None]) -> tuple[str, ...]:
    """The sites' statuses in an order of their own, because the order of sites means nothing."""
    return tuple(sorted(status or "" for status in statuses))


def unposted_events(events: Iterable[UnpostedEvent]) -> tuple[str, ...]:
    """Type and day of each step of the results to the registry, in an order of their own."""
    return tuple(sorted(f"{event.type} {event.date}" for event in events))
