"""What of an occurrence one chat hears: by what it follows, which kinds it asks for, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from datetime import date
from functools import reduce
from operator import or_

import msgspec
from msgspec.structs import replace

from bot.domain.catalogue import OVERALL_STATUS
from bot.domain.change import Change, Kind
from bot.domain.filters import Miss
from bot.domain.nearby import Others, Places, Where, places_for
from bot.domain.notice import Corrected, Event, Match, Occurrence
from bot.domain.settings.chat import DEFAULT, ChatSettings
from bot.domain.study import Study, StudyKey
from bot.domain.watch import Subscription

_EVENT_KINDS = {Event.NEW: Kind.NEW, Event.ENTERED: Kind.NEW, Event.LEFT: Kind.LEFT}


class Concerned(msgspec.Struct, frozen=True):
    """A subscription that an occurrence touches, with the match where it is one by condition."""

    subscription: Subscription
    match: Match | None = None

    @property
    def kinds(self) -> int:
        """The kinds of change that it asks for of this trial."""
        return self.subscription.kinds

    @property
    def event(self) -> Match | None:
        """The match, where it is told as an event: the trial is new, came or left."""
        match = self.match
        if match is None or match.event is Event.CHANGED:
            return None
        return match if self.kinds & _EVENT_KINDS[match.event].bit else None


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """What one chat is told of one occurrence, and why. Empty where there is nothing to tell."""

    concerned: tuple[Concerned, ...] = ()
    changes: tuple[Change, ...] = ()
    corrected: tuple[Corrected, ...] = ()
    places: Places = Places()

    @property
    def events(self) -> tuple[Concerned, ...]:
        """The subscriptions for which the trial is new, came or left."""
        return tuple(one for one in self.concerned if one.event is not None)

    def __bool__(self) -> bool:
        return bool(self.changes or self.corrected or self.events)


NOTHING = Heard()


def hear(
    occurrence: Occurrence,
    subscriptions: Iterable[Subscription],
    study: Study,
    *,
    muted: Collection[StudyKey] = (),
    settings: ChatSettings = DEFAULT,
) -> Heard:
    """What a chat hears of it.

    ``subscriptions`` are all that the chat follows now: those that rest count for nothing, and of a
    trial among ``muted`` nothing is heard. ``study`` is the newest kept version, of a merged trial
    that of the trial that it became: whoever followed the old one follows that now.
    """
    keys = {occurrence.key, study.key}
    if not keys.isdisjoint(muted):
        return NOTHING
    status = status_of(occurrence.changes, study)
    concerned = tuple(_concerned(occurrence, subscriptions, keys, status))
    kinds = reduce(or_, (one.kinds for one in concerned), 0)
    back = occurrence.corrected
    asked = [
        change
        for change in (*occurrence.changes, *(one.change for one in back))
        if change.kind.asked_by & kinds
    ]
    wheres = [_where(one.subscription, settings) for one in concerned if _asks_where(one)]
    places = places_for(asked, wheres, dict(occurrence.spots), study)
    if places.others is Others.NOT_TOLD:
        asked = [change for change in asked if change.kind is not Kind.SITES]
    heard = frozenset(asked)
    return Heard(
        concerned=concerned,
        changes=tuple(change for change in occurrence.changes if change in heard),
        corrected=tuple(one for one in back if one.change in heard),
        places=places,
    )


def status_of(changes: Iterable[Change], study: Study) -> str | None:
    """The overall status that these changes led to, or the one that stands."""
    return next((one.new for one in changes if one.path == OVERALL_STATUS), study.overall_status)


def _concerned(
    occurrence: Occurrence,
    subscriptions: Iterable[Subscription],
    keys: Set[StudyKey],
    status: str | None,
) -> Iterator[Concerned]:
    matches = {match.interest_id: match for match in occurrence.matches}
    for subscription in subscriptions:
        if subscription.paused:
            continue
        if subscription.study in keys:
            yield Concerned(subscription)
        elif subscription.interest_id in matches:
            match = matches[subscription.interest_id]
            one = Concerned(subscription, _as_it_stands(match, subscription, status))
            if _wants(one, occurrence.first_posted):
                yield one


def _as_it_stands(match: Match, subscription: Subscription, status: str | None) -> Match:
    """The match without a claim about the status that no longer holds.

    A status that goes back is taken out of what is owed, and what the trial came or left by with
    it: to say that it no longer has the status that it has would be untrue.
    """
    if match.part is not Miss.STATUS or subscription.interest is None:
        return match
    has_it = status in subscription.interest.filter.statuses
    return (
        match if has_it is (match.event is Event.ENTERED) else replace(match, event=Event.CHANGED)
    )


def _wants(one: Concerned, first_posted: date | None) -> bool:
    """What came is told to who asks for new trials, and not of what was there before the follow.

    What left was theirs until now: who does not ask what leaves still hears what changed in it.
    """
    match = one.match
    if match is None or match.event in {Event.CHANGED, Event.LEFT}:
        return True
    late = first_posted is None or one.subscription.since > first_posted
    return one.event is not None and not (match.event is Event.NEW and late)


def _asks_where(one: Concerned) -> bool:
    return bool(one.kinds & Kind.SITES.asked_by)


def _where(subscription: Subscription, settings: ChatSettings) -> Where:
    """The place of the filter goes before the chat's own, and any place before a country."""
    wanted = subscription.interest.filter if subscription.interest else None
    return Where(
        whole=bool(subscription.kinds & Kind.SITES.bit),
        near=(wanted.near if wanted else None) or settings.near,
        countries=wanted.countries if wanted else (),
    )
