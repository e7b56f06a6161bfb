"""The registry's JSON as it spells it: the fields that a rule reads, and no others.

What stands here is read by ``build``; what does not stand here is kept by ``other_fields``, which
works out the difference from these very types, so that no field can fall between the two. Names and
nesting follow the registry's OpenAPI description, version 2.0.5.
"""

from __future__ import annotations

import msgspec


class Wire(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """A JSON object: camelCase keys, everything optional, unknown keys passed over.

    ``gc=False`` because a record has no circles, and a page has a hundred thousand objects.
    """


class DateStruct(Wire, frozen=True):
    """A date and whether it has happened."""

    date: str | None = None
    type: str | None = None


class Organization(Wire, frozen=True):
    """Whose record it is; its class is read by no rule."""

    full_name: str | None = None


class Identification(Wire, frozen=True):
    """``identificationModule``: numbers and titles."""

    nct_id: str | None = None
    nct_id_aliases: tuple[str, ...] = ()
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None
    organization: Organization = Organization()


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
    expanded_access_info: ExpandedAccessInfo = ExpandedAccessInfo()
    start_date_struct: DateStruct | None = None
    primary_completion_date_struct: DateStruct | None = None
    completion_date_struct: DateStruct | None = None
    study_first_post_date_struct: DateStruct | None = None
    results_first_submit_date: str | None = None
    results_first_post_date_struct: DateStruct | None = None
    last_update_post_date_struct: DateStruct | None = None


class Sponsor(Wire, frozen=True):
    """Who is responsible, and what kind of body that is."""

    name: str | None = None
    agency_class: str | None = msgspec.field(name="class", default=None)


class Sponsors(Wire, frozen=True):
    """``sponsorCollaboratorsModule``."""

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
    who_masked: tuple[str, ...] = ()


class DesignInfo(Wire, frozen=True):
    """How the trial compares treatments."""

    allocation: str | None = None
    intervention_model: str | None = None
    primary_purpose: str | None = None
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


class Mesh(Wire, frozen=True):
    """A heading of MeSH."""

    id: str = ""
    term: str = ""


class Browse(Wire, frozen=True):
    """``conditionBrowseModule`` or ``interventionBrowseModule``: how the registry files it."""

    meshes: tuple[Mesh, ...] = ()
    ancestors: tuple[Mesh, ...] = ()


class Derived(Wire, frozen=True):
    """``derivedSection``: what the registry works out by itself."""

    condition_browse: Browse = msgspec.field(name="conditionBrowseModule", default=Browse())
    intervention_browse: Browse = msgspec.field(name="interventionBrowseModule", default=Browse())


class Study(Wire, frozen=True):
    """One record, or any projection of one."""

    protocol: Protocol = msgspec.field(name="protocolSection", default=Protocol())
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
