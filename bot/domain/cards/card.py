"""A trial as a message: the head of its card, and each part a tap away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

import msgspec

from bot.domain.cards.context import Context
from bot.domain.cards.happened import OLD_AFTER_MONTHS, months_since
from bot.domain.cards.parts import Part, pages_of, part_buttons
from bot.domain.cards.short import about, in_short, named_conditions, tested_names
from bot.domain.cards.where import placed
from bot.domain.dates import PartialDate
from bot.domain.message import Button, Fact, Message, Section
from bot.domain.nct import registry_link
from bot.domain.paging import room_in
from bot.domain.study import Study
from bot.domain.tone import tone_of
from bot.domain.words import phase_label, say, status_label

COUNTRIES_NAMED = 3

CONDITIONS_ROOM = 900
"""Characters of conditions on the head; the longest list of 2,539 records fits."""

PAGE_LINE = 80
"""What it takes to say which page of which part this is."""


def card(study: Study, context: Context) -> Message:
    """The head of the card: what it is, whether it is open, where, and how fresh that is."""
    number = study.key.number
    notes = tuple(_notes(study, context))
    return Message(
        title=plain_title(study),
        lede=in_short(study),
        facts=tuple(_facts(study, context)),
        sections=(Section(say("join.note"), notes),) if notes else (),
        buttons=(
            Button(say("button.follow"), action=f"follow {number}"),
            *part_buttons(study, None, 1, 1),
            Button(say("button.print"), action=f"print {number}"),
            Button(say("button.history"), action=f"history {number}"),
            Button(say("button.registry"), url=registry_link(study.key)),
        ),
        footer=say("footer", day=context.data_day),
        link=registry_link(study.key),
        tone=tone_of(study.overall_status),
    )


def card_part(study: Study, part: Part, page: int, context: Context) -> Message:
    """One page of one part of the card, in place of the head; one beyond the last is the last."""
    bare = Message(
        title=plain_title(study),
        facts=(Fact(say("fact.number"), study.key.number),),
        footer=say("footer", day=context.data_day),
        link=registry_link(study.key),
        tone=tone_of(study.overall_status),
    )
    pages = pages_of(study, part, context, room_in(bare) - PAGE_LINE)
    page = min(page, len(pages))
    name = say(f"part.{part}")
    lede = say("part.page", part=name, page=page, pages=len(pages)) if len(pages) > 1 else None
    return msgspec.structs.replace(
        bare,
        lede=lede,
        sections=pages[page - 1],
        buttons=part_buttons(study, part, page, len(pages)),
    )


def plain_title(study: Study) -> str:
    """What it is in a line: purpose, condition, treatment and phase, all from fields."""
    title = say(f"title.{about(study)}", conditions=named_conditions(study))
    names = tested_names(study)
    if names:
        title = say("title.with", title=title, names=names)
    phase = phase_label(study.phases) if study.phases != ("NA",) else None
    return say("title.phase", title=title, phase=phase) if phase else title


def _facts(study: Study, context: Context) -> Iterator[Fact]:
    values = (
        ("number", study.key.number),
        ("registered", study.brief_title),
        ("status", status_label(study.overall_status)),
        ("conditions", _conditions(study.conditions)),
        ("where", _where(study, context)),
        ("sponsor", study.lead_sponsor.name),
        ("updated", str(study.last_update_posted.date) if study.last_update_posted else None),
        ("verified", str(study.status_verified) if study.status_verified else None),
    )
    return (Fact(say(f"fact.{name}"), value) for name, value in values if value)


def _conditions(names: tuple[str, ...]) -> str:
    """All of them; of very many the first, and how many more there are."""
    ends = accumulate(len(name) + 2 for name in names)
    most = max(1, sum(end <= CONDITIONS_ROOM for end in ends))
    first, more = ", ".join(names[:most]), len(names) - most
    if more <= 0:
        return first
    return say("short.one_more" if more == 1 else "short.more", names=first, count=more)


def _where(study: Study, context: Context) -> str | None:
    """The nearest place for a chat that has one, else how many there are and in which countries."""
    sites = placed(study, context.near)
    if not sites:
        return None
    first = sites[0]
    if first.distance is not None:
        key = "fact.where.near" if len(sites) > 1 else "fact.where.near.one"
        distance = f"{first.distance:.0f}"
        return say(key, place=first.site.place, distance=distance, count=len(sites) - 1)
    if len(sites) == 1:
        return say("fact.where.one", place=first.site.place)
    counts = Counter(site.country for site in study.sites if site.country)
    named = [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    countries = ", ".join(named[:COUNTRIES_NAMED])
    if len(named) > COUNTRIES_NAMED:
        countries = say("short.more", names=countries, count=len(named) - COUNTRIES_NAMED)
    return say("fact.where.count", count=len(sites), countries=countries)


def _notes(study: Study, context: Context) -> Iterator[str]:
    if context.stale:
        yield say("registry.out.stored", day=context.data_day)
    months = months_since(study.status_verified, PartialDate.of(context.today))
    if months is not None and months > OLD_AFTER_MONTHS:
        yield say("card.out_of_date", date=study.status_verified)
