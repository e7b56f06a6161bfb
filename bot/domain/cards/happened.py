"""What happened so far: dates, results, documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.domain.adverse import EventGroup
from bot.domain.cards.context import Context
from bot.domain.dates import DatedFact, PartialDate
from bot.domain.message import Section
from bot.domain.study import Study
from bot.domain.words import say

GROUPS_SHOWN = 12
OLD_AFTER_MONTHS = 12
"""From then on a record that nobody confirmed may be out of date."""


_POSTED = frozenset({"first_posted", "updated"})
"""Days of the registry's own; it calls old ones estimated, though they have happened."""


def happened_sections(study: Study, context: Context) -> tuple[Section, ...]:
    """The dates in their order, and whether results and documents are posted."""
    sections = [Section(say("happened.heading"), tuple(_dates(study, context.today)))]
    documents = tuple(one.label for one in study.documents if one.label)
    if documents:
        sections.append(Section(say("happened.documents"), documents))
    if study.has_results:
        lines = tuple(event_lines(context.events))
        if lines:
            sections.append(Section(say("happened.events"), lines))
    return tuple(sections)


def event_lines(groups: tuple[EventGroup, ...] | None) -> Iterator[str]:
    """How many of how many people had an event, never a share and never a comparison."""
    if groups is None:
        yield say("happened.events.out")
        return
    lines = list(_counts(groups[:GROUPS_SHOWN]))
    if not lines:
        return
    yield from lines
    if len(groups) > GROUPS_SHOWN:
        yield say("happened.events.more", count=len(groups) - GROUPS_SHOWN)
    yield say("happened.events.note")


def _counts(groups: tuple[EventGroup, ...]) -> Iterator[str]:
    for group in groups:
        title = group.title or say("tested.arm.unnamed")
        for kind, count, total in (
            ("serious", group.serious_affected, group.serious_at_risk),
            ("other", group.other_affected, group.other_at_risk),
        ):
            if count is not None and total:
                yield say(f"happened.events.{kind}", group=title, count=count, total=total)


def months_since(verified: PartialDate | None, today: PartialDate) -> int | None:
    """How many months ago the sponsor confirmed the record; None where that is not stated."""
    if verified is None:
        return None
    return (today.year - verified.year) * 12 + (today.month or 1) - (verified.month or 1)


def _dates(study: Study, today: date) -> Iterator[str]:
    facts = (
        ("first_posted", study.first_posted),
        ("start", study.start),
        ("primary", study.primary_completion),
        ("completion", study.completion),
        ("updated", study.last_update_posted),
    )
    withdrawn = study.overall_status == "WITHDRAWN"
    for key, fact in facts:
        if fact is not None:
            given = fact.date if key in _POSTED else _dated(fact, today, ended=withdrawn)
            yield say(f"happened.{key}", date=given)
    if study.status_verified is not None:
        yield say("happened.verified", date=study.status_verified)
    yield _results(study)


def _dated(fact: DatedFact, today: date, *, ended: bool) -> str:
    """A day that went by without word, or of a trial that never began, is not expected any more."""
    if fact.type == "ESTIMATED" and (ended or _passed(fact.date, today)):
        return say("happened.was_expected", date=fact.date)
    key = "date.estimated" if fact.type == "ESTIMATED" else "date.actual"
    return say(key, date=fact.date)


def _passed(stated: PartialDate, today: date) -> bool:
    """Whether the whole of that day, month or year is over."""
    now = (today.year, today.month, today.day)
    given = [part for part in (stated.year, stated.month, stated.day) if part is not None]
    return tuple(given) < now[: len(given)]


def _results(study: Study) -> str:
    if study.has_results:
        posted = study.results_first_posted
        if posted is None:
            return say("happened.results.yes")
        return say("happened.results", date=posted.date)
    ended = study.overall_status in {"COMPLETED", "TERMINATED"}
    return say("happened.results.late" if ended else "happened.results.none")
