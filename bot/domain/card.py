"""A trial as a message: what is in the record, in an order that serves who waits for it."""

from __future__ import annotations

from datetime import date

from bot.domain.dates import DatedFact
from bot.domain.message import Button, Fact, Message, Section, Tone
from bot.domain.nct import registry_link
from bot.domain.outline import outline
from bot.domain.study import Eligibility, Enrollment, Site, Study
from bot.domain.words import phase_label, say, status_label, status_meaning

SITES_SHOWN = 12
"""Sites on a card before the rest is counted; most trials have fewer."""

_TONES = {
    "RECRUITING": Tone.GOOD,
    "AVAILABLE": Tone.GOOD,
    "SUSPENDED": Tone.CAUTION,
    "UNKNOWN": Tone.CAUTION,
    "TERMINATED": Tone.STOPPED,
    "WITHDRAWN": Tone.STOPPED,
}


def card(study: Study, *, data_day: date, stale: bool = False) -> Message:
    """The card of a trial. ``stale`` says that the registry could not be asked just now."""
    meaning = status_meaning(study.overall_status)
    lede = say("registry.out.stored", day=data_day) if stale else meaning
    return Message(
        title=study.title,
        lede=lede,
        facts=tuple(_facts(study)),
        sections=tuple(_sections(study)),
        buttons=(
            Button(say("button.follow"), action=f"follow {study.key.number}"),
            Button(say("button.history"), action=f"history {study.key.number}"),
            Button(say("button.registry"), url=registry_link(study.key)),
        ),
        footer=say("footer", day=data_day),
        link=registry_link(study.key),
        tone=tone_of(study.overall_status),
    )


def tone_of(status: str | None) -> Tone:
    """The colour that a status is shown in."""
    return _TONES.get(status or "", Tone.PLAIN)


def dated(fact: DatedFact) -> str:
    """A date with a word on whether it has happened, where the record says so."""
    key = {"ACTUAL": "date.actual", "ESTIMATED": "date.estimated"}.get(fact.type or "")
    return say(key or "date.actual", date=fact.date)


def _facts(study: Study) -> list[Fact]:
    values = (
        ("number", study.key.number),
        ("status", status_label(study.overall_status)),
        ("phase", phase_label(study.phases)),
        ("conditions", ", ".join(study.conditions)),
        ("treatments", ", ".join(i.name for i in study.interventions if i.name)),
        ("sponsor", study.lead_sponsor.name),
        ("participants", _participants(study.enrollment)),
        ("ages", _ages(study.eligibility)),
        ("sex", _sex(study.eligibility)),
        ("healthy", _healthy(study.eligibility)),
        ("start", dated(study.start) if study.start else None),
        ("completion", dated(study.completion) if study.completion else None),
        ("results", say("fact.results.yes") if study.has_results else None),
        ("updated", str(study.last_update_posted.date) if study.last_update_posted else None),
        ("verified", str(study.status_verified) if study.status_verified else None),
    )
    return [Fact(say(f"fact.{name}"), value) for name, value in values if value]


def _participants(enrollment: Enrollment) -> str | None:
    if enrollment.count is None:
        return None
    key = {"ACTUAL": "fact.participants.actual", "ESTIMATED": "fact.participants.estimated"}.get(
        enrollment.type or ""
    )
    return say(key, count=enrollment.count) if key else str(enrollment.count)


def _ages(eligibility: Eligibility) -> str | None:
    minimum, maximum = eligibility.minimum_age, eligibility.maximum_age
    if minimum and maximum:
        return say("fact.ages.range", minimum=minimum, maximum=maximum)
    if minimum:
        return say("fact.ages.from", minimum=minimum)
    return say("fact.ages.to", maximum=maximum) if maximum else None


def _sex(eligibility: Eligibility) -> str | None:
    sex = eligibility.sex
    return say(f"sex.{sex}") if sex in {"ALL", "FEMALE", "MALE"} else sex


def _healthy(eligibility: Eligibility) -> str | None:
    if eligibility.healthy_volunteers is None:
        return None
    return say("fact.healthy.yes" if eligibility.healthy_volunteers else "fact.healthy.no")


def _sections(study: Study) -> list[Section]:
    sections = []
    if study.brief_summary:
        sections.append(Section(say("section.summary"), outline(study.brief_summary)))
    if study.eligibility.criteria:
        lines = outline(study.eligibility.criteria)
        sections.append(Section(say("section.eligibility"), lines, folded=True))
    if study.sites:
        heading = say("section.sites", count=len(study.sites))
        sections.append(Section(heading, tuple(_site_lines(study.sites))))
    return sections


def _site_lines(sites: tuple[Site, ...]) -> list[str]:
    lines = [
        say("section.sites.line", place=site.place, status=status_label(site.status))
        if site.status
        else site.place
        for site in sites[:SITES_SHOWN]
    ]
    if len(sites) > SITES_SHOWN:
        lines.append(say("section.sites.more", count=len(sites) - SITES_SHOWN))
    return lines
