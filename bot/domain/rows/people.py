"""Rows: places, contacts, who answers for the trial and who watches over it."""

from __future__ import annotations

from bot.domain import members
from bot.domain import members_papers as papers
from bot.domain import paths as at
from bot.domain.change import Kind
from bot.domain.fields import Field, How, row

_S, _C, _P, _D = Kind.SITES, Kind.CONTACTS, Kind.SPONSOR, Kind.DESIGN
_PARTY = at.SPONSOR + "responsibleParty."

RECORD: tuple[Field, ...] = (
    # Another record was merged into this one. Those who followed that one are told by ``decide``.
    row(
        at.ALIASES,
        Kind.RECORD,
        "former numbers",
        "aliases",
        How.WORDS,
        says="change.record.aliases",
    ),
)
SITES: tuple[Field, ...] = (
    row(at.LOCATIONS, _S, "places", "sites", How.MEMBERS, members.SITES, says="change.site"),
    row(
        at.REMOVED_COUNTRIES,
        _S,
        "countries that have no place any more",
        "removed_countries",
        How.WORDS,
    ),
)
CONTACTS: tuple[Field, ...] = (
    row(
        at.CONTACTS + "centralContacts",
        _C,
        "contacts",
        "central_contacts",
        How.MEMBERS,
        members.CONTACTS,
        says="change.member.value",
    ),
    row(
        at.CONTACTS + "overallOfficials",
        _C,
        "people who lead the trial",
        "officials",
        How.MEMBERS,
        papers.OFFICIALS,
        says="change.member.value",
    ),
)
SPONSOR: tuple[Field, ...] = (
    row(at.ID + "organization.fullName", _P, "organization", "organization"),
    row(at.ID + "organization.class", _P, "kind of organization", "organization_class"),
    row(at.SPONSOR + "leadSponsor.name", _P, "sponsor", "lead_sponsor.name"),
    row(at.SPONSOR + "leadSponsor.class", _P, "kind of sponsor", "lead_sponsor.agency_class"),
    row(
        at.SPONSOR + "collaborators",
        _P,
        "collaborators",
        "collaborators",
        How.MEMBERS,
        members.SPONSORS,
    ),
    row(_PARTY + "type", _P, "responsible party", "responsible_party.type"),
    row(
        _PARTY + "investigatorFullName",
        _P,
        "responsible investigator",
        "responsible_party.investigator_full_name",
    ),
    row(
        _PARTY + "investigatorTitle",
        _P,
        "title of the responsible investigator",
        "responsible_party.investigator_title",
    ),
    row(
        _PARTY + "investigatorAffiliation",
        _P,
        "affiliation of the responsible investigator",
        "responsible_party.investigator_affiliation",
    ),
    row(
        _PARTY + "oldNameTitle",
        _P,
        "responsible person (as formerly stated)",
        "responsible_party.old_name_title",
    ),
    row(
        _PARTY + "oldOrganization",
        _P,
        "responsible organization (as formerly stated)",
        "responsible_party.old_organization",
    ),
)
OVERSIGHT: tuple[Field, ...] = (
    row(
        at.OVERSIGHT + "oversightHasDmc",
        _D,
        "data monitoring committee",
        "oversight.oversight_has_dmc",
        How.FLAG,
    ),
    row(
        at.OVERSIGHT + "isFdaRegulatedDrug",
        _D,
        "drug regulated by the FDA",
        "oversight.is_fda_regulated_drug",
        How.FLAG,
    ),
    row(
        at.OVERSIGHT + "isFdaRegulatedDevice",
        _D,
        "device regulated by the FDA",
        "oversight.is_fda_regulated_device",
        How.FLAG,
    ),
    row(
        at.OVERSIGHT + "isUnapprovedDevice",
        _D,
        "the device is not approved by the FDA",
        "oversight.is_unapproved_device",
        How.YES,
    ),
    row(
        at.OVERSIGHT + "isPpsd",
        _D,
        "this is a surveillance of children that the FDA ordered",
        "oversight.is_ppsd",
        How.YES,
    ),
    row(
        at.OVERSIGHT + "isUsExport",
        _D,
        "product exported from the US",
        "oversight.is_us_export",
        How.FLAG,
    ),
)
