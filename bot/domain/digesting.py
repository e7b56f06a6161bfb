"""Many things for one chat in one message: announced, the most telling first, nothing dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from bot.domain.change import Kind
from bot.domain.message import Button, Message, Section, Tone
from bot.domain.notice import Notice
from bot.domain.outline import BULLETS
from bot.domain.study import Study, StudyKey
from bot.domain.telling_buttons import managed_together
from bot.domain.words import kind_label, say

TRIALS = 20
"""Trials in one digest. Discord shows up to 25 sections in one message, Telegram 100 bold lines."""

CARDS = 8
"""Buttons to cards of trials: more of them hide the text on a phone."""

_GAP = 2
"""Characters between two blocks: an empty line."""

_LINE = 4
"""Characters that a line takes beside its own: its end, and a bullet with its blanks."""

_UNDER = f"  {BULLETS[0]} "
"""Before the lines of a section within a trial's own."""

_MOST = 10**6
"""A number as long as any that is said, to leave room for it."""


class Item(msgspec.Struct, frozen=True):
    """One notice with what it would tell by itself; ``study`` is the trial that it is told of."""

    notice: Notice
    study: Study
    message: Message


class Digest(msgspec.Struct, frozen=True):
    """A message, the notices that it tells, and those that no longer fit into it."""

    message: Message
    told: tuple[Notice, ...]
    left: tuple[Notice, ...] = ()


class _Trial(msgspec.Struct, frozen=True):
    """What is told of one trial, in the order in which it happened."""

    items: tuple[Item, ...]

    @property
    def key(self) -> StudyKey:
        return self.items[0].study.key

    @property
    def rank(self) -> tuple[int, int]:
        """The smaller the sooner it is told: by the most telling kind, then by age."""
        return min(_rank(item.message) for item in self.items), self.items[0].notice.id


def digest(items: Sequence[Item], longest: int, more: int = 0) -> Digest:
    """One message of at most ``longest`` characters for as many of these as fit into it.

    At least the oldest is told, by itself where it alone is as long as a message. What comes later
    for a trial never goes before what came earlier. ``more`` wait besides, and are announced.
    """
    ordered = sorted(items, key=lambda item: item.notice.id)
    chosen = _chosen(_trials(ordered), longest)
    told = [item for item in ordered if item.notice.id in chosen]
    left = tuple(item.notice for item in ordered if item.notice.id not in chosen)
    message = told[0].message if len(told) == 1 else _compose(_trials(told), more + len(left))
    return Digest(message, tuple(item.notice for item in told), left)


def _trials(items: Iterable[Item]) -> list[_Trial]:
    """By trial, the most telling first."""
    by_key = sorted(items, key=lambda item: (item.study.key, item.notice.id))
    grouped = groupby(by_key, key=lambda item: item.study.key)
    return sorted((_Trial(tuple(of_one)) for _, of_one in grouped), key=lambda one: one.rank)


def _chosen(trials: Sequence[_Trial], longest: int) -> set[int]:
    """The ids of what fits: the oldest notice first, so that none is passed over for ever."""
    oldest = min(trials, key=lambda trial: trial.items[0].notice.id)
    room = longest - _units(_title(_MOST, _MOST)) - _units(_more(_MOST)) - _units(_footer(trials))
    room -= 3 * _GAP
    chosen: set[int] = set()
    for trial in sorted(trials, key=lambda one: one is not oldest)[:TRIALS]:
        room -= _GAP + _units(_heading(trial))
        used = 0
        for item in trial.items:
            size = sum(_LINE + _units(line) for line in _lines(item))
            if used + size > room:
                break
            used += size
            chosen.add(item.notice.id)
        # Nothing of it fits: its heading is not there either.
        room = room - used if used else room + _GAP + _units(_heading(trial))
    first = oldest.items[0].notice.id
    return chosen if first in chosen else {first}


def _compose(trials: Sequence[_Trial], more: int) -> Message:
    count = sum(len(trial.items) for trial in trials)
    stopped = any(item.message.tone is Tone.STOPPED for trial in trials for item in trial.items)
    message = Message(
        title=_title(count, len(trials)),
        lede=_more(more) if more else None,
        sections=tuple(_section(trial) for trial in trials),
        buttons=tuple(
            Button(trial.key.number, action=f"trial {trial.key.number}") for trial in trials[:CARDS]
        ),
        footer=_footer(trials),
        tone=Tone.STOPPED if stopped else Tone.PLAIN,
    )
    return managed_together(message)


def _title(count: int, trials: int) -> str:
    if trials == 1:
        return say("digest.title.one", count=count)
    return say("digest.title", count=count, trials=trials)


def _more(count: int) -> str:
    return say("digest.more.one") if count == 1 else say("digest.more", count=count)


def _footer(trials: Iterable[_Trial]) -> str:
    days = (item.notice.occurrence.data_day for trial in trials for item in trial.items)
    return say("footer", day=max(days))


def _heading(trial: _Trial) -> str:
    newest = trial.items[-1].study
    return say("digest.trial", title=newest.title, number=newest.key.number)


def _section(trial: _Trial) -> Section:
    return Section(_heading(trial), tuple(line for item in trial.items for line in _lines(item)))


def _lines(item: Item) -> Iterator[str]:
    """What a message says, without what is only of use where it stands by itself."""
    message = item.message
    if message.lede:
        yield message.lede
    for fact in message.facts:
        if fact.value != item.notice.occurrence.key.number:
            yield say("digest.fact", label=fact.label, value=fact.value)
    for section in message.sections:
        if section.heading == say("section.why"):
            continue
        if len(section.lines) == 1:
            yield say("digest.line", heading=section.heading, line=section.lines[0])
        else:
            yield say("digest.heading", heading=section.heading)
            yield from (_UNDER + line.strip() for line in section.lines)


def _rank(message: Message) -> int:
    """The place of the most telling kind that it tells of; what stopped goes before everything."""
    places = {kind_label(kind): place for place, kind in enumerate(Kind)}
    found = [places.get(section.heading, len(places)) for section in message.sections]
    if message.lede:
        found.append(places[kind_label(Kind.NEW)])
    first = min(found, default=len(places))
    return -1 if message.tone is Tone.STOPPED and not first else first


def _units(text: str) -> int:
    """The length as the platforms count it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
