"""Why a chat was not told of a trial: the stage at which it stopped.

The stages are looked at in the order in which a change passes them on its way to a chat, but for
what the chat turned off itself, which stops everything and is said first:

    muted, paused -> a message that waits -> filtered -> held, being read -> kinds -> told
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import msgspec

from bot.domain.change import Change, Kind
from bot.domain.filters import Miss, miss
from bot.domain.notice import NoticeState
from bot.domain.study import Study
from bot.domain.told import Standing, ToldNotice
from bot.domain.topics import Topics, topic_of
from bot.domain.traits import traits_of
from bot.domain.version import VersionSeen
from bot.domain.watch import Subscription


class Stage(enum.StrEnum):
    """Where it stopped, or that it did not."""

    UNKNOWN = "unknown"
    NOT_FOLLOWED = "not_followed"
    MUTED = "muted"
    SUBSCRIPTION_PAUSED = "subscription_paused"
    CHAT_PAUSED = "chat_paused"
    PENDING = "pending"
    PUT_OFF = "put_off"
    HELD = "held"
    """Since a restore."""
    GIVEN_UP = "given_up"
    FILTERED = "filtered"
    HELD_MASS = "held_mass"
    READING = "reading"
    KIND_OFF = "kind_off"
    NOT_NEAR = "not_near"
    MOOT = "moot"
    NOT_OWED = "not_owed"
    NOTHING_CHANGED = "nothing_changed"
    TOLD = "told"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known when somebody asks why. ``seen`` is the trial's history, oldest first."""

    study: Study | None
    subscriptions: Sequence[Subscription] = ()
    muted: bool = False
    chat_paused: bool = False
    standing: Standing = Standing()
    seen: Sequence[VersionSeen] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The stage, with what a sentence about it needs."""

    stage: Stage
    subscription: Subscription | None = None
    """The one to look at, where there is one."""
    miss: Miss | None = None
    day: date | None = None
    """The data day of the change, or since when it is followed."""
    until: datetime | None = None
    kinds: tuple[Kind, ...] = ()
    searches: bool = False
    """Whether the chat follows searches of the registry's own, which are not matched here."""


_WAITS = {
    NoticeState.DUE: Stage.PENDING,
    NoticeState.CLAIMED: Stage.PENDING,
    NoticeState.PUT_OFF: Stage.PUT_OFF,
    NoticeState.HELD: Stage.HELD,
    NoticeState.DEAD: Stage.GIVEN_UP,
}

_TOLD = (NoticeState.SENT, NoticeState.PERHAPS)


class _Concern(msgspec.Struct, frozen=True):
    """A subscription that a trial belongs to, and the part of its filter that it does not fit."""

    subscription: Subscription
    miss: Miss | None = None


def why_not(case: Case) -> Finding:
    """Why the last change of a trial was not told, or that it was."""
    if case.study is None:
        return Finding(stage=Stage.UNKNOWN)
    concerned = list(_concerned(case, case.study))
    if not concerned:
        searches = any(one.interest and one.interest.search for one in case.subscriptions)
        return Finding(stage=Stage.NOT_FOLLOWED, searches=searches)
    first = concerned[0].subscription
    if case.muted:
        return Finding(stage=Stage.MUTED, subscription=first)
    awake = [one for one in concerned if not one.subscription.paused]
    if not awake:
        return Finding(stage=Stage.SUBSCRIPTION_PAUSED, subscription=first)
    if waiting := _waiting(case):
        return waiting
    fitting = [one.subscription for one in awake if one.miss is None]
    if not fitting:
        one = awake[0]
        return Finding(stage=Stage.FILTERED, subscription=one.subscription, miss=one.miss)
    if case.standing.held_on is not None:
        return Finding(stage=Stage.HELD_MASS, day=case.standing.held_on)
    if case.standing.reading_on is not None:
        return Finding(stage=Stage.READING, day=case.standing.reading_on)
    if case.standing.spreading:
        return Finding(stage=Stage.PENDING)
    return _last_change(case, fitting)


def causes(
    told: ToldNotice, subscriptions: Iterable[Subscription], study: Study | None = None
) -> Iterator[tuple[Subscription, str]]:
    """What a message was told for: each subscription with the event, or ``trial``."""
    keys = {told.occurrence.key} | ({study.key} if study else set())
    events = {match.interest_id: match.event for match in told.occurrence.matches}
    for one in subscriptions:
        if one.study in keys:
            yield one, "trial"
        elif one.interest_id in events:
            yield one, events[one.interest_id].value


def _concerned(case: Case, study: Study) -> Iterator[_Concern]:
    matched = {
        match.interest_id for told in case.standing.notices for match in told.occurrence.matches
    }
    traits = traits_of(study)
    for one in case.subscriptions:
        if one.study == study.key:
            yield _Concern(one)
        elif one.interest is not None and one.interest.search is not None:
            if one.interest_id in matched:  # the registry found it once, and is not asked here
                yield _Concern(one)
        elif one.interest is not None and _belongs(study, one):
            yield _Concern(one, miss(one.interest.filter, traits))


def _belongs(study: Study, one: Subscription) -> bool:
    assert one.interest is not None  # noqa: S101 - the caller has looked
    topics = Topics()
    topics.add(topic_of(one.interest))
    return bool(topics.find(study))


def _waiting(case: Case) -> Finding | None:
    """The newest message that is owed and not told."""
    for told in case.standing.notices:
        stage = _WAITS.get(told.state)
        if stage is None:
            continue
        if stage is Stage.PENDING and case.chat_paused:
            stage = Stage.CHAT_PAUSED
        return Finding(stage=stage, day=told.occurrence.data_day, until=told.due_at)
    return None


def _last_change(case: Case, fitting: Sequence[Subscription]) -> Finding:
    """What became of the last change since it is followed."""
    since = min(one.since for one in fitting)
    first = fitting[0]
    later = [seen for seen in case.seen if seen.changes and seen.data_day > since]
    told = case.standing.notices[0] if case.standing.notices else None
    if told is not None and (not later or told.occurrence.data_day >= later[-1].data_day):
        return _looked_at(told, fitting)
    if not later:
        return _unchanged(case, fitting, since)
    day, changes = later[-1].data_day, later[-1].changes
    if not _wanted(changes, fitting):
        kinds = _kinds(changes)
        return Finding(stage=Stage.KIND_OFF, subscription=first, day=day, kinds=kinds)
    return Finding(stage=Stage.NOT_OWED, subscription=first, day=day)


def _looked_at(told: ToldNotice, fitting: Sequence[Subscription]) -> Finding:
    """A notice that is settled."""
    first, day = fitting[0], told.occurrence.data_day
    if told.state in _TOLD:
        return Finding(stage=Stage.TOLD, subscription=first, day=day, until=told.handed_at)
    changes = told.occurrence.changes
    if changes and not _wanted(changes, fitting):
        kinds = _kinds(changes)
        return Finding(stage=Stage.KIND_OFF, subscription=first, day=day, kinds=kinds)
    if changes and _is_only_far(changes, fitting):
        return Finding(stage=Stage.NOT_NEAR, subscription=first, day=day)
    return Finding(stage=Stage.MOOT, subscription=first, day=day)


def _unchanged(case: Case, fitting: Sequence[Subscription], since: date) -> Finding:
    """Nothing was seen to change since; but a new trial may itself be what was not asked for."""
    first_seen = case.seen[0].data_day if case.seen else since
    conditions = [one for one in fitting if one.interest_id is not None]
    if first_seen > since and conditions and not any(_wants_new(one) for one in conditions):
        one = conditions[0]
        return Finding(stage=Stage.KIND_OFF, subscription=one, day=first_seen, kinds=(Kind.NEW,))
    return Finding(stage=Stage.NOTHING_CHANGED, subscription=fitting[0], day=since)


def _wants_new(one: Subscription) -> bool:
    return bool(one.kinds & Kind.NEW.bit)


def _wanted(changes: Iterable[Change], fitting: Iterable[Subscription]) -> bool:
    chosen = 0
    for one in fitting:
        chosen |= one.kinds
    return any(change.kind.asked_by & chosen for change in changes)


def _is_only_far(changes: Iterable[Change], fitting: Sequence[Subscription]) -> bool:
    """Whether all that is asked for of it are places near somebody."""
    chosen = 0
    for one in fitting:
        chosen |= one.kinds
    asked = [change.kind for change in changes if change.kind.asked_by & chosen]
    return not chosen & Kind.SITES.bit and all(kind is Kind.SITES for kind in asked)


def _kinds(changes: Iterable[Change]) -> tuple[Kind, ...]:
    there = {change.kind for change in changes}
    return tuple(kind for kind in Kind if kind in there)
