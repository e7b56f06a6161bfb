"""The registry's JSON as it spells it: the fields that a row of the catalogue reads, and no others.

What stands here (and in ``wire_papers`` and ``wire_derived``) is read by ``build``; what does not
stand here is kept by ``other_fields``, which works out the difference from these very types, so
that no field can fall between the two. Names and nesting follow the registry's OpenAPI description,
version 2.0.5.
"""

from __future__ import annotations

import msgspec

from adapters.ctgov.wire_derived import Derived
from adapters.ctgov.wire_object import DateStruct, Wire
from adapters.ctgov.wire_papers import (
    Annotation,
    BioSpec,
    DocumentSection,
    ExpandedAccessTypes,
    IpdSharing,
    Official,
    OrgStudyIdInfo,
    Oversight,
    References,
    ResponsibleParty,
    SecondaryIdInfo,
)


class Organization(Wire, frozen=True):
    """Whose record it is, and what kind of body that is."""

    full_name: str | None = None
    agency_class: str | None = msgspec.field(name="class", default=None)


class Identification(Wire, frozen=True):
    """``identificationModule``: numbers and titles."""

    nct_id: str | None = None
    nct_id_aliases: tuple[str, ...] = ()
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None
    organization: Organization = Organization()
    org_study_id_info: OrgStudyIdInfo = OrgStudyIdInfo()
    secondary_id_infos: tuple[SecondaryIdInfo, ...] = ()


class ExpandedAccessInfo(Wire, frozen=True):
    """Whether the treatment can be had outside the trial."""

    has_expanded_access: bool | None = None
    nct_id: str | None = None
    status_for_nct_id: str | None = None


class Status(Wire, frozen=True):
    """``statusModule``: where the trial stands, and its dates."""

    status_verified_date: str | None = None
    overall_status: str | None = None
    last_known_status: str | None = None
    why_stopped: str | None = None
    delayed_posting: bool | None = None
    results_waived: bool | None = None
    expanded_access_info: ExpandedAccessInfo = ExpandedAccessInfo()
    start_date_struct: DateStruct | None = None
    primary_completion_date_struct: DateStruct | None = None
    completion_date_struct: DateStruct | None = None
    study_first_post_date_struct: DateStruct | None = None
    results_first_submit_date: str | None = None
    results_first_post_date_struct: DateStruct | None = None
    disp_first_post_date_struct: DateStruct | None = None
    last_update_submit_date: str | None = None
    last_update_post_date_struct: DateStruct | None = None


class Sponsor(Wire, frozen=True):
    """Who is responsible, and what kind of body that is."""

    name: str | None = None
    agency_class: str | None = msgspec.field(name="class", default=None)


class Sponsors(Wire, frozen=True):
    """``sponsorCollaboratorsModule``."""

    responsible_party: ResponsibleParty = ResponsibleParty()
    lead_sponsor: Sponsor = Sponsor()
    collaborators: tuple[Sponsor, ...] = ()


class Description(Wire, frozen=True):
    """``descriptionModule``, both fields marked up."""

    brief_summary: str | None = None
    detailed_description: str | None = None


class Conditions(Wire, frozen=True):
    """``conditionsModule``: what the sponsor calls the conditions."""

    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class MaskingInfo(Wire, frozen=True):
    """Who does not know which treatment is given."""

    masking: str | None = None
    masking_description: str | None = None
    who_masked: tuple[str, ...] = ()


class DesignInfo(Wire, frozen=True):
    """How the trial compares treatments."""

    allocation: str | None = None
    intervention_model: str | None = None
    intervention_model_description: str | None = None
    primary_purpose: str | None = None
    observational_model: str | None = None
    time_perspective: str | None = None
    masking_info: MaskingInfo = MaskingInfo()


class EnrollmentInfo(Wire, frozen=True):
    """How many take part."""

    count: int | None = None
    type: str | None = None


class Design(Wire, frozen=True):
    """``designModule``."""

    study_type: str | None = None
    phases: tuple[str, ...] = ()
    design_info: DesignInfo = DesignInfo()
    enrollment_info: EnrollmentInfo = EnrollmentInfo()
    expanded_access_types: ExpandedAccessTypes = ExpandedAccessTypes()
    patient_registry: bool | None = None
    target_duration: str | None = None
    bio_spec: BioSpec = BioSpec()


class ArmGroup(Wire, frozen=True):
    """A group of participants who are treated alike."""

    label: str | None = None
    type: str | None = None
    description: str | None = None
    intervention_names: tuple[str, ...] = ()


class Intervention(Wire, frozen=True):
    """What is given or done."""

    type: str | None = None
    name: str | None = None
    description: str | None = None
    arm_group_labels: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


class Arms(Wire, frozen=True):
    """``armsInterventionsModule``."""

    arm_groups: tuple[ArmGroup, ...] = ()
    interventions: tuple[Intervention, ...] = ()


class Outcome(Wire, frozen=True):
    """What is measured, and when."""

    measure: str | None = None
    description: str | None = None
    time_frame: str | None = None


class Outcomes(Wire, frozen=True):
    """``outcomesModule``."""

    primary_outcomes: tuple[Outcome, ...] = ()
    secondary_outcomes: tuple[Outcome, ...] = ()
    other_outcomes: tuple[Outcome, ...] = ()


class Eligibility(Wire, frozen=True):
    """``eligibilityModule``: who can join."""

    eligibility_criteria: str | None = None
    healthy_volunteers: bool | None = None
    sex: str | None = None
    gender_based: bool | None = None
    gender_description: str | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    std_ages: tuple[str, ...] = ()
    study_population: str | None = None
    sampling_method: str | None = None


class Contact(Wire, frozen=True):
    """Somebody to ask."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    phone_ext: str | None = None
    email: str | None = None


class GeoPoint(Wire, frozen=True):
    """Where a site is, in degrees, as the registry reckons it."""

    lat: float | None = None
    lon: float | None = None


class Location(Wire, frozen=True):
    """One site."""

    facility: str | None = None
    status: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    contacts: tuple[Contact, ...] = ()
    geo_point: GeoPoint = GeoPoint()


class ContactsLocations(Wire, frozen=True):
    """``contactsLocationsModule``."""

    central_contacts: tuple[Contact, ...] = ()
    overall_officials: tuple[Official, ...] = ()
    locations: tuple[Location, ...] = ()


class Protocol(Wire, frozen=True):
    """``protocolSection``: what the sponsor says of the trial."""

    identification: Identification = msgspec.field(
        name="identificationModule", default=Identification()
    )
    status: Status = msgspec.field(name="statusModule", default=Status())
    sponsors: Sponsors = msgspec.field(name="sponsorCollaboratorsModule", default=Sponsors())
    description: Description = msgspec.field(name="descriptionModule", default=Description())
    conditions: Conditions = msgspec.field(name="conditionsModule", default=Conditions())
    design: Design = msgspec.field(name="designModule", default=Design())
    arms: Arms = msgspec.field(name="armsInterventionsModule", default=Arms())
    outcomes: Outcomes = msgspec.field(name="outcomesModule", default=Outcomes())
    eligibility: Eligibility = msgspec.field(name="eligibilityModule", default=Eligibility())
    contacts_locations: ContactsLocations = msgspec.field(
        name="contactsLocationsModule", default=ContactsLocations()
    )
    oversight: Oversight = msgspec.field(name="oversightModule", default=Oversight())
    references: References = msgspec.field(name="referencesModule", default=References())
    ipd_sharing: IpdSharing = msgspec.field(name="ipdSharingStatementModule", default=IpdSharing())


class Study(Wire, frozen=True):
    """One record, or any projection of one."""

    protocol: Protocol = msgspec.field(name="protocolSection", default=Protocol())
    annotation: Annotation = msgspec.field(name="annotationSection", default=Annotation())
    documents: DocumentSection = msgspec.field(name="documentSection", default=DocumentSection())
    derived: Derived = msgspec.field(name="derivedSection", default=Derived())
    has_results: bool = False


class Answer(Wire, frozen=True):
    """An answer of ``/studies``. The studies stay raw, so that a broken one spoils no other."""

    studies: tuple[msgspec.Raw, ...]
    next_page_token: str | None = None
    total_count: int | None = None


class Version(Wire, frozen=True):
    """An answer of ``/version``; the time is in UTC and says so nowhere."""

    data_timestamp: str
