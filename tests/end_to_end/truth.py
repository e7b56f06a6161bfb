"""An independent reading of raw records: has something changed that patients are told of?

Dates, numbers of participants and the like are only told to those who ask for them.

It shares no code with the program. It looks at the registry's own JSON, field by field, in the
plainest way; where a rule folds a difference away, the rule is restated here in a line.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

NOT_RECRUITING = {
    "ACTIVE_NOT_RECRUITING",
    "COMPLETED",
    "ENROLLING_BY_INVITATION",
    "SUSPENDED",
    "TERMINATED",
    "UNKNOWN",
    "WITHDRAWN",
}


def number(record: Any) -> str:
    """The record's NCT number."""
    return str(record["protocolSection"]["identificationModule"]["nctId"])


def tellable(old: Any, new: Any) -> set[str]:
    """The names of what differs between two versions and is to be told; empty for nothing."""
    differing = {name for name, read in READERS.items() if read(old) != read(new)}
    if "sites" in differing and _only_wiped_or_renamed(old, new, closed="status" in differing):
        differing.discard("sites")
    return differing


def mentions(record: Any, words: str) -> bool:
    """Whether a condition in words stands in conditions, keywords or titles, as whole words."""
    identification = record["protocolSection"]["identificationModule"]
    conditions = record["protocolSection"].get("conditionsModule", {})
    texts = [
        identification.get("briefTitle", ""),
        identification.get("officialTitle", ""),
        identification.get("acronym", ""),
        *conditions.get("conditions", []),
        *conditions.get("keywords", []),
    ]
    pattern = re.compile(rf"\b{re.escape(words)}s?\b", re.IGNORECASE)
    return any(pattern.search(text) for text in texts)


def filed_under(record: Any, mesh_id: str) -> bool:
    """Whether the registry files the record under this MeSH heading or one below it."""
    browse = record.get("derivedSection", {}).get("conditionBrowseModule", {})
    return any(
        leaf.get("id") == mesh_id for leaf in browse.get("meshes", []) + browse.get("ancestors", [])
    )


def posted(record: Any, struct: str) -> str:
    """One of the record's posting dates, or an empty text."""
    return str(record["protocolSection"]["statusModule"].get(struct, {}).get("date", ""))


def _status(record: Any) -> Any:
    return record["protocolSection"]["statusModule"]


def _eligibility(record: Any) -> Any:
    return record["protocolSection"].get("eligibilityModule", {})


def _criteria(record: Any) -> Counter[str]:
    text = re.sub(r"\\(.)", r"\1", _eligibility(record).get("eligibilityCriteria", ""))
    lines = (re.sub(r"^\W*(\d+[.)])?\s*", "", line) for line in text.splitlines())
    return Counter(" ".join(line.split()) for line in lines if line.strip())


def _sites(record: Any) -> Counter[tuple[Any, ...]]:
    return Counter(
        tuple(site.get(name) for name in ("facility", "city", "country", "status"))
        for site in _locations(record)
    )


def _locations(record: Any) -> Any:
    return record["protocolSection"].get("contactsLocationsModule", {}).get("locations", [])


def _only_wiped_or_renamed(old: Any, new: Any, *, closed: bool) -> bool:
    """Recruitment closed and every site's status went with it or became the trial's own; or only
    names of places were spelled anew."""

    def places(record: Any) -> Counter[tuple[Any, ...]]:
        return Counter(
            (site.get("facility"), site.get("city"), site.get("country"))
            for site in _locations(record)
        )

    def towns(record: Any) -> Counter[tuple[Any, ...]]:
        return Counter(
            (site.get("city"), site.get("country"), site.get("status"))
            for site in _locations(record)
        )

    status = _status(new).get("overallStatus")
    wiped = all(site.get("status") in {None, status} for site in _locations(new))
    shut = closed and status in NOT_RECRUITING and wiped and places(old) == places(new)
    return shut or towns(old) == towns(new)


READERS: dict[str, Any] = {
    "status": lambda record: _status(record).get("overallStatus"),
    "why": lambda record: _status(record).get("whyStopped"),
    "expanded": lambda record: {
        key: value
        for key, value in _status(record).get("expandedAccessInfo", {}).items()
        if value is not False
    },
    "results": lambda record: bool(record.get("hasResults")),
    "sent in": lambda record: [
        (event.get("type"), event.get("date"))
        for event in record.get("annotationSection", {})
        .get("annotationModule", {})
        .get("unpostedAnnotation", {})
        .get("unpostedEvents", [])
    ],
    "criteria": _criteria,
    "ages": lambda record: (
        _eligibility(record).get("minimumAge"),
        _eligibility(record).get("maximumAge"),
        _eligibility(record).get("sex"),
        _eligibility(record).get("healthyVolunteers"),
    ),
    "sites": _sites,
}
