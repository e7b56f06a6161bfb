"""What is told otherwise than as a change of its day: corrections, and what was held for long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.catalogue import LABELS
from bot.domain.change import Change, Op
from bot.domain.change_lines import change_sections
from bot.domain.correcting import STILL, TOLD_TIMES
from bot.domain.hearing import Heard
from bot.domain.labels import capital
from bot.domain.mass import Way
from bot.domain.message import Button, Fact, Message, Section
from bot.domain.nct import registry_link
from bot.domain.notice import Corrected, Occurrence
from bot.domain.study import Study
from bot.domain.wording import change_line, said_value
from bot.domain.words import say

TRIALS_SHOWN = 20
"""Trials in one message of what was held, before the rest is counted."""

LINES_SHOWN = 3


def correction(occurrence: Occurrence, heard: Heard, study: Study) -> Message | None:
    """The message that takes back what was told, to a chat that hears of it."""
    back = heard.corrected
    if not back:
        return None
    key = occurrence.key
    return Message(
        title=study.title,
        lede=say("correction.lede"),
        facts=(Fact(say("fact.number"), key.number),),
        sections=(Section(say("correction.heading"), tuple(_taken_back(one) for one in back)),),
        buttons=(
            Button(say("button.trial"), action=f"trial {key.number}"),
            Button(say("button.registry"), url=registry_link(key)),
        ),
        footer=say("footer", day=occurrence.data_day),
        link=registry_link(key),
    )


def _taken_back(one: Corrected) -> str:
    line, old = change_line(one.change), one.change.old
    if old is None or one.change.op is Op.REMOVED:
        return say("correction.gone", day=one.day, line=line)
    value = said_value(one.change.path, old)
    return say("correction.again", day=one.day, line=line, value=value)


def restless_sections(changes: Iterable[Change]) -> tuple[Section, ...]:
    """The line under a change that goes to and fro, if there is such a change."""
    lines = tuple(
        say(
            "restless.line",
            label=capital(LABELS.get(change.path, say("field.unnamed"))),
            times=TOLD_TIMES,
            days=STILL.days,
        )
        for change in changes
    )
    return (Section(say("restless.heading"), tuple(dict.fromkeys(lines))),) if lines else ()


def digest_of_held(told: Sequence[tuple[Occurrence, Heard, Study]]) -> Message | None:
    """All that was held for one chat, in one message; each trial with the changes it hears of."""
    some = [one for one in told if one[1].changes]
    if not some:
        return None
    sections = [_trial_section(*one) for one in some[:TRIALS_SHOWN]]
    left = len(some) - TRIALS_SHOWN
    if left > 0:
        more = say("late.more", count=left)
        sections.append(Section(say("late.more.heading"), (more,)))
    return Message(
        title=say("late.title"),
        lede=say("late.lede"),
        sections=tuple(sections),
        footer=say("footer", day=max(one[0].data_day for one in some)),
    )


def _trial_section(occurrence: Occurrence, heard: Heard, study: Study) -> Section:
    sections = change_sections(heard.changes, study, heard.places)
    lines = [line for part in sections for line in part.lines]
    heading = say("late.trial", title=study.title, number=occurrence.key.number)
    left = len(lines) - LINES_SHOWN
    more = [say("change.lines.more", count=left)] if left > 0 else []
    return Section(heading, (*lines[:LINES_SHOWN], *more))


def way_line(way: Way) -> str:
    """A way in which many records changed, for the operator: its field, and from what to what."""
    label = LABELS.get(way.path, way.path)
    if way.old is not None or way.new is not None:
        none = say("hold.value.none")
        return say("hold.way.codes", label=label, old=way.old or none, new=way.new or none)
    if way.op is Op.ADDED:
        return say("hold.way.added", label=label)
    if way.op is Op.REMOVED:
        return say("hold.way.removed", label=label)
    return say("hold.way.set", label=label)


def about_hold(
    number: int, data_day: date, way: Way, count: int, read: int, examples: Sequence[str]
) -> Message:
    """To the operator: too many of the records that were ``read`` changed in the same way."""
    lede = say(
        "operator.hold.lede",
        id=number,
        day=data_day,
        way=way_line(way),
        count=count,
        read=read,
        examples=", ".join(examples),
    )
    return Message(title=say("operator.hold.title"), lede=lede)


def hold_over(number: str) -> Message:
    """To the operator: this hold needs no answer any more."""
    title, lede = say("operator.hold.back.title"), say("operator.hold.back.lede", id=number)
    return Message(title=title, lede=lede)
