"""What this could lead to, and what could go wrong: from fields, in words that promise nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.cards.short import about, is_control, masking
from bot.domain.cards.tested import MIDDLE
from bot.domain.message import Section
from bot.domain.study import Study
from bot.domain.words import known, say, status_meaning

STOPPED = frozenset({"SUSPENDED", "TERMINATED", "WITHDRAWN"})
SMALL = 2
"""A trial is called small with less than half the people of a middle one, not just below it."""
EARLY = frozenset({"EARLY_PHASE1", "PHASE1"})
_SILENT = frozenset({"COMPLETED", "UNKNOWN"})
"""Somebody may know what came of it, though the record does not say so."""
_NO_TREATMENT_ARMS = {
    "PLACEBO_COMPARATOR": "wrong.placebo",
    "SHAM_COMPARATOR": "wrong.sham",
    "NO_INTERVENTION": "wrong.nothing",
}


def leads_sections(study: Study) -> tuple[Section, ...]:
    """Both parts; what is not stated in the record is not said."""
    parts = (("leads.heading", _leads(study)), ("wrong.heading", _wrong(study)))
    return tuple(Section(say(key), tuple(lines)) for key, lines in parts)


def _leads(study: Study) -> Iterator[str]:
    """By phase and purpose; of a trial that stopped, that it did."""
    if study.overall_status in STOPPED:
        yield status_meaning(study.overall_status) or ""
        yield from reason(study)
        return
    if study.study_type == "OBSERVATIONAL":
        yield say("leads.OBSERVATIONAL")
    elif study.study_type == "EXPANDED_ACCESS":
        yield say("leads.EXPANDED_ACCESS")
    else:
        by_phase = known(f"leads.{'_'.join(study.phases)}")
        yield by_phase or known(f"leads.{about(study)}") or say("leads.OTHER")
        if by_phase or about(study) != "BASIC_SCIENCE":
            yield say("leads.not")
    if study.has_results:
        yield say("leads.results")
    elif study.study_type == "INTERVENTIONAL" and study.overall_status not in _SILENT:
        yield say("leads.unknown")


def reason(study: Study) -> Iterator[str]:
    """Why it stopped, in the sponsor's own words."""
    if study.why_stopped:
        yield say("wrong.why_stopped", reason=study.why_stopped)
    elif study.overall_status in STOPPED:
        yield say("wrong.why_stopped.none")


def _wrong(study: Study) -> Iterator[str]:
    if study.overall_status == "WITHDRAWN":
        yield say("wrong.WITHDRAWN")
        return
    if study.study_type == "INTERVENTIONAL":
        yield from _of_a_test(study)
    if study.study_type != "EXPANDED_ACCESS":
        yield from _watched(study)
    yield say("wrong.OBSERVATIONAL" if study.study_type == "OBSERVATIONAL" else "wrong.always")
    yield say("wrong.consent")


def _of_a_test(study: Study) -> Iterator[str]:
    count, middle = study.enrollment.count, MIDDLE.get(study.phases)
    if count and middle and SMALL * count < middle:
        yield say("wrong.small", count=count)
    if EARLY & set(study.phases):
        yield say("wrong.early")
    if study.intervention_model == "SINGLE_GROUP" and len(study.arm_groups) <= 1:
        yield say("wrong.single_group")
    if study.allocation == "NON_RANDOMIZED":
        yield say("wrong.not_by_chance")
    yield from _not_the_new_one(study)
    yield from masking(study)


def _not_the_new_one(study: Study) -> Iterator[str]:
    """Whoever may be put in a group that does not get what is tested is told so."""
    types = {arm.type for arm in study.arm_groups}
    found = [key for arm, key in _NO_TREATMENT_ARMS.items() if arm in types]
    if not found and any(is_control(one) for one in study.interventions):
        found = ["wrong.placebo"]
    crossover = study.intervention_model == "CROSSOVER"
    for key in found:
        yield say(f"{key}.CROSSOVER" if crossover else key)


def _watched(study: Study) -> Iterator[str]:
    """A missing field is "does not say": it never means that nobody watches."""
    board = study.oversight.oversight_has_dmc
    if board is not False:
        yield say("wrong.board" if board else "wrong.board.unsaid")
    else:
        yield say("wrong.board.no")
