"""The ways in which buttons narrow a question, one part at a time."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.domain.filters import NO_FILTER
from bot.domain.place import Near
from bot.domain.question import Question
from bot.domain.said import one_phase
from bot.domain.words import say, status_label, value_label

STATUSES = ("RECRUITING", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING")
PHASES = ("PHASE1", "PHASE2", "PHASE3", "PHASE4")
TYPES = ("DRUG", "BIOLOGICAL", "DEVICE", "BEHAVIORAL")
"""Those that are offered; all others can be typed."""


class Narrower(msgspec.Struct, frozen=True):
    """One way, with the label of its button."""

    label: str
    question: Question


def narrowing(question: Question, here: Near | None) -> Iterator[Narrower]:
    """The ways that are left. Of statuses, phases and types one more can be added to others."""
    wanted = question.filter
    yield from _adding(question, "statuses", STATUSES)
    if here is not None and wanted.near is None:
        yield Narrower(say("button.narrow.near"), question.narrowed(near=here))
    yield from _adding(question, "phases", PHASES)
    yield from _adding(question, "intervention_types", TYPES)
    if wanted.sex is None:
        for sex in ("FEMALE", "MALE"):
            label = say("button.narrow.sex", sex=say(f"sex.{sex}"))
            yield Narrower(label, question.narrowed(sex=sex))
    if not wanted.sponsor_classes:
        label = say("button.narrow.sponsor", sponsor=value_label("INDUSTRY"))
        yield Narrower(label, question.narrowed(sponsor_classes=("INDUSTRY",)))
    if wanted.healthy_volunteers is None:
        yield Narrower(say("button.narrow.healthy"), question.narrowed(healthy_volunteers=True))
    if not wanted.is_empty and question.name:
        bare = msgspec.structs.replace(question, filter=NO_FILTER, page=1)
        yield Narrower(say("button.narrow.none"), bare)


def _adding(question: Question, part: str, offered: tuple[str, ...]) -> Iterator[Narrower]:
    already: tuple[str, ...] = getattr(question.filter, part)
    for value in offered:
        if value not in already:
            more = tuple(sorted({*already, value}))
            yield Narrower(_label(part, value), question.narrowed(**{part: more}))


def _label(part: str, value: str) -> str:
    match part:
        case "statuses":
            return say("button.narrow.status", status=status_label(value))
        case "phases":
            return say("button.narrow.phase", phase=one_phase(value))
        case _:
            return say("button.narrow.type", type=value_label(value))
