"""Where a trial is: the nearest places first for a chat that has a place, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from bot.domain.message import Section
from bot.domain.paging import BETWEEN, grouped, weight, weight_of
from bot.domain.place import Near, kilometres
from bot.domain.study import Contact, Site, Study
from bot.domain.words import say, status_label

PLACES_A_PAGE = 10
COUNTRIES_SHOWN = 15

HEADING_ROOM = 200
"""What it takes to say which places these are, and near what."""

LEAST = 300
"""Room for places, however much there is to say beside them."""

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


def where_pages(study: Study, near: Near | None, room: int) -> Iterator[tuple[Section, ...]]:
    """The places with whom to ask there, a page after the other, each of at most ``room``.

    On the first stand the countries, too, and the contacts of the study as a whole.
    """
    sites = placed(study, near)
    if not sites:
        yield (Section(say("where.heading.none"), (say("where.none"),)), *_central(study))
        return
    others = (*_countries(study), *_central(study))
    room -= HEADING_ROOM + sum(map(weight_of, others))
    blocks = (tuple(_site_lines(one)) for one in sites)
    first = 1
    for page in grouped(blocks, _weight, max(room, LEAST), PLACES_A_PAGE):
        last = first + len(page) - 1
        lines = tuple(line for block in page for line in block)
        heading = _heading(near, first, last, len(sites))
        yield (Section(heading, lines), *(others if first == 1 else ()))
        first = last + 1


def _heading(near: Near | None, first: int, last: int, count: int) -> str:
    """Which places these are, where they are not all."""
    values: dict[str, object] = {"first": first, "last": last, "count": count}
    key = "where.heading" if near is None else "where.near"
    if near is not None:
        values["place"] = near.place.name
    return say(f"{key}.page" if last - first + 1 < count else key, **values)


def _weight(lines: tuple[str, ...]) -> int:
    return sum(weight(line) + BETWEEN for line in lines)


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
            yield "  " + say("where.contact", contact=told)


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
