"""What a search of the registry finds, as far as a line for each needs it."""

from __future__ import annotations

import math
from datetime import date

import msgspec

from bot.domain.countries import country_key
from bot.domain.filters import Filter
from bot.domain.place import kilometres
from bot.domain.study import Site, Study, StudyKey
from bot.domain.traits import CLOSED_SITE

OPEN_SITE = frozenset({"RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE"})
"""A site to which somebody may go; it is shown before others in the same place."""

OPEN_TRIAL = frozenset({"RECRUITING", "NOT_YET_RECRUITING", "AVAILABLE"})
"""A trial that looks for people, or is about to."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One trial that was found."""

    key: StudyKey
    title: str
    status: str | None = None
    first_posted: date | None = None
    sites: tuple[Site, ...] = ()


class Hits(msgspec.Struct, frozen=True, kw_only=True):
    """The first hits, best first, and how many there are in all."""

    hits: tuple[Hit, ...] = ()
    total: int = 0


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """Why nothing is found, as far as it is known."""

    narrowed: bool = False
    """The words alone find trials."""
    meant: tuple[str, ...] = ()
    """Conditions that may have been meant."""

    @property
    def key(self) -> str:
        """How the key of the sentence ends that says it."""
        if self.narrowed:
            return ".narrowed"
        return ".meant" if self.meant else ""


FOUND = Nothing()
"""Where something is found, and where nobody knows why nothing is."""


class Spotted(msgspec.Struct, frozen=True):
    """The site of a hit that is told: the nearest, else one in a country that was asked for."""

    site: Site | None
    kilometres: float | None = None
    others: int = 0
    """How many sites more the trial has."""


def hit_of(study: Study) -> Hit:
    """A study as a hit."""
    posted = study.first_posted
    return Hit(
        key=study.key,
        title=study.title,
        status=study.overall_status,
        first_posted=posted.date.earliest() if posted else None,
        sites=study.sites,
    )


def spot(hit: Hit, wanted: Filter) -> Spotted:
    """The site to tell of. Sites that are closed for good count only where there is no other."""
    sites = [one for one in hit.sites if one.status not in CLOSED_SITE] or list(hit.sites)
    if not sites:
        return Spotted(None)
    others = len(hit.sites) - 1
    if wanted.near is not None:
        place = wanted.near.place
        far = [
            (kilometres(one.latitude, one.longitude, place), at)
            for at, one in enumerate(sites)
            if one.latitude is not None and one.longitude is not None
        ]
        if far:
            distance, at = min(far)
            return Spotted(sites[at], distance, others)
    asked = {country_key(one) for one in wanted.countries}
    sites.sort(key=lambda one: (_elsewhere(one, asked), one.status not in OPEN_SITE))
    return Spotted(sites[0], None, others)


def _elsewhere(site: Site, asked: set[str]) -> bool:
    return bool(asked) and country_key(site.country or "") not in asked


def is_open(hit: Hit) -> bool:
    """Whether people can ask to join, or soon can: who needs an invitation cannot."""
    return hit.status in OPEN_TRIAL


def open_first(hits: tuple[Hit, ...], wanted: Filter) -> tuple[Hit, ...]:
    """Where a place is asked for those that are open, then the others, each from near to far.

    Those without a distance come last of theirs, in their order.
    """
    if wanted.near is None:
        return hits

    def far(hit: Hit) -> tuple[bool, float]:
        distance = spot(hit, wanted).kilometres
        return not is_open(hit), math.inf if distance is None else distance

    return tuple(sorted(hits, key=far))
