"""The parts of a card that stand a tap away, and the way from one to another."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping

import msgspec

from bot.domain.cards.context import Context
from bot.domain.cards.doctor import doctor_sections
from bot.domain.cards.happened import happened_sections
from bot.domain.cards.join import join_sections, original_sections
from bot.domain.cards.leads import leads_sections
from bot.domain.cards.tested import tested_sections
from bot.domain.cards.where import where_pages
from bot.domain.message import Button, Section
from bot.domain.nct import registry_link
from bot.domain.paging import page_buttons, split
from bot.domain.plain.glossary.book import SOURCES, hard_words
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
    WORDS = "words"
    ANSWERS = "answers"
    SOURCES = "sources"


SHOWN = (
    Part.TESTED,
    Part.LEADS,
    Part.JOIN,
    Part.WHERE,
    Part.HAPPENED,
    Part.ASK,
    Part.WORDS,
    Part.ANSWERS,
    Part.SOURCES,
)
"""Those with a button on the card; the original is a tap from who can join."""

WORDS_SHOWN = 40

LAST_PAGE = 999
"""More than any part has: ten thousand places."""


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


Pages = tuple[tuple[Section, ...], ...]


def pages_of(study: Study, part: Part, context: Context, room: int) -> Pages:
    """What one part says, as pages that weigh at most ``room`` (``bot.domain.paging``)."""
    if part is Part.WHERE:
        places = where_pages(study, context.near, room)
        return tuple(page for sections in places for page in split(sections, room))
    return split(_sections_of(study, part, context), room)


def _sections_of(study: Study, part: Part, context: Context) -> tuple[Section, ...]:
    if part is Part.HAPPENED:
        return happened_sections(study, context)
    if part is Part.SOURCES:
        return sources_sections(study, context)
    return _OF_THE_RECORD[part](study)


def words_sections(study: Study) -> tuple[Section, ...]:
    """The hard words of the record in the order in which they appear, each with one line."""
    treatments = [text for one in study.interventions for text in (one.name, one.description)]
    texts = (
        *study.conditions,
        study.brief_title,
        *treatments,
        study.eligibility.criteria,
        *(outcome.measure for outcome in study.outcomes),
    )
    found = hard_words(text for text in texts if text)
    lines = tuple(say("words.line", word=one.word, line=one.line) for one in found[:WORDS_SHOWN])
    sources = tuple(SOURCES[key] for key in sorted({one.source for one in found[:WORDS_SHOWN]}))
    at_length = (Section(say("words.sources"), sources),) if sources else ()
    return (Section(say("words.heading"), lines or (say("words.none"),)), *at_length)


def answers_sections(_: Study) -> tuple[Section, ...]:
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


def part_buttons(study: Study, part: Part | None, page: int, pages: int) -> tuple[Button, ...]:
    """To the pages beside this one, from the criteria to the original, and to the other parts."""
    number = study.key.number
    buttons = list[Button]()
    if part is not None:
        buttons += page_buttons(page, pages, lambda to: f"trial {number} {part} {to}")
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


_OF_THE_RECORD: Mapping[Part, Callable[[Study], tuple[Section, ...]]] = {
    Part.TESTED: tested_sections,
    Part.LEADS: leads_sections,
    Part.JOIN: join_sections,
    Part.ORIGINAL: original_sections,
    Part.ASK: doctor_sections,
    Part.WORDS: words_sections,
    Part.ANSWERS: answers_sections,
}
"""What depends on nothing but the record."""
