"""What the desk says to a search: what was found, what narrows it, and which place is meant.

Actions are written in full here; those that are longer than a button takes are shortened when the
message is sent (``bot.services.commands.shelf``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from bot.domain.asking.asked import Missed
from bot.domain.asking.links import find_links
from bot.domain.asking.placing import NoSuchPlace, Which
from bot.domain.asking.unread import unread, without
from bot.domain.filters import NO_FILTER, Filter
from bot.domain.hits import FOUND, Hit, Hits, Nothing, is_open, spot
from bot.domain.kinds import NAMED
from bot.domain.message import Button, Message, Section
from bot.domain.narrowing import narrowing
from bot.domain.paging import page_buttons
from bot.domain.place import Near
from bot.domain.question import Question
from bot.domain.said import filter_lines
from bot.domain.shortening import short
from bot.domain.study import Site
from bot.domain.text import fold
from bot.domain.typing_back import typed
from bot.domain.words import say, status_label

A_PAGE = 5
"""Hits on a page, each with a button."""

TITLE = 120
"""Characters of a title in a line."""

HIT = 200
"""Characters of a hit's own title: trials of one series differ in their last words."""


def search_what() -> Message:
    """``/search`` alone."""
    return _simple("search.usage")


def button_gone() -> Message:
    """A button of long ago, whose question is no longer kept."""
    return _simple("search.gone")


def search_refused() -> Message:
    """The registry could not parse a search in its own words."""
    return _simple("search.refused")


def place_not_said() -> Message:
    """ "Near me" in a chat that never said where it is."""
    return _simple("place.not_said")


def place_unknown(place: NoSuchPlace) -> Message:
    """A place that nobody knows."""
    name = short(place.name, TITLE)
    return Message(title=say("place.unknown.title", name=name), lede=say("place.unknown.lede"))


def several_places() -> Message:
    """Near one place and near another."""
    return _simple("place.several")


def not_understood(command: str, missed: Missed) -> Message:
    """A value behind a key that cannot stand there: what was meant, for one press each."""
    meant = [
        Button(say("button.missed.meant", value=one.value), action=f"{command} {one.text}")
        for one in missed.meant
    ]
    others = []
    if missed.without:
        others.append(Button(say("button.missed.without"), action=f"{command} {missed.without}"))
    if missed.as_words and command in ("search", "follow"):
        words = f"{command} {missed.as_words}"
        others.append(Button(say("button.missed.words"), action=words))
    line = say("missed.line" if meant or others else "missed.again")
    return Message(
        title=say(f"missed.{missed.key}.title", typed=short(missed.typed, TITLE)),
        lede=say(f"missed.{missed.key}.lede", kinds=", ".join(sorted(NAMED))),
        sections=(Section(say("section.missed"), (line,)),),
        buttons=(*meant, *others),
    )


def which_place(command: str, which: Which, here: Near | None) -> Message:
    """Several places have the name: a button for each."""
    return Message(
        title=say("place.which.title", name=which.name),
        lede=say("place.which.lede"),
        buttons=tuple(
            Button(one.filter.near.place.name, action=f"{command} {typed(one, here)}")
            for one in which.choices
            if one.filter.near is not None
        ),
    )


def found(
    question: Question,
    hits: Hits,
    data_day: date,
    here: Near | None,
    why: Nothing = FOUND,
) -> Message:
    """A page of what a search found; ``hits`` are those of all pages that can be looked through.

    ``why`` is told where nothing was found.
    """
    first = (question.page - 1) * A_PAGE
    page = hits.hits[first : first + A_PAGE]
    sections = []
    if narrowed := filter_lines(question.filter, question.miles):
        sections.append(Section(say("section.narrowed"), narrowed))
    sections += unread_section(question)
    if page:
        sections += [_hit(first + at, hit, question.filter) for at, hit in enumerate(page, 1)]
        if hits.total > len(hits.hits):
            ours = question.filter.near is not None
            cut = say("search.cut.near" if ours else "search.cut", shown=len(hits.hits))
            sections.append(Section(say("section.hits.others"), (cut,)))
    return Message(
        title=_title(question),
        lede=_lede(question, hits, first, len(page), why),
        sections=tuple(sections),
        buttons=(
            *meant_buttons("search", question, why.meant, here),
            *_buttons(question, page, hits, here),
        ),
        footer=say("footer", day=data_day),
    )


def _hit(position: int, hit: Hit, wanted: Filter) -> Section:
    """One hit: its title, and beneath it what is told of it."""
    title = short(hit.title, HIT)
    heading = say("search.hit.title", position=position, title=title)
    return Section(heading, (hit_line(hit, wanted),))


def hit_line(hit: Hit, wanted: Filter) -> str:
    """One hit: its number, its status, and the place that matters most to who asked."""
    spotted = spot(hit, wanted)
    key = "search.hit"
    if spotted.site is None:
        key = "search.hit.nowhere"
    elif spotted.kilometres is not None:
        key = "search.hit.near" if round(spotted.kilometres) else "search.hit.here"
    elif spotted.others:
        key = "search.hit.one_more" if spotted.others == 1 else "search.hit.more"
    return say(
        key,
        number=hit.key.number,
        status=status_label(hit.status),
        place=_place(spotted.site) if spotted.site else "",
        kilometres=round(spotted.kilometres or 0),
        others=spotted.others,
    )


def meant_buttons(
    command: str, question: Question, meant: Sequence[str], here: Near | None
) -> Iterator[Button]:
    """The same asked of each condition that may have been meant."""
    for words in meant:
        instead = msgspec.structs.replace(question, words=words, page=1)
        label = say("button.search.meant", words=short(words, _LABEL))
        yield Button(label, action=f"{command} {typed(instead, here)}")


def narrow(command: str, question: Question, here: Near | None) -> Message:
    """What a question can be narrowed to by buttons; each asks ``command`` again."""
    buttons = [
        Button(one.label, action=f"{command} {typed(one.question, here)}")
        for one in narrowing(question, here)
    ]
    back = Button(say("button.search.back"), action=f"{command} {typed(question, here)}")
    return Message(
        title=say("narrow.title"),
        lede=say("narrow.lede"),
        sections=_narrowed(question),
        buttons=(*buttons, back),
    )


def quick_narrowing(command: str, question: Question, here: Near | None) -> Iterator[Button]:
    """The two that most people want, and the way to all."""
    if not question.filter.statuses:
        status = status_label("RECRUITING")
        recruiting = question.narrowed(statuses=("RECRUITING",))
        label = say("button.narrow.status", status=status)
        yield Button(label, action=f"{command} {typed(recruiting, here)}")
    if here is not None and question.filter.near is None:
        near = question.narrowed(near=here)
        yield Button(say("button.narrow.near"), action=f"{command} {typed(near, here)}")
    asked = typed(question.on_page(1), here)
    yield Button(say("button.narrow"), action=f"narrow {command} {asked}")


def unread_section(question: Question) -> tuple[Section, ...]:
    """What looks like narrowing and is looked for as words, and what a link asks in vain."""
    lines = tuple(
        say(
            f"unread.{one.key}",
            typed=short(one.typed, TITLE),
            meant=one.meant,
            kinds=", ".join(sorted(NAMED)),
        )
        for one in unread(question)
    )
    left = (
        *(
            say("unread.links" if [*find_links(one)] else "unread.link", typed=short(one, TITLE))
            for one in question.left
        ),
        *(say("unread.again", typed=short(one, TITLE)) for one in question.again),
    )
    return (
        *((Section(say("section.unread"), lines),) if lines else ()),
        *((Section(say("section.left"), left),) if left else ()),
    )


def _narrowed(question: Question) -> tuple[Section, ...]:
    lines = filter_lines(question.filter, question.miles)
    return (Section(say("section.narrowed"), lines),) if lines else ()


def _title(question: Question) -> str:
    name = question.name
    return say("search.title", words=short(name, TITLE)) if name else say("search.title.all")


def _lede(question: Question, hits: Hits, first: int, shown: int, why: Nothing) -> str:
    if not hits.total:
        return say(f"search.none{why.key}")
    if not shown:
        return say("search.none.after")
    if hits.total == 1:
        return say("search.one")
    order = _order(question, hits)
    if hits.total == shown:
        return say(f"search.all{order}", total=shown)
    key = f"search{order}" if order else "search.many"
    return say(key, total=hits.total, first=first + 1, last=first + shown)


def _order(question: Question, hits: Hits) -> str:
    """How the key of the sentence ends that says what comes first, if anything does."""
    if question.filter.near is None:
        return ""
    return ".open" if len({is_open(one) for one in hits.hits}) > 1 else ".nearest"


def _buttons(
    question: Question, page: Sequence[Hit], hits: Hits, here: Near | None
) -> Iterator[Button]:
    first = (question.page - 1) * A_PAGE
    for at, hit in enumerate(page, start=first + 1):
        label = say("button.hit", position=at, number=hit.key.number)
        yield Button(label, action=f"trial {hit.key.number}")
    yield from page_buttons(
        question.page,
        question.page + (first + A_PAGE < len(hits.hits)),
        lambda page: f"search {typed(question.on_page(page), here)}",
    )
    if hits.total:
        yield from quick_narrowing("search", question, here)
    else:
        yield from _widening(question, here)
    if question.name:
        asked = typed(question.on_page(1), here)
        yield Button(say("button.search.follow"), action=f"follow {asked}")


def _widening(question: Question, here: Near | None) -> Iterator[Button]:
    """What finds more where nothing was found: without what narrows, or without odd words."""
    yield from without_buttons("search", question, here)
    if question.name and not question.filter.is_empty:
        yield without_narrowing("search", question, here)


def without_narrowing(command: str, question: Question, here: Near | None) -> Button:
    """The words alone."""
    bare = msgspec.structs.replace(question, filter=NO_FILTER, page=1)
    return Button(say("button.narrow.none"), action=f"{command} {typed(bare, here)}")


def without_buttons(command: str, question: Question, here: Near | None) -> Iterator[Button]:
    """The same without each of the words that look like narrowing and are none."""
    for one in unread(question):
        words = without(question.words, one)
        if words and one.meant:
            there = msgspec.structs.replace(question.filter, countries=(one.meant,))
            meant = msgspec.structs.replace(question, words=words, filter=there, page=1)
            label = say("button.search.country", country=one.meant)
            yield Button(label, action=f"{command} {typed(meant, here)}")
        elif words:
            less = msgspec.structs.replace(question, words=words, page=1)
            label = say("button.search.without", typed=short(one.typed, _LABEL))
            yield Button(label, action=f"{command} {typed(less, here)}")


_LABEL = 30
"""Characters of what was typed on a button."""


def _place(site: Site) -> str:
    parts = (fold(site.city), fold(site.country))
    return ", ".join(part for part in parts if part) or site.place


def _simple(key: str) -> Message:
    return Message(title=say(f"{key}.title"), lede=say(f"{key}.lede"))
