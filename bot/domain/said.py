"""A filter said back in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bot.domain.asking.distance import in_miles
from bot.domain.filters import Filter
from bot.domain.words import known, phase_label, say, status_label, value_label


def filter_lines(wanted: Filter, miles: float | None = None) -> tuple[str, ...]:
    """One sentence for each part; () where nothing is asked for. ``miles`` say how near it is."""
    return tuple(_lines(wanted, miles))


def sponsor_label(agency_class: str) -> str:
    """The class of a sponsor as people say it."""
    return known(f"sponsor.{agency_class}") or value_label(agency_class)


def one_phase(phase: str) -> str:
    """A phase as people say it."""
    return phase_label((phase,)) or phase


def _lines(wanted: Filter, miles: float | None) -> Iterator[str]:
    yield from _several("status", "statuses", wanted.statuses, status_label)
    yield from _several("phase", "phases", wanted.phases, one_phase)
    yield from _several("type", "types", wanted.intervention_types, value_label)
    yield from _several("sponsor", "sponsors", wanted.sponsor_classes, sponsor_label)
    if wanted.age is not None:
        yield say("filter.age", age=wanted.age) if wanted.age else say("filter.age.first")
    if wanted.sex is not None:
        yield say(f"filter.sex.{wanted.sex}")
    if wanted.healthy_volunteers is not None:
        yield say("filter.healthy.yes" if wanted.healthy_volunteers else "filter.healthy.no")
    yield from _several("country", "countries", wanted.countries, str)
    if wanted.near is not None:
        place, kilometres = wanted.near.place.name, wanted.near.kilometres
        far = in_miles(miles, kilometres)
        key = "filter.near.miles" if far else "filter.near"
        yield say(key, place=place, kilometres=kilometres, miles=far)


def _several(
    one: str, many: str, values: Iterable[str], label: Callable[[str], str]
) -> Iterator[str]:
    labels = [label(value) for value in values]
    if len(labels) == 1:
        yield say(f"filter.{one}", **{one: labels[0]})
    elif labels:
        yield say(f"filter.{many}", **{many: ", ".join(labels)})
