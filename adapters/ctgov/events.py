"""The groups of the table of adverse events, out of an answer with nothing but them. Pure."""

from __future__ import annotations

import msgspec

from adapters.ctgov.wire_object import Wire
from bot.domain.adverse import EventGroup

FIELDS = ",".join(
    f"EventGroup{name}"
    for name in (
        "Title",
        "SeriousNumAffected",
        "SeriousNumAtRisk",
        "OtherNumAffected",
        "OtherNumAtRisk",
    )
)
"""Pieces of the registry's study structure, API 2.0.5."""


class _Group(Wire, frozen=True):
    title: str | None = None
    serious_num_affected: int | None = None
    serious_num_at_risk: int | None = None
    other_num_affected: int | None = None
    other_num_at_risk: int | None = None


class _Module(Wire, frozen=True):
    event_groups: tuple[_Group, ...] = ()


class _Results(Wire, frozen=True):
    adverse_events: _Module = msgspec.field(name="adverseEventsModule", default=_Module())


class _Study(Wire, frozen=True):
    results: _Results = msgspec.field(name="resultsSection", default=_Results())


_study = msgspec.json.Decoder(_Study)


def read_events(body: bytes) -> tuple[EventGroup, ...]:
    """An answer of ``/studies/{nctId}`` with ``FIELDS``; none without results.

    Raises ValueError (of msgspec) where it is no such answer.
    """
    groups = _study.decode(body).results.adverse_events.event_groups
    return tuple(
        EventGroup(
            title=group.title,
            serious_affected=group.serious_num_affected,
            serious_at_risk=group.serious_num_at_risk,
            other_affected=group.other_num_affected,
            other_at_risk=group.other_num_at_risk,
        )
        for group in groups
    )
