"""What is asked of the registry: fields, batches, and its query language (Essie).

Piece names are those of the registry's study structure, API 2.0.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from bot.domain.study import StudyKey

BATCH = 100
"""Ids in one call; more make the address too long."""

PAGE = 1000
"""Records on one page: the registry silently lowers more to this."""

RECORD = "ProtocolSection,AnnotationSection,DocumentSection,DerivedSection,HasResults"
"""All of a record but the results, which are most of its size. Whole sections, so that a field that
the registry adds, or that a later release reads, cannot be forgotten here."""

RECORD_WITH_RESULTS = f"{RECORD},ResultsSection"

_GLIMPSE = (
    "NCTId",
    "NCTIdAlias",
    "OverallStatus",
    "WhyStopped",
    "StartDate",
    "StartDateType",
    "PrimaryCompletionDate",
    "PrimaryCompletionDateType",
    "CompletionDate",
    "CompletionDateType",
    "ResultsFirstPostDate",
    "ResultsFirstPostDateType",
    "LastUpdatePostDate",
    "LastUpdatePostDateType",
    "LocationStatus",
    "LocationCountry",  # so that a site without a status is in the answer too
    "UnpostedEventType",
    "UnpostedEventDate",
    "HasResults",
)
GLIMPSE = ",".join(_GLIMPSE)
"""The small projection, as ``bot.domain.study.Glimpse`` holds it."""

_FILING = (
    "Condition",
    "ConditionMeshId",
    "ConditionMeshTerm",
    "ConditionAncestorId",
    "ConditionAncestorTerm",
)
FILING = ",".join(_FILING)
"""What a hit is filed under, as ``bot.domain.resolve.Filing`` holds it."""

_HIT = (
    "NCTId",
    "BriefTitle",
    "OfficialTitle",
    "OverallStatus",
    "StudyFirstPostDate",
    "StudyFirstPostDateType",
    "LocationStatus",
    "LocationCity",
    "LocationState",
    "LocationCountry",
    "LocationGeoPoint",
)
HIT = ",".join(_HIT)
"""What a line for each hit needs, as ``bot.domain.hits.Hit`` holds it."""

_SYNTAX = re.compile(r"[\"\\()\[\]{}\s\x00-\x1f\x7f]+")
"""What could end or bend a quoted phrase: none of it carries meaning in a condition's name."""


def updated_since(day: date) -> str:
    """First posted or updated on this day or later (whole days, inclusive)."""
    return (
        f"AREA[LastUpdatePostDate]RANGE[{day.isoformat()},MAX]"
        f" OR AREA[StudyFirstPostDate]RANGE[{day.isoformat()},MAX]"
    )


def condition(words: str) -> str | None:
    """Somebody's words as one phrase with its synonyms, which nothing in them can break out of.

    Without the operator the registry expands loosely and finds "heart" and "disease" far apart.
    None where nothing is left to search for.
    """
    phrase = plain(words)
    return f'EXPANSION[Concept]"{phrase}"' if phrase else None


def plain(words: str) -> str:
    """Without anything that could end or bend a phrase in quotes."""
    return _SYNTAX.sub(" ", words).strip()


def batches(keys: Sequence[StudyKey]) -> Iterator[tuple[StudyKey, ...]]:
    """The keys, a call's worth at a time."""
    rest = iter(keys)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


def ids(batch: Sequence[StudyKey]) -> str:
    """The value of ``filter.ids``, which finds aliases too.

    Not of a ``query.*`` parameter: one that holds only numbers makes every filter ignored.
    """
    return ",".join(key.number for key in batch)
