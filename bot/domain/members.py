"""The lists of a study whose members have parts of their own: sites, arms, outcomes, contacts."""

from __future__ import annotations

from operator import attrgetter

from bot.domain.change import Kind
from bot.domain.fields import How, Members, Part
from bot.domain.study import Contact, Site


def _contact(contact: Contact) -> str:
    phone = contact.phone
    if phone and contact.phone_ext:
        phone = f"{phone} ext. {contact.phone_ext}"
    parts = (contact.name, contact.role, phone, contact.email)
    return ", ".join(part for part in parts if part)


def _place(site: Site) -> str:
    return site.place


ARMS = Members(
    name=attrgetter("label"),
    identity=(attrgetter("label"),),
    value=attrgetter("label"),
    renamed=("label", Kind.TREATMENTS),
    parts=(
        Part(path="type", kind=Kind.TREATMENTS, label="type", read=attrgetter("type")),
        Part(
            path="description",
            kind=Kind.TREATMENTS,
            label="description",
            read=attrgetter("description"),
        ),
        Part(
            path="interventionNames",
            kind=Kind.TREATMENTS,
            label="interventions",
            read=attrgetter("intervention_names"),
            how=How.WORDS,
        ),
    ),
)
INTERVENTIONS = Members(
    name=attrgetter("name"),
    identity=(attrgetter("name"),),
    value=attrgetter("name"),
    renamed=("name", Kind.TREATMENTS),
    parts=(
        Part(path="type", kind=Kind.TREATMENTS, label="type", read=attrgetter("type")),
        Part(
            path="description",
            kind=Kind.TREATMENTS,
            label="description",
            read=attrgetter("description"),
        ),
        Part(
            path="otherNames",
            kind=Kind.TREATMENTS,
            label="other names",
            read=attrgetter("other_names"),
            how=How.WORDS,
        ),
        # The arms name their interventions: the same fact seen from the other side.
        Part(
            path="armGroupLabels",
            kind=Kind.OTHER,
            label="arms",
            read=attrgetter("arm_group_labels"),
            how=How.WORDS,
        ),
    ),
)
OUTCOMES = Members(
    name=attrgetter("measure"),
    identity=(attrgetter("measure"),),
    value=attrgetter("measure"),
    renamed=("measure", Kind.OUTCOMES),
    parts=(
        Part(
            path="description",
            kind=Kind.OUTCOMES,
            label="description",
            read=attrgetter("description"),
        ),
        Part(
            path="timeFrame", kind=Kind.OUTCOMES, label="time frame", read=attrgetter("time_frame")
        ),
    ),
)
CONTACTS = Members(
    name=attrgetter("name"),
    identity=(attrgetter("name"), attrgetter("role")),
    value=_contact,
    parts=(
        Part(path="phone", kind=Kind.CONTACTS, label="phone", read=attrgetter("phone")),
        Part(
            path="phoneExt",
            kind=Kind.CONTACTS,
            label="phone extension",
            read=attrgetter("phone_ext"),
        ),
        Part(path="email", kind=Kind.CONTACTS, label="e-mail", read=attrgetter("email")),
    ),
)
SPONSORS = Members(
    name=attrgetter("name"),
    identity=(attrgetter("name"),),
    value=attrgetter("name"),
    parts=(Part(path="class", kind=Kind.OTHER, label="class", read=attrgetter("agency_class")),),
)
SITES = Members(
    name=_place,
    identity=(attrgetter("facility"), attrgetter("city"), attrgetter("country")),
    value=attrgetter("status"),
    renamed=("facility", Kind.OTHER),
    parts=(
        Part(path="status", kind=Kind.SITES, label="status", read=attrgetter("status")),
        Part(path="state", kind=Kind.OTHER, label="state", read=attrgetter("state")),
        Part(path="zip", kind=Kind.OTHER, label="postal code", read=attrgetter("zip")),
        Part(
            path="contacts",
            kind=Kind.CONTACTS,
            label="contacts",
            read=attrgetter("contacts"),
            how=How.MEMBERS,
            members=CONTACTS,
        ),
    ),
)
