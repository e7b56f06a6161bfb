"""The parts of a card that stand a tap away, and the way from one to another."""

from __future__ import annotations

import enum

import msgspec

from bot.domain.cards.context import Context
from bot.domain.cards.doctor import doctor_sections
from bot.domain.cards.happened import happened_sections
from bot.domain.cards.join import join_sections, original_sections
from bot.domain.cards.leads import leads_sections
from bot.domain.cards.tested import tested_sections
from bot.domain.cards.where import pages, where_sections
from bot.domain.message import Button, Section
from bot.domain.nct import registry_link
from bot.domain.study import Study
from bot.domain.words import say


class Part(enum.StrEnum):
    """What is asked for behind the number: ``trial NCT00902044 where 2``."""

    TESTED = "tested"
    LEADS = "leads"
    JOIN = "join"
    ORIGINAL = "original"
    WHERE = "where"
    HAPPENED = "happened"
    ASK = "ask"
    ANSWERS = "answers"
    SOURCES = "sources"


SHOWN = (
    Part.TESTED,
    Part.LEADS,
    Part.JOIN,
    Part.WHERE,
    Part.HAPPENED,
    Part.ASK,
    Part.ANSWERS,
    Part.SOURCES,
)
"""Those with a button on the card; the original is a tap from who can join."""

LAST_PAGE = 999
"""Ten thousand places: more than any trial has."""


class AskedPart(msgspec.Struct, frozen=True):
    """A part of a card, and which page of it, from 1."""

    part: Part
    page: int


def asked_part(text: str) -> AskedPart | None:
    """Which part stands behind the number: ``NCT00902044 where 2``; None for the head."""
    for position, word in enumerate(words := text.lower().split()):
        if word in set(Part):
            rest = words[position + 1 :]
            page = int(rest[0]) if rest and rest[0].isdecimal() else 1
            return AskedPart(Part(word), max(1, min(page, LAST_PAGE)))
    return None


_ANSWERS = ("what", "join", "leave", "who", "status", "emergency")
_SOURCES = ("registry", "basics", "medline", "cancer", "ictrp")
_MADE = ("fields", "prose", "middle", "gaps", "no_advice")


def sections_of(study: Study, part: Part, page: int, context: Context) -> tuple[Section, ...]:
    """What one part says; ``page`` counts from 1 and matters for places only."""
    match part:
        case Part.TESTED:
            return tested_sections(study)
        case Part.LEADS:
            return leads_sections(study)
        case Part.JOIN:
            return join_sections(study)
        case Part.ORIGINAL:
            return original_sections(study)
        case Part.WHERE:
            return where_sections(study, context.near, page)
        case Part.HAPPENED:
            return happened_sections(study)
        case Part.ASK:
            return doctor_sections(study)
        case Part.ANSWERS:
            return answers_sections()
        case Part.SOURCES:
            return sources_sections(study, context)


def answers_sections() -> tuple[Section, ...]:
    """What people ask of every trial."""
    lines = [
        line
        for key in _ANSWERS
        for line in (say(f"answers.{key}"), "  " + say(f"answers.{key}.text"))
    ]
    return (Section(say("answers.heading"), tuple(lines)),)


def sources_sections(study: Study, context: Context) -> tuple[Section, ...]:
    """A fixed list beside the record itself, and how the card was made."""
    sources = (
        say("sources.record", link=registry_link(study.key)),
        *(say(f"sources.{key}") for key in _SOURCES),
    )
    made = (*(say(f"made.{key}") for key in _MADE), say("made.day", day=context.data_day))
    return (
        Section(say("sources.heading"), sources),
        Section(say("made.heading"), made),
    )


def part_buttons(study: Study, part: Part | None, page: int) -> tuple[Button, ...]:
    """To the other parts; within the places to the next page, from the criteria to the original."""
    number = study.key.number
    buttons = []
    if part is Part.WHERE and page < pages(study):
        buttons.append(Button(say("button.next"), action=f"trial {number} where {page + 1}"))
    if part is Part.JOIN:
        buttons.append(Button(say("part.original"), action=f"trial {number} original"))
    if part is not None:
        buttons.append(Button(say("part.back"), action=f"trial {number}"))
    buttons += [
        Button(say(f"part.{other}"), action=f"trial {number} {other}")
        for other in SHOWN
        if other is not part
    ]
    return tuple(buttons)
