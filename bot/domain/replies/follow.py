"""What the desk says before and after something is followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from bot.domain.asking.unread import is_rhythm
from bot.domain.change import Kind
from bot.domain.hits import FOUND, Hit, Hits, Nothing
from bot.domain.kinds import PRESETS
from bot.domain.message import Button, Message, Section
from bot.domain.nct import find_keys, registry_link
from bot.domain.question import Question
from bot.domain.replies.answers import watched_lines
from bot.domain.replies.search import (
    TITLE,
    meant_buttons,
    quick_narrowing,
    unread_section,
    without_buttons,
    without_narrowing,
)
from bot.domain.said import filter_lines
from bot.domain.settings.chat import ChatSettings
from bot.domain.shortening import short
from bot.domain.study import Study
from bot.domain.typing_back import typed
from bot.domain.watch import Interest
from bot.domain.words import kind_label, say, status_label


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """What would be followed, before anybody said yes."""

    question: Question
    interest: Interest
    newest: Hits
    """The newest trials for it, and how many there are today."""
    data_day: date
    settings: ChatSettings
    why: Nothing = FOUND
    """Why the registry finds nothing."""
    changes_a_day: int | None = None
    """About how many of them change on a data day, where it is told once a day for that."""


def preview(understood: Understood, *, ask: bool, privacy_url: str | None) -> Message:
    """What was understood, and the question whether to follow it; ``ask`` for consent with it."""
    sections = [Section(say("section.watched"), watched_lines(understood.interest))]
    if _each(understood):
        sections.append(Section(say("follow.together.title"), (say("follow.together.line"),)))
    if narrowed := filter_lines(understood.question.filter, understood.question.miles):
        sections.append(Section(say("section.narrowed"), narrowed))
    sections += _kinds(understood.question.kinds, "section.kinds.would")
    sections += unread_section(understood.question)
    sections.append(Section(say("section.today"), tuple(_today(understood))))
    if newest := tuple(_newest_line(hit) for hit in understood.newest.hits):
        sections.append(Section(say("section.newest"), newest))
    if ask:
        lines = (say("follow.consent.lede"), say("follow.way_out"))
        sections.append(Section(say("follow.consent.title"), lines))
    return Message(
        title=say("follow.preview.title", words=short(understood.question.name, TITLE)),
        sections=tuple(sections),
        buttons=tuple(_buttons(understood, ask=ask, privacy_url=privacy_url)),
        footer=say("footer", day=understood.data_day),
    )


def ask_consent(study: Study, privacy_url: str | None) -> Message:
    """The question before the first follow of a trial in a private chat."""
    line = say("follow.asked.trial", number=study.key.number, title=short(study.title, TITLE))
    return Message(
        title=say("follow.consent.title"),
        lede=say("follow.consent.lede"),
        sections=(
            Section(say("section.asked"), (line,)),
            Section(say("section.way_out"), (say("follow.way_out"),)),
        ),
        buttons=(
            Button(say("button.consent"), action="consent"),
            Button(say("button.decline"), action="decline"),
            *_privacy(privacy_url),
        ),
        link=registry_link(study.key),
    )


def with_kinds(message: Message, kinds: tuple[str, ...]) -> Message:
    """The answer about a trial, with the kinds of change that were named for it."""
    return msgspec.structs.replace(
        message, sections=(*message.sections, *_kinds(kinds, "section.kinds"))
    )


def with_left_out(message: Message, left: str) -> Message:
    """The answer about a trial, with what was typed beside it and is not followed."""
    if not left:
        return message
    key = "follow.left_out.rhythm" if is_rhythm(left) else "follow.left_out.line"
    heading = say("section.left" if is_rhythm(left) else "follow.left_out.title")
    section = Section(heading, (say(key, left=short(left, TITLE)),))
    buttons = tuple(
        Button(say("button.follow.other", number=key.number), action=f"follow {key.number}")
        for key in find_keys(left)[:_OTHERS]
    )
    return msgspec.structs.replace(
        message,
        sections=(section, *message.sections),
        buttons=(*message.buttons, *buttons),
    )


_OTHERS = 5
"""Trials of the same line that are offered on buttons."""


def follows(understood: Understood, *, is_new: bool) -> Message:
    """A condition is followed now: what is watched for it, and what it takes in."""
    watched = list(watched_lines(understood.interest))
    if not understood.newest.total:
        watched.append(say("follow.interest.none"))
    watched.append(say("follow.interest.silent") if is_new else say("follow.interest.already"))
    if understood.changes_a_day is not None:
        watched.append(_wide("follow.wide", understood))
    sections = [Section(say("section.watched"), tuple(watched))]
    if narrowed := filter_lines(understood.question.filter, understood.question.miles):
        sections.append(Section(say("section.narrowed"), narrowed))
    sections += _kinds(understood.question.kinds, "section.kinds")
    return Message(
        title=say("follow.interest.title", words=short(understood.interest.words, TITLE)),
        sections=tuple(sections),
        buttons=(Button(say("button.following"), action="following"),),
        footer=say("footer", day=understood.data_day),
    )


def no_words() -> Message:
    """Filters alone: every trial of the registry that fits would be told."""
    return _simple("follow.no_words")


def too_many(count: int, most: int) -> Message:
    """The chat follows as much as it may."""
    return Message(
        title=say("follow.full.title"), lede=say("follow.full.lede", count=count, most=most)
    )


def cancelled() -> Message:
    """Somebody who was asked said no, and had said yes to being kept before."""
    return _simple("follow.cancelled")


_AND = re.compile(r"\s*(?:[,;/]|(?<!\w)(?:and|or)(?!\w))\s*", re.IGNORECASE)
_SHORTEST, _MOST, _LONGEST = 3, 4, 30
"""Letters of a condition, conditions that are offered each by itself, letters on a button."""


def _each(understood: Understood) -> tuple[str, ...]:
    """The conditions of a list ("lupus, gout") that the registry files nothing under as a whole."""
    if understood.interest.terms or understood.question.search is not None:
        return ()
    parts = tuple(one for one in _AND.split(understood.question.words) if one)
    fit = all(_SHORTEST <= len(one) <= _LONGEST for one in parts)
    return parts if fit and 1 < len(parts) <= _MOST else ()


def _kinds(names: tuple[str, ...], heading: str) -> tuple[Section, ...]:
    """What would be told of it, or is, where that was said."""
    lines = tuple(
        say(f"choice.kinds.{one}") if one in PRESETS else kind_label(Kind(one)) for one in names
    )
    return (Section(say(heading), lines),) if lines else ()


def _today(understood: Understood) -> Iterator[str]:
    total = understood.newest.total
    key = {0: f"none{understood.why.key}", 1: "one"}.get(total, "many")
    yield say(f"follow.preview.{key}", total=total)
    if understood.changes_a_day is not None:
        yield _wide("follow.preview.wide", understood)


def _wide(key: str, understood: Understood) -> str:
    settings = understood.settings
    count, zone = understood.changes_a_day, settings.time_zone
    return say(key, count=count, hour=settings.hour, zone=zone)


def _newest_line(hit: Hit) -> str:
    return say(
        "follow.preview.newest" if hit.first_posted else "follow.preview.undated",
        number=hit.key.number,
        title=short(hit.title, TITLE).rstrip("."),
        status=status_label(hit.status),
        day=hit.first_posted,
    )


def _buttons(understood: Understood, *, ask: bool, privacy_url: str | None) -> Iterator[Button]:
    question, here = understood.question, understood.settings.near
    if ask:
        yield Button(say("button.consent.follow"), action="consent")
    else:
        yield Button(say("button.confirm"), action=f"confirm {typed(question, here)}")
    yield Button(say("button.decline"), action="decline")
    for one in _each(understood):
        alone = typed(msgspec.structs.replace(question, words=one), here)
        yield Button(say("button.follow.alone", words=one), action=f"follow {alone}")
    yield from meant_buttons("follow", question, understood.why.meant, here)
    if understood.newest.total:
        yield from quick_narrowing("follow", question, here)
    else:
        yield from without_buttons("follow", question, here)
        if understood.why.narrowed:
            yield without_narrowing("follow", question, here)
    if ask:
        yield from _privacy(privacy_url)


def _privacy(privacy_url: str | None) -> tuple[Button, ...]:
    return (Button(say("button.privacy"), url=privacy_url),) if privacy_url else ()


def _simple(key: str) -> Message:
    return Message(title=say(f"{key}.title"), lede=say(f"{key}.lede"))
