"""A trial on paper, for the appointment: what to know, and questions with room to write."""

from __future__ import annotations

import enum
from datetime import date

import msgspec

from bot.domain.cards.card import plain_title
from bot.domain.cards.context import Context
from bot.domain.cards.doctor import questions
from bot.domain.cards.join import join_sections
from bot.domain.cards.leads import leads_sections
from bot.domain.cards.short import in_short
from bot.domain.cards.where import placed
from bot.domain.countries import country_key
from bot.domain.message import Button, Fact, File, Message, Section
from bot.domain.nct import registry_link
from bot.domain.study import Study
from bot.domain.words import say, status_label

PLACES_PRINTED = 8
LINES_PRINTED = 24
"""Of the criteria: the whole fits on no three pages for one trial in ten, and is at the link."""


class Paper(enum.StrEnum):
    """The sizes that printers hold."""

    A4 = "a4"
    LETTER = "us-letter"


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed, whole sentences in their order."""

    title: str
    short: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    ask: str
    questions: tuple[str, ...]
    link: str
    day: date
    footer: tuple[str, ...]
    paper: Paper = Paper.A4


def sheet(study: Study, context: Context, paper: Paper = Paper.A4) -> Sheet:
    """What goes on one to three pages."""
    facts = (
        ("number", study.key.number),
        ("registered", study.brief_title),
        ("status", status_label(study.overall_status)),
        ("conditions", ", ".join(study.conditions)),
        ("sponsor", study.lead_sponsor.name),
        ("updated", str(study.last_update_posted.date) if study.last_update_posted else None),
    )
    return Sheet(
        title=plain_title(study),
        short=in_short(study),
        facts=tuple(Fact(say(f"fact.{name}"), value) for name, value in facts if value),
        sections=(*_join(study), *leads_sections(study), _where(study, context)),
        ask=say("ask.heading"),
        questions=tuple(say(f"ask.{key}") for key in questions(study)),
        link=registry_link(study.key),
        day=context.data_day,
        footer=(say("made.gaps"), say("made.no_advice"), say("made.day", day=context.data_day)),
        paper=paper,
    )


def _join(study: Study) -> tuple[Section, ...]:
    """The beginning of who can join, and that there is more where there is."""
    shown, left = list[Section](), LINES_PRINTED
    sections = join_sections(study)
    for section in sections:
        if left > 0:
            shown.append(Section(section.heading, section.lines[:left]))
        left -= len(section.lines)
    if left < 0:
        shown.append(Section(say("join.note"), (say("sheet.more", count=-left),)))
    return tuple(shown)


def _where(study: Study, context: Context) -> Section:
    sites = placed(study, context.near)
    lines = [one.site.place for one in sites[:PLACES_PRINTED]]
    if len(sites) > PLACES_PRINTED:
        lines.append(say("section.sites.more", count=len(sites) - PLACES_PRINTED))
    return Section(say("where.heading", count=len(sites)), tuple(lines) or (say("where.none"),))


_LETTER_COUNTRIES = frozenset({"united states", "canada", "mexico", "philippines"})


def paper_asked(text: str, context: Context) -> Paper:
    """The paper that was named; else the one that the chat's country uses."""
    words = text.lower().split()
    if "a4" in words:
        return Paper.A4
    here = context.near.place.country if context.near else None
    letter = "letter" in words or country_key(here or "") in _LETTER_COUNTRIES
    return Paper.LETTER if letter else Paper.A4


def printed(study: Study, context: Context, pdf: bytes) -> Message:
    """The message that brings the page."""
    number = study.key.number
    return Message(
        title=say("print.title", number=number),
        lede=say("print.lede"),
        files=(File(f"{number}.pdf", "application/pdf", pdf),),
        buttons=(Button(say("button.trial"), action=f"trial {number}"),),
        footer=say("footer", day=context.data_day),
    )
