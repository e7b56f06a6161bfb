"""How a change of each kind is put into a raw record, with a mark that stands nowhere else.

Most marks are a word in a text. Where a field holds no words they are a number, an age or a date of
its own; and a new status or access is known by its trial, in which it is planted once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from bot.domain.change import Kind
from tests.end_to_end.belonging import TOWNS, sites, status_of

Raw = Any

PARTICIPANTS = 9_000_000
MONTHS_OF_AGE = 90_000
FIRST_DATE = date(2060, 1, 1)
"""What the numbers, ages and dates of marks begin with."""

_WORD = re.compile(r"\bP(\d{5})\b")
_COUNT = re.compile(r"is now (9\d{6})\b")
_AGE = re.compile(r"is now “?(9\d{4}) months")
_DATE = re.compile(r"\b(206\d-\d\d-\d\d)\b")

FEW_SITES = 5
"""Places are told by name up to a few; of more only their number is."""


def word(mark: int) -> str:
    """The mark as a word."""
    return f"P{mark:05}"


def marks_in(text: str) -> Iterator[int]:
    """Those that stand in what a message says of one trial."""
    yield from (int(found) for found in _WORD.findall(text))
    yield from (int(found) - PARTICIPANTS for found in _COUNT.findall(text))
    yield from (int(found) - MONTHS_OF_AGE for found in _AGE.findall(text))
    yield from ((date.fromisoformat(found) - FIRST_DATE).days for found in _DATE.findall(text))


GONE = "is gone"
"""The plant that no record holds: from some day on there is none."""

SAID_OF_THE_TRIAL = {
    "closes or opens": "The status was ",
    "access": "be asked for outside the trial",
    GONE: "The registry no longer has this record.",
}
"""What a message says of plants that have no mark."""


def part(record: Raw, *names: str) -> Raw:
    """A part of the protocol, made where it is missing."""
    found = record["protocolSection"]
    for name in names:
        found = found.setdefault(name, {})
    return found


class Plant(msgspec.Struct, frozen=True):
    """A way to change a record: of which kind that is, how it is done, and where it can be."""

    kind: Kind
    put: Callable[[Raw, int], None]
    where: Callable[[Raw], bool] = lambda _: True


def _add(kind: Kind, module: str, members: str, /, **fields: str) -> Plant:
    def put(record: Raw, mark: int) -> None:
        filled = {key: value.format(mark=word(mark)) for key, value in fields.items()}
        part(record, module).setdefault(members, []).append(filled)

    return Plant(kind, put)


def _stop(record: Raw, mark: int) -> None:
    part(record, "statusModule")["whyStopped"] = f"Stopped for {word(mark)}."


def _exclude(record: Raw, mark: int) -> None:
    module = part(record, "eligibilityModule")
    module["eligibilityCriteria"] = (
        module.get("eligibilityCriteria", "") + f"\n\n* Has {word(mark)}"
    )


def _age(record: Raw, mark: int) -> None:
    part(record, "eligibilityModule")["minimumAge"] = f"{MONTHS_OF_AGE + mark} Months"


def _redesign(record: Raw, mark: int) -> None:
    text = f"As in {word(mark)}."
    part(record, "designModule", "designInfo")["interventionModelDescription"] = text


def _keyword(record: Raw, mark: int) -> None:
    part(record, "conditionsModule").setdefault("keywords", []).append(f"Keyword {word(mark)}")


def _count(record: Raw, mark: int) -> None:
    part(record, "designModule", "enrollmentInfo")["count"] = PARTICIPANTS + mark


def _finish(record: Raw, mark: int) -> None:
    struct = part(record, "statusModule", "primaryCompletionDateStruct")
    struct["date"] = str(FIRST_DATE + timedelta(days=mark))


def _send_in(record: Raw, mark: int) -> None:
    annotation = record.setdefault("annotationSection", {}).setdefault("annotationModule", {})
    events = annotation.setdefault("unpostedAnnotation", {}).setdefault("unpostedEvents", [])
    events.append({"type": "RELEASE", "date": str(FIRST_DATE + timedelta(days=mark))})


def _switch(record: Raw, _: int) -> None:
    """It closes where it recruits, and else recruits."""
    recruits = status_of(record) == "RECRUITING"
    status = "ACTIVE_NOT_RECRUITING" if recruits else "RECRUITING"
    part(record, "statusModule")["overallStatus"] = status


def _access(record: Raw, _: int) -> None:
    info = part(record, "statusModule", "expandedAccessInfo")
    info["hasExpandedAccess"] = not info.get("hasExpandedAccess", False)


def _open_site(record: Raw, mark: int) -> None:
    part(record, "contactsLocationsModule").setdefault("locations", []).append(site_of(mark))


def _move_away(record: Raw, mark: int) -> None:
    part(record, "contactsLocationsModule")["locations"] = [far_site_of(mark)]


def _detail(record: Raw, mark: int) -> None:
    part(record, "oversightModule")["madeUpOfThis"] = word(mark)


def _vanish(_record: Raw, _mark: int) -> None:
    """Nothing is put into a record that is not served any more."""


def _has_few_sites(record: Raw) -> bool:
    return 0 < len(sites(record)) <= FEW_SITES


def _has_none_or_many(record: Raw) -> bool:
    return not _has_few_sites(record)


def site_of(mark: int) -> Raw:
    """The place that is opened with a mark: where it is, by coordinates or by the town's name."""
    town = sorted(TOWNS)[mark % len(TOWNS)]
    latitude, longitude, country = TOWNS[town]
    site = {"facility": f"Hospital {word(mark)}", "city": town, "country": country}
    exact = {"geoPoint": {"lat": latitude + 0.1, "lon": longitude - 0.1}}
    return {**site, **(exact if mark % 2 else {})}


def far_site_of(mark: int) -> Raw:
    """The place to which a trial moves, near to nobody."""
    return {"facility": f"Hospital {word(mark)}", "city": "Perth", "country": "Australia"}


PLANTS: dict[str, Plant] = {
    "closes or opens": Plant(Kind.STATUS, _switch),
    "why": Plant(Kind.WHY_STOPPED, _stop),
    GONE: Plant(Kind.RECORD, _vanish, lambda _: False),
    "sent in": Plant(Kind.RESULTS, _send_in),
    "access": Plant(Kind.EXPANDED_ACCESS, _access),
    "criteria": Plant(Kind.ELIGIBILITY, _exclude),
    "age": Plant(Kind.ELIGIBILITY, _age),
    "design": Plant(Kind.DESIGN, _redesign),
    "keyword": Plant(Kind.DESCRIPTION, _keyword),
    "date": Plant(Kind.DATES, _finish),
    "participants": Plant(Kind.ENROLLMENT, _count),
    "opens a place": Plant(Kind.SITES, _open_site, _has_none_or_many),
    "moves away": Plant(Kind.SITES, _move_away, _has_few_sites),
    "detail": Plant(Kind.OTHER, _detail),
    "contact": _add(
        Kind.CONTACTS,
        "contactsLocationsModule",
        "centralContacts",
        name="Doctor {mark}",
        role="CONTACT",
    ),
    "treatment": _add(
        Kind.TREATMENTS, "armsInterventionsModule", "interventions", type="DRUG", name="Drug {mark}"
    ),
    "outcome": _add(
        Kind.OUTCOMES,
        "outcomesModule",
        "secondaryOutcomes",
        measure="Outcome {mark}",
        timeFrame="1 year",
    ),
    "sponsor": _add(
        Kind.SPONSOR,
        "sponsorCollaboratorsModule",
        "collaborators",
        **{"name": "Sponsor {mark}", "class": "OTHER"},
    ),
    "document": _add(
        Kind.DOCUMENTS,
        "referencesModule",
        "seeAlsoLinks",
        label="Paper {mark}",
        url="https://example.org/{mark}",
    ),
}
"""Every kind of change. A trial comes or leaves by its status, its age limit or its places; what is
``OTHER`` is told to nobody, and which trials are gone is chosen by itself."""
