"""Who can join: first from fields, then the criteria, grouped by what they are about.

A line is shown in plainer words where a rule has them and the guard lets them pass, else as it is
written; where the record does not say which side a line is on, all are as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.message import Section
from bot.domain.outline import BULLETS
from bot.domain.plain.categories import Category, category_of
from bot.domain.plain.criteria import Criteria, Criterion, Side, criteria_of, says_that_more_apply
from bot.domain.plain.rewrite import reword
from bot.domain.study import Eligibility, Study
from bot.domain.words import known, say

CLOSED = frozenset(
    {"ACTIVE_NOT_RECRUITING", "COMPLETED", "SUSPENDED", "TERMINATED", "WITHDRAWN"}
    | {"NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE"}
)
"""Statuses in which nobody new is taken in."""

_ORDER = {category: place for place, category in enumerate(Category)}


def join_sections(study: Study) -> tuple[Section, ...]:
    """Age, sex and health from fields; then each side of the criteria, or one list as written."""
    eligibility = study.eligibility
    criteria = criteria_of(eligibility.criteria)
    sections = [Section(say("join.heading"), tuple(_fields(eligibility)))]
    if criteria.told_apart:
        for side in Side:
            rules = [one for one in criteria.of(side) if not says_that_more_apply(one.text)]
            sections.extend(_side(rules, side))
    elif criteria.lines:
        lines = tuple(_as_written(line) for line in criteria.lines)
        sections.append(Section(say("join.as_written"), lines))
    sections.append(Section(say("join.note"), tuple(_notes(study, criteria))))
    return tuple(sections)


def original_sections(study: Study) -> tuple[Section, ...]:
    """The criteria as the sponsor wrote them, line by line."""
    text = study.eligibility.criteria or ""
    lines = tuple(line.rstrip() for line in text.splitlines() if line.strip())
    return (Section(say("join.original"), lines or (say("join.none"),)),)


def _fields(eligibility: Eligibility) -> Iterator[str]:
    minimum, maximum = _age(eligibility.minimum_age), _age(eligibility.maximum_age)
    if minimum and maximum:
        yield say("join.age.range", minimum=minimum, maximum=maximum)
    elif minimum:
        yield say("join.age.from", minimum=minimum)
    elif maximum:
        yield say("join.age.to", maximum=maximum)
    else:
        yield say("join.age.none")
    if eligibility.sex in {"ALL", "FEMALE", "MALE"}:
        yield say(f"join.sex.{eligibility.sex}")
    if eligibility.gender_based and eligibility.gender_description:
        yield say("join.gender", words=eligibility.gender_description)
    if eligibility.healthy_volunteers is not None:
        yield say("join.healthy.yes" if eligibility.healthy_volunteers else "join.healthy.no")


def _age(stated: str | None) -> str | None:
    """``18 Years`` within a sentence."""
    return stated.lower() if stated else None


def _side(lines: Sequence[Criterion], side: Side) -> Iterator[Section]:
    """One side: under the record's own headings, else grouped by what the lines are about."""
    if any(line.group for line in lines):
        groups: dict[str | None, list[Criterion]] = {}
        for line in lines:
            groups.setdefault(line.group, []).append(line)
        for group, members in groups.items():
            heading = (
                say(f"join.{side}") if group is None else say(f"join.{side}.group", group=group)
            )
            yield Section(heading, tuple(_shown(line) for line in members))
        return
    blocks: dict[Category, list[Criterion]] = {}
    for block in _blocks(lines):
        words = " ".join(line.text for line in block)
        blocks.setdefault(category_of(words), []).extend(block)
    for category in sorted(blocks, key=_ORDER.__getitem__):
        heading = say(f"join.{side}.about", about=say(f"join.about.{category}"))
        yield Section(heading, tuple(_shown(line) for line in blocks[category]))


def _blocks(lines: Sequence[Criterion]) -> Iterator[list[Criterion]]:
    """A line with all that is nested under it stays together."""
    block: list[Criterion] = []
    for line in lines:
        if block and line.level == 0 and line.lead_in is None:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _as_written(line: Criterion) -> str:
    """A nested line has the sign of its depth, which stays where leading blanks are cut."""
    if line.level == 0:
        return line.text
    return f"{'  ' * line.level}{BULLETS[min(line.level, len(BULLETS) - 1)]} {line.text}"


def _shown(line: Criterion) -> str:
    return _as_written(reword(line).line)


def _notes(study: Study, criteria: Criteria) -> Iterator[str]:
    if criteria.incomplete:
        yield say("join.incomplete")
    if not criteria.lines:
        yield say("join.none")
    if study.overall_status in CLOSED:
        yield say("join.closed")
    else:
        yield known(f"join.team_decides.{study.study_type}") or say("join.team_decides")
