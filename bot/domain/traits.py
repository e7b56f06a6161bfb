"""What filters ask about a trial, taken out of its record once for all filters."""

from __future__ import annotations

import re

import msgspec

from bot.domain.countries import country_key
from bot.domain.study import Eligibility, Site, Study

YEARS = {
    "year": 1.0,
    "month": 1 / 12,
    "week": 7 / 365.25,
    "day": 1 / 365.25,
    "hour": 1 / 8766,
    "minute": 1 / 525960,
}
"""The units in which the registry states ages, in years."""

CLOSED_SITE = frozenset({"WITHDRAWN", "TERMINATED", "COMPLETED", "NO_LONGER_AVAILABLE"})
"""A site that nobody can go to any more does not bring a trial near."""

_AGE = re.compile(r"(\d+)\s+(year|month|week|day|hour|minute)s?", re.IGNORECASE)


class Spot(msgspec.Struct, frozen=True):
    """Where a site is: degrees where the record has them, else by its names."""

    city: str | None
    country: str | None
    latitude: float | None
    longitude: float | None


class Traits(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one version that filters are held against.

    Ages are in years, countries are ``bot.domain.countries.country_key``.
    """

    spots: tuple[Spot, ...]
    countries: frozenset[str]
    youngest: float | None
    oldest: float | None
    sex: str | None
    status: str | None
    phases: frozenset[str]
    intervention_types: frozenset[str]
    sponsor_class: str | None
    healthy_volunteers: bool | None


def traits_of(study: Study) -> Traits:
    """Take them out of a study. Sites that are closed for good do not count as places."""
    open_sites = [site for site in study.sites if site.status not in CLOSED_SITE]
    eligibility = study.eligibility
    return Traits(
        spots=tuple(dict.fromkeys(spot_of(site) for site in open_sites)),
        countries=frozenset(country_key(site.country) for site in open_sites if site.country),
        youngest=years(eligibility.minimum_age),
        oldest=_oldest(eligibility),
        sex=eligibility.sex,
        status=study.overall_status,
        phases=frozenset(study.phases),
        intervention_types=frozenset(one.type for one in study.interventions if one.type),
        sponsor_class=study.lead_sponsor.agency_class,
        healthy_volunteers=eligibility.healthy_volunteers,
    )


def years(age: str | None) -> float | None:
    """``18 Years`` or ``6 Months`` in years; None where no limit is stated."""
    found = _AGE.fullmatch(age.strip()) if age else None
    return int(found[1]) * YEARS[found[2].lower()] if found else None


def _oldest(eligibility: Eligibility) -> float | None:
    """Somebody is 65 until the day of turning 66: the stated year is taken in whole."""
    found = _AGE.fullmatch(eligibility.maximum_age.strip()) if eligibility.maximum_age else None
    return (int(found[1]) + 1) * YEARS[found[2].lower()] if found else None


def spot_of(site: Site) -> Spot:
    """Where a site is."""
    return Spot(site.city, site.country, site.latitude, site.longitude)
