"""The changes of a trial as sections that people read, the most telling kind first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from bot.domain.catalogue import HAS_RESULTS, LOCATIONS, OVERALL_STATUS, SITE_STATUS
from bot.domain.change import Change, Kind, Op
from bot.domain.diff.sites import ALL_SITES
from bot.domain.labels import NAME_ROOM, ROWS
from bot.domain.message import Section
from bot.domain.nearby import EACH, Nearby, Others, Places
from bot.domain.paths import ENROLLMENT_COUNT, ENROLLMENT_TYPE
from bot.domain.shortening import WHOLE
from bot.domain.study import Study
from bot.domain.wording import change_line, enrollment_line
from bot.domain.words import kind_label, say, status_label, status_meaning

EXCLUSION = "exclusion criteria"
"""The part of the criteria that says who cannot join."""

LINES_SHOWN = 8
"""Lines of one kind in one message before the rest is counted."""

_ORDER = {kind: place for place, kind in enumerate(Kind)}
_ROWS = {path: place for place, path in enumerate(ROWS)}


_COMES_WITH_RESULTS = frozenset(
    {
        Kind.TREATMENTS,
        Kind.DESIGN,
        Kind.OUTCOMES,
        Kind.DESCRIPTION,
        Kind.CONTACTS,
        Kind.SPONSOR,
        Kind.DOCUMENTS,
    }
)
"""What sponsors bring up to date when they post results: told as one line of that event."""


def change_sections(
    changes: Iterable[Change], study: Study | None = None, places: Places = EACH
) -> tuple[Section, ...]:
    """A section for each kind, in the order of kinds, each line one change.

    ``study`` (any version) tells in which country a place lies, for folding hundreds of them, and
    ``places`` which of them are named and which are only counted.
    """
    by_kind = _by_kind(changes)
    countries = _countries(study)
    with_results = _with_results(by_kind)
    sections = []
    for kind, of_kind in by_kind.items():
        if kind in with_results:
            continue
        lines = list(_kind_lines(kind, of_kind, countries, places))
        if kind is Kind.RESULTS and with_results:
            lines.append(_came_with(with_results))
        sections.append(Section(kind_label(kind), tuple(lines)))
    return tuple(sections)


def leaves_out(changes: Iterable[Change], places: Places = EACH) -> bool:
    """Whether ``change_sections`` says less than there is: values cut, changes only counted."""
    by_kind = _by_kind(changes)
    counted = places.others is Others.COUNTED and Kind.SITES in by_kind
    return (
        bool(_with_results(by_kind))
        or (counted and len(by_kind[Kind.SITES]) > len(places.near))
        or _cuts(by_kind)
    )


def _cuts(by_kind: Mapping[Kind, Sequence[Change]]) -> bool:
    return any(
        len(of_kind) > LINES_SHOWN or any(_is_cut(change) for change in of_kind)
        for of_kind in by_kind.values()
    )


def whole_sections(changes: Iterable[Change]) -> tuple[Section, ...]:
    """Every change with its values in full, a section for each kind."""
    return tuple(
        Section(kind_label(kind), tuple(change_line(change, WHOLE) for change in of_kind))
        for kind, of_kind in _by_kind(changes).items()
    )


def _is_cut(change: Change) -> bool:
    longest = max(len(change.old or ""), len(change.new or ""), len(change.item or ""))
    return longest > NAME_ROOM and change_line(change) != change_line(change, WHOLE)


def _by_kind(changes: Iterable[Change]) -> dict[Kind, tuple[Change, ...]]:
    ordered = sorted(changes, key=_place)
    grouped = groupby(ordered, key=lambda change: change.kind)
    return {kind: tuple(of_kind) for kind, of_kind in grouped}


def _place(change: Change) -> tuple[int, int, bool]:
    """Where a change stands: by kind, by row, and who can join before who cannot."""
    row = _ROWS.get(change.path, len(_ROWS))
    return _ORDER[change.kind], row, change.item == EXCLUSION


def _with_results(by_kind: Mapping[Kind, Sequence[Change]]) -> dict[Kind, int]:
    """What came with results that were posted, counted by kind; nothing where none were."""
    posted = any(
        change.path == HAS_RESULTS and change.op is not Op.REMOVED and change.new != "false"
        for change in by_kind.get(Kind.RESULTS, ())
    )
    if not posted:
        return {}
    return {kind: len(many) for kind, many in by_kind.items() if kind in _COMES_WITH_RESULTS}


def _came_with(counts: Mapping[Kind, int]) -> str:
    parts = [
        say("change.results.part", heading=kind_label(kind).lower(), count=count)
        for kind, count in counts.items()
    ]
    return say("change.results.with", parts=", ".join(parts))


def _countries(study: Study | None) -> dict[str, str]:
    """The country of each place, by the place's one line."""
    return {site.place: site.country for site in study.sites if site.country} if study else {}


def _kind_lines(
    kind: Kind, changes: Sequence[Change], countries: Mapping[str, str], places: Places
) -> Iterable[str]:
    if kind is Kind.SITES:
        named = {one.change: one for one in places.near[:LINES_SHOWN]}
        yield from map(_near_line, named.values())
        changes = [change for change in changes if change not in named]
        most = 0 if places.others is Others.COUNTED else LINES_SHOWN
        changes, folded = _fold_places(changes, countries, most, besides=bool(named))
        yield from folded
    if kind is Kind.ENROLLMENT:
        yield from _enrollment_lines(changes)
        return
    yield from (change_line(change) for change in changes[:LINES_SHOWN])
    if len(changes) > LINES_SHOWN:
        yield _counted("change.lines.more", len(changes) - LINES_SHOWN)
    if kind is Kind.STATUS:
        for change in changes:
            if change.path == OVERALL_STATUS and (meaning := status_meaning(change.new)):
                yield meaning


def _enrollment_lines(changes: Sequence[Change]) -> Iterable[str]:
    """The number and whether it is planned or counted are one fact to a reader."""
    count = next((one for one in changes if one.path == ENROLLMENT_COUNT), None)
    kind = next((one for one in changes if one.path == ENROLLMENT_TYPE), None)
    if count is not None and kind is not None:
        yield enrollment_line(count, kind)
    else:
        yield from map(change_line, changes)


def _counted(key: str, count: int, **values: object) -> str:
    """A sentence that counts, in the singular where it is one."""
    return say(f"{key}.one" if count == 1 else key, count=count, **values)


def _near_line(nearby: Nearby) -> str:
    """A changed place by name, and how far it is from the person's place."""
    line, distance = change_line(nearby.change), nearby.kilometres
    if nearby.place is None:
        return line
    if distance is None:
        return say("change.near.city", line=line, place=nearby.place)
    if distance < 1:
        return say("change.near.here", line=line, place=nearby.place)
    return say("change.near", line=line, kilometres=round(distance), place=nearby.place)


def _fold_places(
    changes: Sequence[Change], countries: Mapping[str, str], most: int, *, besides: bool
) -> tuple[Sequence[Change], list[str]]:
    """More than ``most`` places become counts by country; what is not about places that came, went
    or changed their status stays a line of its own.

    ``besides``: others were named before.
    """
    places = [
        change
        for change in changes
        if change.path in (LOCATIONS, SITE_STATUS) and change.item != ALL_SITES
    ]
    if len(places) <= most:
        return changes, []
    told = "change.besides" if besides else "change.places"
    events: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for change in places:
        key, country, status = _event(change, countries)
        events[key, status][country] += 1
    lines = [
        _counted(f"{told}.{key}", counts.total(), status=status, countries=_by_country(counts))
        for (key, status), counts in sorted(
            events.items(), key=lambda entry: (-entry[1].total(), entry[0])
        )
    ]
    folded = set(map(id, places))
    return [change for change in changes if id(change) not in folded], lines


def _by_country(counts: Counter[str]) -> str:
    """The countries with the most of them, each with its count, and the rest as one number.

    Where all are in one country its name says enough.
    """
    if len(counts) == 1:
        return next(iter(counts))
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    named = [say("count.in", count=count, country=name) for name, count in ranked[:LINES_SHOWN]]
    rest = sum(count for _, count in ranked[LINES_SHOWN:])
    return ", ".join([*named, say("count.elsewhere", count=rest)] if rest else named)


def _event(change: Change, countries: Mapping[str, str]) -> tuple[str, str, str]:
    """What happened to a place, in which country, and the status that it has now."""
    place = change.item or ""
    country = countries.get(place) or place.rpartition(", ")[2]
    if change.path == SITE_STATUS and change.new is None:
        return "status.none", country, ""
    if change.path == SITE_STATUS:
        return "status", country, status_label(change.new)
    if change.op is Op.ADDED:
        return "added", country, ""
    return "removed", country, ""
