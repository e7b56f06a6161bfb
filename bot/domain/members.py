"""The lists of a study whose members have parts of their own: sites, arms, outcomes, contacts."""

from __future__ import annotations

from operator import attrgetter

from bot.domain.change import Kind
from bot.domain.fields import How, Members, part
from bot.domain.study import Contact, Site
from bot.domain.text import fold


def _contact(contact: Contact) -> str:
    phone = contact.phone
    if phone and contact.phone_ext:
        phone = f"{phone} ext. {contact.phone_ext}"
    parts = (contact.name, contact.role, phone, contact.email)
    return ", ".join(text for part in parts if (text := fold(part)))


def _place(site: Site) -> str:
    return site.place


_T, _O, _C, _S, _P = Kind.TREATMENTS, Kind.OUTCOMES, Kind.CONTACTS, Kind.SITES, Kind.SPONSOR

ARMS = Members(
    name=attrgetter("label"),
    identity=(part("label", _T, "name", "label", says="change.renamed.arm"),),
    value=attrgetter("label"),
    renamed=True,
    telltale=attrgetter("description"),
    parts=(
        part("type", _T, "type", "type"),
        part("description", _T, "description", "description", How.PROSE),
        part("interventionNames", _T, "treatments", "intervention_names", How.WORDS),
    ),
)
INTERVENTIONS = Members(
    name=attrgetter("name"),
    identity=(part("name", _T, "name", "name", says="change.renamed.treatment"),),
    value=attrgetter("name"),
    renamed=True,
    telltale=attrgetter("description"),
    parts=(
        part("type", _T, "type", "type"),
        part("description", _T, "description", "description", How.PROSE),
        part("otherNames", _T, "other names", "other_names", How.WORDS),
    ),
)
OUTCOMES = Members(
    name=attrgetter("measure"),
    identity=(part("measure", _O, "measure", "measure", says="change.renamed.outcome"),),
    value=attrgetter("measure"),
    renamed=True,
    telltale=attrgetter("description"),
    parts=(
        part("description", _O, "description", "description", How.PROSE),
        part("timeFrame", _O, "time frame", "time_frame"),
    ),
)
CONTACTS = Members(
    name=attrgetter("name"),
    identity=(
        part("name", _C, "name", "name", says="change.renamed"),
        part("role", _C, "role", "role"),
    ),
    value=_contact,
    parts=(
        part("phone", _C, "phone", "phone"),
        part("phoneExt", _C, "phone extension", "phone_ext"),
        part("email", _C, "e-mail", "email"),
    ),
)
SPONSORS = Members(
    name=attrgetter("name"),
    identity=(part("name", _P, "name", "name", says="change.renamed"),),
    value=attrgetter("name"),
    parts=(part("class", _P, "kind", "agency_class"),),
)
SITES = Members(
    name=_place,
    identity=(
        # A new spelling of a place that stays where it is changes nothing for who goes there.
        part("facility", _C, "name", "facility", says="change.renamed.place"),
        part("city", _C, "city", "city"),
        part("country", _C, "country", "country"),
    ),
    value=attrgetter("status"),
    renamed=True,
    parts=(
        part("status", _S, "status", "status", says="change.site.status"),
        part("state", _C, "state", "state"),
        # How to find the place: of no interest but to those who write or go there.
        part("zip", _C, "postal code", "zip"),
        part(
            "contacts",
            _C,
            "contacts",
            "contacts",
            How.MEMBERS,
            CONTACTS,
            says="change.site.contacts",
        ),
    ),
)
