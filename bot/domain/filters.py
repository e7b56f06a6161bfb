"""What narrows a followed condition: only trials that fit all that is set here are told."""

from __future__ import annotations

import enum

import msgspec

from bot.domain.countries import country_key
from bot.domain.place import KILOMETRES_A_DEGREE, Near, kilometres
from bot.domain.traits import Spot, Traits


class Filter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Each part is one condition, and all must hold; what is empty or None asks for nothing.

    Values are the registry's own (``RECRUITING``, ``PHASE1``, ``DRUG``, ``INDUSTRY``); of several
    in one part any will do.
    """

    near: Near | None = None
    """A site within the radius."""
    countries: tuple[str, ...] = ()
    """A site in one of these, under any of their spellings."""
    age: int | None = None
    """In years: somebody of this age may join."""
    sex: str | None = None
    """``FEMALE`` or ``MALE``: they may join."""
    statuses: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    intervention_types: tuple[str, ...] = ()
    sponsor_classes: tuple[str, ...] = ()
    healthy_volunteers: bool | None = None
    """True: the trial takes healthy people."""

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return self == NO_FILTER


NO_FILTER = Filter()


class RegistrySearch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A search in the registry's own words, for professionals. Each field is a ``query.*`` of it.

    It is matched by the registry, never by words of ours.
    """

    cond: str | None = None
    term: str | None = None
    intr: str | None = None
    spons: str | None = None
    locn: str | None = None


class Miss(enum.StrEnum):
    """The part of a filter that a trial does not fit."""

    NEAR = "near"
    COUNTRY = "country"
    AGE = "age"
    SEX = "sex"
    STATUS = "status"
    PHASE = "phase"
    INTERVENTION_TYPE = "intervention_type"
    SPONSOR_CLASS = "sponsor_class"
    HEALTHY_VOLUNTEERS = "healthy_volunteers"


def miss(wanted: Filter, traits: Traits) -> Miss | None:
    """The first part that the trial does not fit, or None where it fits all.

    A trial that states no age limit takes every age, and one that states no sex both; what else is
    asked for and not stated does not fit. The costly part, the distance, is looked at last.
    """
    if wanted.statuses and traits.status not in wanted.statuses:
        return Miss.STATUS
    if wanted.phases and traits.phases.isdisjoint(wanted.phases):
        return Miss.PHASE
    kinds = wanted.intervention_types
    if kinds and traits.intervention_types.isdisjoint(kinds):
        return Miss.INTERVENTION_TYPE
    if wanted.sponsor_classes and traits.sponsor_class not in wanted.sponsor_classes:
        return Miss.SPONSOR_CLASS
    return _person(wanted, traits) or _where(wanted, traits)


def _person(wanted: Filter, traits: Traits) -> Miss | None:
    if wanted.sex and traits.sex not in (None, "ALL", wanted.sex):
        return Miss.SEX
    if wanted.age is not None and not _takes(wanted.age, traits):
        return Miss.AGE
    if wanted.healthy_volunteers is None:
        return None
    if wanted.healthy_volunteers is not (traits.healthy_volunteers is True):
        return Miss.HEALTHY_VOLUNTEERS
    return None


def _takes(age: int, traits: Traits) -> bool:
    """Whether anybody of these whole years may join: the year that follows counts in."""
    too_young = traits.youngest is not None and age + 1 <= traits.youngest
    too_old = traits.oldest is not None and age >= traits.oldest
    return not too_young and not too_old


def _where(wanted: Filter, traits: Traits) -> Miss | None:
    countries = wanted.countries
    if countries and traits.countries.isdisjoint(country_key(one) for one in countries):
        return Miss.COUNTRY
    near = wanted.near
    if near is not None and not any(is_near(spot, near) for spot in traits.spots):
        return Miss.NEAR
    return None


def is_near(spot: Spot, near: Near) -> bool:
    """Whether a site is within the radius; one without coordinates, in the very same city."""
    if spot.latitude is None or spot.longitude is None:
        place = near.place
        same_country = country_key(spot.country or "") == country_key(place.country or "")
        city = place.name.partition(",")[0]
        return same_country and (spot.city or "").casefold() == city.casefold()
    if abs(spot.latitude - near.place.latitude) * KILOMETRES_A_DEGREE > near.kilometres:
        return False  # most are told apart by one subtraction
    return kilometres(spot.latitude, spot.longitude, near.place) <= near.kilometres
