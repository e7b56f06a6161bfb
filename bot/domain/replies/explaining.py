"""What the desk says about why something was told or not, and where everything stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo

import msgspec

from bot.domain.change_lines import change_sections
from bot.domain.hearing import NOTHING, Heard
from bot.domain.message import Button, Fact, Message, Section
from bot.domain.notice import NoticeState
from bot.domain.replies.managing import name_of
from bot.domain.shortening import short
from bot.domain.study import Study
from bot.domain.told import Owed, ToldNotice
from bot.domain.watch import Subscription
from bot.domain.why import Finding, Stage, causes
from bot.domain.words import kind_label, say, status_label

LINES = 3
"""Changes of one message that are repeated, before the rest is counted."""

TOLD_OF_IT = 3
"""Messages about the trial that are named under the reason why no other came."""

TITLE = 120
ROOM = 160
"""Characters of a title, and of a change, in a line."""


class When(msgspec.Struct, frozen=True):
    """How moments are said to this chat: on its own clock."""

    zone: tzinfo
    name: str
    now: datetime

    def say(self, key: str, moment: datetime, **values: object) -> str:
        """The sentence under this key, which names a day, a time and a zone."""
        there = moment.astimezone(self.zone)
        day, time = f"{there:%Y-%m-%d}", f"{there:%H:%M}"
        return say(key, day=day, time=time, zone=self.name, **values)


class Known(msgspec.Struct, frozen=True):
    """One message that was told, with the trial as it is kept now.

    ``heard`` is what of its occurrence this chat hears by what it follows and asks for now.
    """

    told: ToldNotice
    study: Study | None = None
    heard: Heard = NOTHING


def why_told(known: Sequence[Known], followed: Sequence[Subscription], when: When) -> Message:
    """Which subscription and which change caused each of these messages."""
    if not known:
        return Message(title=say("why.title"), lede=say("why.none"))
    return Message(
        title=say("why.title"),
        lede=say("why.lede"),
        sections=tuple(_told(one, followed, when) for one in known),
        buttons=tuple(_told_buttons(known, followed)),
    )


def _told(one: Known, followed: Sequence[Subscription], when: When) -> Section:
    told = one.told
    lines = [short(told.title, TITLE)] if told.title else []
    lines += list(_reasons(one, followed))
    lines += list(_changes(one))
    if told.handed_at is not None:
        key = "why.perhaps" if told.state is NoticeState.PERHAPS else "why.sent"
        lines.append(when.say(key, told.handed_at))
    occurrence = told.occurrence
    heading = say("why.heading", number=occurrence.key.number, day=occurrence.data_day)
    return Section(heading, tuple(lines))


def _reasons(one: Known, followed: Sequence[Subscription]) -> Iterator[str]:
    found = list(causes(one.told, followed, one.study))
    for subscription, event in found:
        key = {"trial": "trial", "changed": "interest"}.get(event, event)
        yield say(f"why.by.{key}", words=name_of(subscription))
    if not found:
        yield say("why.by.ended")


def _changes(one: Known) -> Iterator[str]:
    """What was told: of the rest of the occurrence the chat was not to hear, and so not here."""
    heard, back = one.heard, one.told.occurrence.corrected
    if back:
        yield say("why.corrected")
    changes = [each.change for each in heard.corrected] if back else heard.changes
    lines = [
        say("why.changed", kind=section.heading, line=short(line, ROOM))
        for section in change_sections(changes, one.study, heard.places)
        for line in section.lines
    ]
    yield from lines[:LINES]
    if len(lines) > LINES:
        yield say("why.more", count=len(lines) - LINES)


def _told_buttons(known: Sequence[Known], followed: Sequence[Subscription]) -> Iterator[Button]:
    seen: dict[int, Subscription] = {}
    for one in known:
        seen |= {sub.id: sub for sub, _ in causes(one.told, followed, one.study)}
    for one_of, sub in list(seen.items())[:MOST_BUTTONS]:
        yield Button(name_of(sub), action=f"sub {one_of}")
    yield Button(say("button.following"), action="following")


MOST_BUTTONS = 5


def why_not_told(
    number: str,
    finding: Finding,
    study: Study | None,
    about: Sequence[Known],
    followed: Sequence[Subscription],
    when: When,
) -> Message:
    """The stage where it stopped, and what was told of the trial before."""
    is_told = finding.stage is Stage.TOLD
    title = "whynot.told.title" if is_told else "whynot.title"
    shown = [one for one in about if one.told.state in (NoticeState.SENT, NoticeState.PERHAPS)]
    reasons = tuple(_stage_lines(finding, study, when))
    return Message(
        title=say(title, number=number),
        lede="\n".join(reasons),
        sections=tuple(_told(one, followed, when) for one in shown[:TOLD_OF_IT]),
        buttons=tuple(_ways_on(number, finding)),
    )


def _stage_lines(finding: Finding, study: Study | None, when: When) -> Iterator[str]:
    stage, day = finding.stage, finding.day
    match stage:
        case Stage.NOT_FOLLOWED:
            yield say("whynot.not_followed")
            if finding.searches:
                yield say("whynot.searches")
        case Stage.FILTERED:
            words = name_of(finding.subscription) if finding.subscription else ""
            value = status_label(study.overall_status if study else None)
            yield say(f"whynot.filtered.{finding.miss}", words=words, value=value)
        case Stage.PENDING | Stage.PUT_OFF:
            yield _waiting(finding, when)
        case Stage.KIND_OFF:
            yield _kind_off(finding)
        case _:
            yield say(f"whynot.{stage}", day=day)


def _waiting(finding: Finding, when: When) -> str:
    until = finding.until
    if until is None or until <= when.now:
        return say("whynot.pending")
    key = "whynot.put_off" if finding.stage is Stage.PUT_OFF else "whynot.pending.later"
    return when.say(key, until)


def _kind_off(finding: Finding) -> str:
    kinds = ", ".join(kind_label(kind) for kind in finding.kinds)
    is_new = [kind.value for kind in finding.kinds] == ["new"]
    key = "whynot.kind_off.new" if is_new else "whynot.kind_off"
    return say(key, day=finding.day, kinds=kinds)


def _ways_on(number: str, finding: Finding) -> Iterator[Button]:
    one = finding.subscription
    match finding.stage:
        case Stage.UNKNOWN | Stage.NOT_FOLLOWED:
            yield Button(say("button.follow"), action=f"follow {number}")
        case Stage.MUTED:
            yield Button(say("button.unmute", number=number), action=f"unmute {number}")
        case Stage.SUBSCRIPTION_PAUSED if one is not None:
            yield Button(say("button.resume"), action=f"sub {one.id} resume")
        case Stage.KIND_OFF | Stage.NOT_NEAR if one is not None:
            yield Button(say("button.kinds"), action=f"sub {one.id} kinds")
        case Stage.PUT_OFF:
            yield Button(say("button.settings.when"), action="settings when")
            yield Button(say("button.settings.quiet"), action="settings quiet")
        case _ if one is not None:
            yield Button(say("button.manage"), action=f"sub {one.id}")
    yield Button(say("button.trial"), action=f"trial {number}")


class Standings(msgspec.Struct, frozen=True, kw_only=True):
    """What ``/status`` shows."""

    data_day: date | None
    read_at: datetime | None
    looked_at: datetime | None
    """When newer data were last asked for, and there were none."""
    failed_at: datetime | None
    followed: Sequence[Subscription]
    muted: int
    owed: Owed


def status(known: Standings, when: When) -> Message:
    """Date of the data, what is watched here, and what is still to come."""
    return Message(
        title=say("stand.title"),
        facts=tuple(_status_facts(known, when)),
        sections=(
            Section(say("stand.section.registry"), (_registry_line(known, when),)),
            Section(say("stand.section.owed"), tuple(_owed_lines(known.owed, when))),
        ),
        buttons=(
            Button(say("button.following"), action="following"),
            Button(say("button.settings.when"), action="settings when"),
        ),
    )


def _status_facts(known: Standings, when: When) -> Iterable[Fact]:
    day = str(known.data_day) if known.data_day else say("stand.data.none")
    yield Fact(say("stand.fact.data"), day)
    if known.read_at is not None:
        yield Fact(say("stand.fact.read"), when.say("stand.moment", known.read_at))
    if known.looked_at is not None and (known.read_at is None or known.looked_at > known.read_at):
        yield Fact(say("stand.fact.looked"), when.say("stand.moment", known.looked_at))
    trials = sum(one.study is not None for one in known.followed)
    yield Fact(say("stand.fact.trials"), str(trials))
    yield Fact(say("stand.fact.conditions"), str(len(known.followed) - trials))
    if paused := sum(one.paused for one in known.followed):
        yield Fact(say("stand.fact.paused"), str(paused))
    if known.muted:
        yield Fact(say("stand.fact.muted"), str(known.muted))


def _registry_line(known: Standings, when: When) -> str:
    if known.failed_at is not None:
        return when.say("stand.registry.out", known.failed_at)
    return say("stand.registry.unread" if known.data_day is None else "stand.registry.fine")


def _owed_lines(owed: Owed, when: When) -> Iterator[str]:
    count, at = owed.due + owed.put_off, owed.next_at
    if count and (at is None or at <= when.now):
        yield say("stand.owed.now", count=count)
    elif count and at is not None:
        yield when.say("stand.owed.later", at, count=count)
    if owed.held:
        yield say("stand.owed.held", count=owed.held)
    if not count and not owed.held:
        yield say("stand.owed.none")
