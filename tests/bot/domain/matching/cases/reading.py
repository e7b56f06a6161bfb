"""Reads the tables: each row becomes a case, each cell what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.domain.filters import Filter
from bot.domain.phrases import phrase
from bot.domain.place import Near, Place
from bot.domain.study import Enrollment, Intervention, MeshTerm, Site, Sponsor, Study
from bot.domain.watch import Interest
from tests.bot.domain.matching.cases.world import CITIES
from tests.bot.domain.trials import fact, trial

HEADINGS = {
    "sarcoma": "D012509",
    "lymphoma": "D008223",
    "neoplasms": "D009369",
    "asthma": "D001249",
    "melanoma": "D008545",
    "glioblastoma": "D005909",
}
STATES = {
    "closed": "COMPLETED",
    "ended": "TERMINATED",
    "withdrawn": "WITHDRAWN",
    "paused": "SUSPENDED",
    "planned": "NOT_YET_RECRUITING",
    "unstated": None,
}
"""How a place stands that does not recruit, behind its name."""

SINCE = date(2025, 1, 1)
FOLDER = Path(__file__).parent


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One row."""

    name: str
    trial: str
    follows: str
    before: str
    after: str
    expected: str


def site(text: str) -> Site:
    """``Paris``, ``Paris closed``; ``unlocated`` is one of which the record has no coordinates."""
    words = text.split()
    located = "unlocated" not in words
    status = next((STATES[word] for word in words if word in STATES), "RECRUITING")
    city = " ".join(word for word in words if word not in STATES and word != "unlocated")
    country, latitude, longitude = CITIES[city]
    return Site(
        facility=f"Clinic of {city}",
        status=status,
        city=city.removesuffix(" Texas"),
        country=country,
        latitude=latitude if located else None,
        longitude=longitude if located else None,
    )


BASE = trial(
    brief_title="Bell therapy",
    official_title=None,
    acronym=None,
    conditions=("Sarcoma",),
    keywords=("bells",),
    why_stopped=None,
    phases=("PHASE2",),
    interventions=(Intervention(type="DRUG", name="Bell"),),
    lead_sponsor=Sponsor("Chime Inc", "INDUSTRY"),
    condition_meshes=(MeshTerm("D012509", "Sarcoma"),),
    condition_ancestors=(MeshTerm("D009369", "Neoplasms"),),
    sites=(site("Paris"), site("Lyon")),
    first_posted=fact("2025-02-01", "ACTUAL"),
    last_update_posted=fact("2026-02-10", "ACTUAL"),
)
"""A recruiting phase 2 drug trial for sarcoma, of industry, in Paris and Lyon, for all sexes from
18 to 75 years, and not for healthy people. It was updated on the data day of the case."""


def rows(name: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with their numbers; lines with ``#`` in front say what follows."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if line and not line.startswith("#")]
    for number, line in enumerate(told, start=1):
        cells = [cell.strip() for cell in line.split("|")]
        assert len(cells) == columns, line
        yield number, cells


def made(name: str) -> Iterator[Case]:
    """The cases of a table about ``BASE``."""
    for number, (follows, before, after, expected, why) in rows(name, 5):
        yield Case(
            name=f"{name}-{number:02}: {why}",
            trial="",
            follows=follows,
            before=before,
            after=after,
            expected=expected,
        )


def real(name: str) -> Iterator[Case]:
    """The cases of a table about recorded trials."""
    for number, (which, follows, before, after, expected, why) in rows(name, 6):
        yield Case(
            name=f"{name}-{number:02} {which}: {why}",
            trial=which,
            follows=follows,
            before=before,
            after=after,
            expected=expected,
        )


def interest(follows: str) -> tuple[Interest, date]:
    """What is followed, and since when."""
    condition, *parts = parts_of(follows)
    since, wanted = SINCE, dict[str, Any]()
    for part in parts:
        key, _, value = part.partition(" ")
        if key == "since":
            since = date.fromisoformat(value)
        else:
            name, read = FILTERS[key]
            wanted[name] = read(value)
    return replace(topic(condition), filter=Filter(**wanted)), since


def topic(condition: str) -> Interest:
    """A condition by words, by heading, or by both."""
    if condition.startswith("“"):
        return Interest(words=condition, phrases=(phrase(condition.strip("“”")),))
    if condition not in HEADINGS:
        return Interest(words=condition, terms=(MeshTerm(condition, condition),))
    heading = MeshTerm(HEADINGS[condition], condition)
    return Interest(words=condition, terms=(heading,), phrases=(phrase(condition),))


def near(value: str) -> Near:
    """``Paris 50``: so many kilometres around."""
    city, _, distance = value.rpartition(" ")
    country, latitude, longitude = CITIES[city]
    place = Place(
        name=f"{city}, {country}", latitude=latitude, longitude=longitude, country=country
    )
    return Near(place, int(distance))


def several(value: str) -> tuple[str, ...]:
    """Values with commas between them; ``-`` for none."""
    return tuple(one.strip() for one in value.split(",") if one.strip() not in {"", "-"})


def countries(value: str) -> tuple[str, ...]:
    """Some countries have a comma in their names: several stand with ``or`` between them."""
    return tuple(value.split(" or "))


FILTERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "near": ("near", near),
    "in": ("countries", countries),
    "age": ("age", int),
    "sex": ("sex", str),
    "status": ("statuses", several),
    "phase": ("phases", several),
    "treatment": ("intervention_types", several),
    "sponsor": ("sponsor_classes", several),
    "healthy": ("healthy_volunteers", lambda value: value == "yes"),
}


def parts_of(cell: str) -> list[str]:
    """The parts of a cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def edited(study: Study, cell: str) -> Study:
    """The study with what a cell says."""
    for part in parts_of(cell):
        key, _, value = part.partition(" ")
        study = EDITS[key](study, value)
    return study


def stated(value: str) -> str | None:
    """The value; ``-`` where it is not stated."""
    return None if value == "-" else value


def day(value: str) -> Any:
    """A date, where it is stated."""
    return fact(value) if stated(value) else None


def _set(name: str, read: Callable[[str], Any] = stated) -> Callable[[Study, str], Study]:
    return lambda study, value: replace(study, **{name: read(value)})


def _eligibility(name: str, read: Callable[[str], Any]) -> Callable[[Study, str], Study]:
    def edit(study: Study, value: str) -> Study:
        return replace(study, eligibility=replace(study.eligibility, **{name: read(value)}))

    return edit


def _ages(study: Study, value: str) -> Study:
    """``18 Years to 75 Years``; a limit that is not stated is left away."""
    youngest, _, oldest = (part.strip() for part in value.partition("to"))
    limits = {"minimum_age": youngest or None, "maximum_age": oldest or None}
    return replace(study, eligibility=replace(study.eligibility, **limits))


def _filed(name: str) -> Callable[[Study, str], Study]:
    def edit(study: Study, value: str) -> Study:
        terms = tuple(MeshTerm(HEADINGS.get(one, one), one) for one in several(value))
        return replace(study, **{name: terms})

    return edit


def _without(study: Study, city: str) -> Study:
    """No place in this city any more."""
    return replace(study, sites=tuple(one for one in study.sites if one.city != city))


def _every_place(study: Study, state: str) -> Study:
    """All places stand so now."""
    return replace(study, sites=tuple(replace(one, status=STATES[state]) for one in study.sites))


def _opened(study: Study, place: str) -> Study:
    """One more place."""
    return replace(study, sites=(*study.sites, site(place)))


EDITS: dict[str, Callable[[Study, str], Study]] = {
    "status": _set("overall_status"),
    "why": _set("why_stopped"),
    "phase": _set("phases", several),
    "treatment": _set(
        "interventions", lambda value: tuple(Intervention(type=one) for one in several(value))
    ),
    "sponsor": _set("lead_sponsor", lambda value: Sponsor("Chime Inc", stated(value))),
    "title": _set("brief_title"),
    "official": _set("official_title"),
    "summary": _set("brief_summary"),
    "conditions": _set("conditions", several),
    "keywords": _set("keywords", several),
    "enrollment": _set("enrollment", lambda value: Enrollment(int(value), "ESTIMATED")),
    "posted": _set("first_posted", day),
    "updated": _set("last_update_posted", day),
    "filed": _filed("condition_meshes"),
    "above": _filed("condition_ancestors"),
    "ages": _ages,
    "sex": _eligibility("sex", stated),
    "healthy": _eligibility("healthy_volunteers", {"yes": True, "no": False, "-": None}.get),
    "places": _set("sites", lambda value: tuple(map(site, several(value)))),
    "opened": _opened,
    "without": _without,
    "everywhere": _every_place,
}
