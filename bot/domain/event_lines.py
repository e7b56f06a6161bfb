"""That a trial is new, came or left, as one sentence that names the part of the filter."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.filters import Filter, Miss
from bot.domain.notice import Match
from bot.domain.watch import Interest
from bot.domain.words import phase_label, say, status_label, value_label


def event_line(match: Match, interest: Interest, status: str | None) -> str:
    """What the trial is to somebody who follows this; ``status`` is the trial's overall one."""
    wanted, part = interest.filter, match.part
    key = f"event.{match.event}"
    if part is None:
        return say(key, words=interest.words)
    if part is Miss.HEALTHY_VOLUNTEERS:
        key = f"{key}.{part}.{'yes' if wanted.healthy_volunteers else 'no'}"
    else:
        key = f"{key}.{part}"
    return say(key, words=interest.words, status=status_label(status), **_asked(wanted))


def _asked(wanted: Filter) -> dict[str, object]:
    """What the filter asks for, in words; what it does not ask for stands empty."""
    near = wanted.near
    return {
        "kilometres": near.kilometres if near else "",
        "place": near.place.name if near else "",
        "countries": _any_of(wanted.countries),
        "age": wanted.age,
        "people": say(f"event.people.{wanted.sex}") if wanted.sex else "",
        "phases": _any_of([phase_label((one,)) or one for one in wanted.phases]),
        "types": _any_of([value_label(one) for one in wanted.intervention_types]),
        "sponsors": _any_of([value_label(one) for one in wanted.sponsor_classes]),
    }


def _any_of(values: Sequence[str]) -> str:
    *some, last = values or [""]
    return say("list.or", some=", ".join(some), last=last) if some else last
