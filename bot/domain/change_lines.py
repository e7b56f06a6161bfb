"""The changes of a trial as sections that people read, the most telling kind first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from bot.domain.catalogue import LOCATIONS, OVERALL_STATUS, SITE_STATUS
from bot.domain.change import Change, Kind, Op
from bot.domain.diff_sites import ALL_SITES
from bot.domain.message import Section
from bot.domain.study import Study
from bot.domain.wording import change_line
from bot.domain.words import kind_label, say, status_label, status_meaning

LINES_SHOWN = 8
"""Lines of one kind in one message before the rest is counted."""

_ORDER = {kind: place for place, kind in enumerate(Kind)}


def change_sections(changes: Iterable[Change], study: Study | None = None) -> tuple[Section, ...]:
    """A section for each kind, in the order of kinds, each line one change.

    ``study`` (any version) tells in which country a place lies, for folding hundreds of them.
    """
    ordered = sorted(changes, key=lambda change: _ORDER[change.kind])
    countries = _countries(study)
    return tuple(
        Section(kind_label(kind), tuple(_kind_lines(kind, tuple(of_kind), countries)))
        for kind, of_kind in groupby(ordered, key=lambda change: change.kind)
    )


def _countries(study: Study | None) -> dict[str, str]:
    """The country of each place, by the place's one line."""
    return {site.place: site.country for site in study.sites if site.country} if study else {}


def _kind_lines(
    kind: Kind, changes: Sequence[Change], countries: Mapping[str, str]
) -> Iterable[str]:
    if kind is Kind.SITES:
        changes, folded = _fold_places(changes, countries)
        yield from folded
    yield from (change_line(change) for change in changes[:LINES_SHOWN])
    if len(changes) > LINES_SHOWN:
        yield say("change.lines.more", count=len(changes) - LINES_SHOWN)
    if kind is Kind.STATUS:
        for change in changes:
            if change.path == OVERALL_STATUS and (meaning := status_meaning(change.new)):
                yield meaning


def _fold_places(
    changes: Sequence[Change], countries: Mapping[str, str]
) -> tuple[Sequence[Change], list[str]]:
    """Many places become counts by country; what is not about places that came, went or changed
    their status stays a line of its own."""
    places = [
        change
        for change in changes
        if change.path in (LOCATIONS, SITE_STATUS) and change.item != ALL_SITES
    ]
    if len(places) <= LINES_SHOWN:
        return changes, []
    events: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for change in places:
        key, country, status = _event(change, countries)
        events[key, status][country] += 1
    lines = [
        say(key, count=counts.total(), status=status, countries=_by_country(counts))
        for (key, status), counts in sorted(
            events.items(), key=lambda entry: (-entry[1].total(), entry[0])
        )
    ]
    folded = set(map(id, places))
    return [change for change in changes if id(change) not in folded], lines


def _by_country(counts: Counter[str]) -> str:
    """The countries with the most of them, each with its count, and the rest as one number."""
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    named = [say("count.in", count=count, country=name) for name, count in ranked[:LINES_SHOWN]]
    rest = sum(count for _, count in ranked[LINES_SHOWN:])
    return ", ".join([*named, say("count.elsewhere", count=rest)] if rest else named)


def _event(change: Change, countries: Mapping[str, str]) -> tuple[str, str, str]:
    """What happened to a place, in which country, and the status that it has now."""
    place = change.item or ""
    country = countries.get(place) or place.rpartition(", ")[2]
    if change.path == SITE_STATUS:
        return "change.places.status", country, status_label(change.new)
    if change.op is Op.ADDED:
        return "change.places.added", country, ""
    return "change.places.removed", country, ""
