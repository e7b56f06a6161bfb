"""Questions for the doctor or the study team: those that the record calls for come first."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.cards.leads import STOPPED
from bot.domain.cards.short import ENDED, is_control
from bot.domain.message import Section
from bot.domain.plain.criteria import criteria_of
from bot.domain.study import Study
from bot.domain.traits import years
from bot.domain.words import say

MOST = 12
ADULT = 18
"""Years from which on somebody alone agrees to take part, nearly everywhere."""

ALWAYS = (
    "purpose", "effects", "visits", "choices", "stop", "costs", "medicines", "care", "data",
    "results", "night",
)  # fmt: skip
ACCESS = ("access", "studies")
"""What people ask of a treatment that is given outside a trial."""
_OF_STUDIES = frozenset({"purpose", "results"})
_CONTROL_ARMS = frozenset({"PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION"})
_PREGNANCY = ("pregnan", "childbearing", "child-bearing", "contracept", "breastfeed", "lactat")


def questions(study: Study) -> tuple[str, ...]:
    """At most twelve, as the catalogue's keys behind ``ask.``: the particular ones first."""
    if study.overall_status in ENDED or study.overall_status == "NO_LONGER_AVAILABLE":
        return tuple(_after_the_end(study))
    if study.study_type == "EXPANDED_ACCESS":
        always = [key for key in ALWAYS if key not in _OF_STUDIES]
        return (*ACCESS, *_called_for(study), *always)[:MOST]
    return (*_called_for(study), *ALWAYS)[:MOST]


def doctor_sections(study: Study) -> tuple[Section, ...]:
    """The questions in words."""
    lines = tuple(say(f"ask.{key}") for key in questions(study))
    return (Section(say("ask.heading"), lines),)


def _after_the_end(study: Study) -> Iterator[str]:
    """Nobody can join any more: how it ended, and what there is instead."""
    if study.overall_status in STOPPED:
        yield "why_stopped"
    if study.overall_status in ENDED - {"WITHDRAWN"}:
        yield from ("found", "effects", "after")
    yield from ("others", "choices")


def _called_for(study: Study) -> Iterator[str]:
    arms = {arm.type for arm in study.arm_groups}
    phases = set(study.phases)
    conditions = {
        "why_stopped": study.overall_status in STOPPED,
        "site_open": study.overall_status == "RECRUITING" and bool(study.sites),
        "placebo": bool(arms & _CONTROL_ARMS) or any(map(is_control, study.interventions)),
        "random": study.allocation == "RANDOMIZED",
        "masked": bool(study.who_masked),
        "phase1": bool(phases & {"EARLY_PHASE1", "PHASE1"}),
        "dose": study.intervention_model == "SEQUENTIAL",
        "used": bool(phases & {"PHASE3", "PHASE4"}),
        "healthy": study.eligibility.healthy_volunteers is True,
        "pregnancy": _speaks_of_pregnancy(study),
        "child": (years(study.eligibility.minimum_age) or ADULT) < ADULT,
        "after": bool(phases & {"PHASE2", "PHASE3", "PHASE4"}),
        "samples": study.bio_spec.retention not in (None, "NONE_RETAINED"),
    }
    return (key for key, holds in conditions.items() if holds)


def _speaks_of_pregnancy(study: Study) -> bool:
    lines = criteria_of(study.eligibility.criteria).lines
    return any(word in line.text.lower() for line in lines for word in _PREGNANCY)
