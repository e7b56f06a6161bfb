"""In short: one paragraph, each sentence from a field, none from the sponsor's prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.study import Intervention, Study
from bot.domain.words import known, say, status_meaning

CONDITIONS_NAMED = 2
INTERVENTIONS_NAMED = 2
"""More names make a list that nobody reads; the rest is counted."""

CONTROLS = frozenset({"PLACEBO", "SHAM"})
_COMPARED = frozenset(
    {"ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION"}
)
ENDED = frozenset({"COMPLETED", "TERMINATED", "WITHDRAWN"})
"""Nobody takes part any more."""
_MASKED = ("PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR")
"""In the order in which people ask for them."""


def in_short(study: Study) -> str:
    """The paragraph. Every number in it stands in the record."""
    return " ".join(_sentences(study))


def _sentences(study: Study) -> Iterator[str]:
    yield say(f"short.{about(study)}", conditions=named_conditions(study))
    names = tested_names(study)
    if names:
        given = study.study_type == "EXPANDED_ACCESS"
        yield say("short.given" if given else "short.tested", names=names)
    phase = known(f"short.{'_'.join(study.phases)}")
    if phase:
        yield phase
    yield from _size(study)
    if study.enrollment.count != 0:
        yield from _groups(study)
        yield from masking(study)
    meaning = status_meaning(study.overall_status)
    if meaning:
        yield meaning


def about(study: Study) -> str:
    """The type of a study, or the purpose of a test, as the catalogue's keys have it."""
    if study.study_type != "INTERVENTIONAL":
        return study.study_type if study.study_type in _TYPES else "OTHER"
    purpose = study.primary_purpose or "OTHER"
    return purpose if known(f"short.{purpose}") is not None else "OTHER"


_TYPES = frozenset({"OBSERVATIONAL", "EXPANDED_ACCESS"})


def tested(study: Study) -> tuple[Intervention, ...]:
    """What is tested, without what it is only compared with; of an observation nothing is."""
    if study.study_type == "OBSERVATIONAL":
        return ()
    return tuple(one for one in study.interventions if not is_compared(study, one))


def is_compared(study: Study, intervention: Intervention) -> bool:
    """Whether it is there to compare with: a control, or given in no group that is tested.

    The second is said only of a trial whose record has a group that is tested, and puts this in
    others by name.
    """
    if is_control(intervention):
        return True
    types = {arm.label: arm.type for arm in study.arm_groups}
    given = {types.get(label) for label in intervention.arm_group_labels}
    return "EXPERIMENTAL" in types.values() and bool(given) and given <= _COMPARED


def is_control(intervention: Intervention) -> bool:
    """Whether the record itself calls it a placebo or a sham."""
    words = (intervention.name or "").upper().replace("-", " ").split()
    return not CONTROLS.isdisjoint(words)


def tested_names(study: Study) -> str:
    """The first names of what is tested, and how many more there are; empty where none is."""
    return _named([one.name for one in tested(study) if one.name], INTERVENTIONS_NAMED)


def named_conditions(study: Study) -> str:
    """The first conditions as the registrant names them, and how many more there are."""
    return _named(study.conditions, CONDITIONS_NAMED) or say("short.no_conditions")


def _named(names: Sequence[str], most: int) -> str:
    more = len(names) - most
    if not names:
        return ""
    first = names[0] if len(names) == 1 else say("short.two", first=names[0], second=names[1])
    if more > 0:
        first = ", ".join(names[:most])
        return say("short.one_more" if more == 1 else "short.more", names=first, count=more)
    return first


def _size(study: Study) -> Iterator[str]:
    count = study.enrollment.count
    if count is None or study.study_type == "EXPANDED_ACCESS":
        return
    if count == 0:
        yield say("short.size.none")
        return
    kind = size_kind(study)
    yield say(f"short.size.{kind}.one" if count == 1 else f"short.size.{kind}", count=count)


def size_kind(study: Study) -> str:
    """Whether people are planned, counted, or counted after the end."""
    if study.enrollment.type != "ACTUAL":
        return "planned"
    return "ended" if study.overall_status in ENDED else "counted"


def _groups(study: Study) -> Iterator[str]:
    if study.allocation in {"RANDOMIZED", "NON_RANDOMIZED"}:
        yield say(f"short.{study.allocation}")
    if study.intervention_model == "CROSSOVER":
        yield say("short.CROSSOVER")
    if study.intervention_model == "SINGLE_GROUP" and len(study.arm_groups) <= 1:
        yield say("short.SINGLE_GROUP")


def masking(study: Study) -> Iterator[str]:
    """Who does not know what is given: the people that the record names, never a word for it."""
    if study.masking == "NONE":
        yield say("short.masking.NONE")
    for who in _MASKED:
        if who in study.who_masked:
            yield say(f"short.masked.{who}")
