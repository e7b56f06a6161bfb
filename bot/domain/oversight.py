"""Who answers for a trial, who watches over it, and the numbers it has elsewhere."""

from __future__ import annotations

import msgspec


class OrgStudyId(msgspec.Struct, frozen=True, kw_only=True):
    """The number that the sponsor itself gave the trial."""

    id: str | None = None
    type: str | None = None
    link: str | None = None


class SecondaryId(msgspec.Struct, frozen=True, kw_only=True):
    """A number in another registry, or of a grant; ``domain`` says whose."""

    id: str | None = None
    type: str | None = None
    domain: str | None = None
    link: str | None = None


class ResponsibleParty(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers for the record; the two old fields are those of records from before 2011."""

    type: str | None = None
    investigator_full_name: str | None = None
    investigator_title: str | None = None
    investigator_affiliation: str | None = None
    old_name_title: str | None = None
    old_organization: str | None = None


class Official(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who leads the trial; ``role`` is, for example, PRINCIPAL_INVESTIGATOR."""

    name: str | None = None
    affiliation: str | None = None
    role: str | None = None


class Oversight(msgspec.Struct, frozen=True, kw_only=True):
    """Who watches over the trial, and what US law says of it."""

    oversight_has_dmc: bool | None = None
    is_fda_regulated_drug: bool | None = None
    is_fda_regulated_device: bool | None = None
    is_unapproved_device: bool | None = None
    is_ppsd: bool | None = None
    """A pediatric postmarket surveillance of a device, ordered by the FDA."""
    is_us_export: bool | None = None
    fdaaa801_violation: bool | None = None


class BioSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What samples are kept, and whether with DNA."""

    retention: str | None = None
    description: str | None = None
