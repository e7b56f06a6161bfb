"""Where a trial is: the nearest places first for a chat that has a place, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from bot.domain.message import Section
from bot.domain.place import Near, kilometres
from bot.domain.study import Contact, Site, Study
from bot.domain.words import say, status_label

PLACES_A_PAGE = 10
COUNTRIES_SHOWN = 15

_OPEN_FIRST = ("RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE")


class Placed(msgspec.Struct, frozen=True):
    """A site, and how far away it is where both are known."""

    site: Site
    distance: float | None


def placed(study: Study, near: Near | None) -> tuple[Placed, ...]:
    """All sites: by distance from the chat's place, else open ones first and by country."""
    sites = [Placed(site, _distance(site, near)) for site in study.sites]
    if near is not None:
        return tuple(sorted(sites, key=lambda one: (one.distance is None, one.distance or 0.0)))
    return tuple(sorted(sites, key=lambda one: (_rank(one.site), one.site.country or "")))


def where_sections(study: Study, near: Near | None, page: int) -> tuple[Section, ...]:
    """One page of places with whom to ask there, the countries, and the study's own contacts."""
    sites = placed(study, near)
    if not sites:
        return (Section(say("where.heading.none"), (say("where.none"),)),)
    first = (page - 1) * PLACES_A_PAGE
    shown = sites[first : first + PLACES_A_PAGE]
    lines = [line for one in shown for line in _site_lines(one)]
    if len(sites) > PLACES_A_PAGE:
        last = first + len(shown)
        lines.append(say("where.page", first=first + 1, last=last, count=len(sites)))
    heading = (
        say("where.heading", count=len(sites))
        if near is None
        else say("where.near", count=len(sites), place=near.place.name)
    )
    return (Section(heading, tuple(lines)), *_countries(study), *_central(study))


def pages(study: Study) -> int:
    """How many pages of places there are; at least one."""
    return max(1, -(-len(study.sites) // PLACES_A_PAGE))


def _distance(site: Site, near: Near | None) -> float | None:
    if near is None or site.latitude is None or site.longitude is None:
        return None
    return kilometres(site.latitude, site.longitude, near.place)


def _rank(site: Site) -> int:
    return _OPEN_FIRST.index(site.status) if site.status in _OPEN_FIRST else len(_OPEN_FIRST)


def _site_lines(one: Placed) -> Iterator[str]:
    key, values = "where.line", {"place": one.site.place}
    if one.site.status:
        key, values = f"{key}.status", {**values, "status": status_label(one.site.status)}
    if one.distance is not None:
        key, values = f"{key}.distance", {**values, "distance": f"{one.distance:.0f}"}
    yield say(key, **values)
    for contact in one.site.contacts:
        told = contact_line(contact)
        if told:
            yield say("where.contact", contact=told)


def contact_line(contact: Contact) -> str:
    """Name, telephone and mail as far as the record gives them."""
    phone = contact.phone
    if phone and contact.phone_ext:
        phone = f"{phone} ext. {contact.phone_ext}"
    return ", ".join(part for part in (contact.name, phone, contact.email) if part)


def _countries(study: Study) -> tuple[Section, ...]:
    counts = Counter(site.country for site in study.sites if site.country)
    if len(counts) < 2:
        return ()
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:COUNTRIES_SHOWN]
    lines = tuple(say("where.country", country=name, count=count) for name, count in most)
    return (Section(say("where.countries"), lines, folded=True),)


def _central(study: Study) -> tuple[Section, ...]:
    lines = tuple(line for one in study.central_contacts if (line := contact_line(one)))
    return (Section(say("where.central"), lines),) if lines else ()
