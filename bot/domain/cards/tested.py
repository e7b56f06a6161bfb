"""What is tested: substances and other treatments as the record names them, groups, and size."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.cards.short import CONTROLS, is_compared, size_kind, tested
from bot.domain.message import Section
from bot.domain.study import ArmGroup, Intervention, Study
from bot.domain.words import known, phase_label, say

SUBSTANCES = frozenset(
    {"DRUG", "BIOLOGICAL", "GENETIC", "COMBINATION_PRODUCT", "DIETARY_SUPPLEMENT"}
)

MIDDLE = {
    ("EARLY_PHASE1",): 21,
    ("PHASE1",): 32,
    ("PHASE1", "PHASE2"): 42,
    ("PHASE2",): 60,
    ("PHASE2", "PHASE3"): 60,
    ("PHASE3",): 231,
    ("PHASE4",): 82,
    ("NA",): 60,
}
"""The middle value of how many take part, by phase, over 2,539 records of the registry."""

INTERVENTIONS_SHOWN = 12
ARMS_SHOWN = 12


def tested_sections(study: Study) -> tuple[Section, ...]:
    """Substances, other treatments, what they are compared with, the groups, and the size."""
    substances = [one for one in tested(study) if one.type in SUBSTANCES]
    others = [one for one in tested(study) if one.type not in SUBSTANCES]
    controls = [one for one in study.interventions if is_compared(study, one)]
    watched = study.interventions if study.study_type == "OBSERVATIONAL" else ()
    if watched:
        controls = []
    parts = (
        ("tested.substances", _treatments(substances)),
        ("tested.others" if substances else "tested.others.alone", _treatments(others)),
        ("tested.controls", _treatments(controls)),
        ("tested.watched", _treatments(watched)),
        ("tested.arms", list(_arms(study))),
        ("tested.size", list(size_lines(study))),
    )
    return tuple(Section(say(key), tuple(lines)) for key, lines in parts if lines)


def _treatments(interventions: list[Intervention] | tuple[Intervention, ...]) -> list[str]:
    """Each with its kind and the sponsor's words on it, doses as they are written."""
    lines = []
    for one in interventions[:INTERVENTIONS_SHOWN]:
        if not one.name:
            continue
        kind = _kind(one)
        key = "tested.named" if one.description is None else "tested.described"
        words = " ".join((one.description or "").split())
        lines.append(say(key, name=one.name, kind=kind, words=words))
        if one.other_names:
            lines.append(say("tested.also", name=one.name, names=", ".join(one.other_names)))
    if len(interventions) > INTERVENTIONS_SHOWN:
        lines.append(say("tested.more", count=len(interventions) - INTERVENTIONS_SHOWN))
    return lines


def _kind(one: Intervention) -> str:
    words = set((one.name or "").upper().replace("-", " ").split())
    for control in sorted(CONTROLS & words):
        return say(f"tested.type.{control}")
    return known(f"tested.type.{one.type}") or say("tested.type.OTHER")


def _arms(study: Study) -> Iterator[str]:
    """The groups, and that each person is in several where the record says so."""
    for arm in study.arm_groups[:ARMS_SHOWN]:
        yield _arm(arm)
    if len(study.arm_groups) > ARMS_SHOWN:
        yield say("tested.more", count=len(study.arm_groups) - ARMS_SHOWN)
    if study.intervention_model == "CROSSOVER":
        yield say("short.CROSSOVER")


def _arm(arm: ArmGroup) -> str:
    if arm.type is None:
        return arm.label or say("tested.arm.unnamed")
    kind = known(f"tested.arm.{arm.type}") or say("tested.arm.OTHER")
    return say("tested.arm", label=arm.label or say("tested.arm.unnamed"), kind=kind)


def size_lines(study: Study) -> Iterator[str]:
    """How many people, and how many that is for its phase. The middle value has its source."""
    count, middle = study.enrollment.count, MIDDLE.get(study.phases)
    if count is None:
        return
    if count == 0:
        yield say("tested.size.none")
        return
    yield say(f"tested.size.{size_kind(study)}", count=count)
    if middle is not None:
        no_phase = study.phases == ("NA",)
        phase = say("tested.size.no_phase") if no_phase else phase_label(study.phases)
        key = "less" if count < middle else "more" if count > middle else "same"
        yield say(f"tested.size.{key}", middle=middle, phase=phase)
