"""From a debt to the message that pays it: what this chat asked to hear, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date

from bot.domain.card import tone_of
from bot.domain.catalogue import OVERALL_STATUS
from bot.domain.change import Change, Kind
from bot.domain.change_lines import change_sections, leaves_out
from bot.domain.message import Button, Fact, Message, Section
from bot.domain.nct import registry_link
from bot.domain.notice import Event, Match, Occurrence
from bot.domain.study import Study, StudyKey
from bot.domain.telling_buttons import managed
from bot.domain.telling_held import correction, digest_of_held, restless_sections
from bot.domain.watch import Subscription
from bot.domain.whole import whole_action
from bot.domain.words import phase_label, say, status_label

_EVENT_KINDS = {Event.NEW: Kind.NEW, Event.ENTERED: Kind.NEW, Event.LEFT: Kind.LEFT}


def tell(
    occurrence: Occurrence, subscriptions: Iterable[Subscription], study: Study
) -> Message | None:
    """The message for one chat, or None where it follows nothing of this any more.

    ``subscriptions`` are all that the chat follows now; ``study`` is the newest kept version, of a
    merged trial that of the trial that it became: whoever followed the old one follows that now.
    """
    concerned = tuple(_concerned(occurrence, subscriptions, {occurrence.key, study.key}))
    kinds = _kinds(concerned)
    told_for = [subscription for subscription, _ in concerned]
    if occurrence.corrected:
        taken_back = correction(occurrence, kinds, study)
        return taken_back and managed(taken_back, occurrence, told_for)
    changes = tuple(change for change in occurrence.changes if change.kind.asked_by & kinds)
    events = tuple(_event_lines(concerned))
    if not changes and not events:
        return None
    message = _message(occurrence, study, changes, events, _reasons(concerned))
    return managed(message, occurrence, told_for)


def tell_late(
    told: Iterable[tuple[Occurrence, Study]], subscriptions: Sequence[Subscription]
) -> Message | None:
    """One message for all that was held for one chat, or None as ``tell`` gives it."""
    heard = []
    for occurrence, study in told:
        keys = {occurrence.key, study.key}
        kinds = _kinds(tuple(_concerned(occurrence, subscriptions, keys)))
        changes = tuple(change for change in occurrence.changes if change.kind.asked_by & kinds)
        heard.append((occurrence, changes, study))
    return digest_of_held(heard)


def _kinds(concerned: Sequence[tuple[Subscription, Match | None]]) -> int:
    """The kinds of change that the chat asks for of this trial."""
    kinds = 0
    for subscription, match in concerned:
        if match is None or match.event is Event.CHANGED:
            kinds |= subscription.kinds
    return kinds


def _concerned(
    occurrence: Occurrence, subscriptions: Iterable[Subscription], keys: Set[StudyKey]
) -> Iterable[tuple[Subscription, Match | None]]:
    """The subscriptions that this occurrence touches, with the match for those by condition."""
    matches = {match.interest_id: match for match in occurrence.matches}
    for subscription in subscriptions:
        if subscription.study in keys:
            yield subscription, None
        elif subscription.interest_id in matches:
            match = matches[subscription.interest_id]
            if _wants(subscription, match, occurrence.first_posted):
                yield subscription, match


def _wants(subscription: Subscription, match: Match, first_posted: date | None) -> bool:
    if match.event is Event.CHANGED:
        return True
    if match.event is Event.NEW and (first_posted is None or subscription.since > first_posted):
        return False
    return bool(subscription.kinds & _EVENT_KINDS[match.event].bit)


def _event_lines(concerned: Iterable[tuple[Subscription, Match | None]]) -> Iterable[str]:
    for subscription, match in concerned:
        if match is not None and match.event is not Event.CHANGED and subscription.interest:
            yield say(f"event.{match.event}", words=subscription.interest.words)


def _reasons(concerned: Iterable[tuple[Subscription, Match | None]]) -> tuple[str, ...]:
    return tuple(
        say("why.trial")
        if subscription.interest is None
        else say("why.interest", words=subscription.interest.words)
        for subscription, _ in concerned
    )


def _message(
    occurrence: Occurrence,
    study: Study,
    changes: Sequence[Change],
    events: Sequence[str],
    reasons: Sequence[str],
) -> Message:
    key = occurrence.key
    status = next((c.new for c in changes if c.path == OVERALL_STATUS), study.overall_status)
    facts = [Fact(say("fact.number"), key.number)]
    if occurrence.first_posted:
        facts += _new_trial_facts(study)
    sections = change_sections(changes, study)
    sections += restless_sections(change for change in occurrence.restless if change in changes)
    if reasons:
        sections += (Section(say("section.why"), tuple(dict.fromkeys(reasons)), folded=True),)
    return Message(
        title=study.title,
        lede=" ".join(events) or None,
        facts=tuple(facts),
        sections=sections,
        buttons=(
            *_whole_button(occurrence, changes),
            Button(say("button.trial"), action=f"trial {key.number}"),
            Button(say("button.history"), action=f"history {key.number}"),
            Button(say("button.registry"), url=registry_link(key)),
        ),
        footer=say("footer", day=occurrence.data_day),
        link=registry_link(key),
        tone=tone_of(status),
    )


def _whole_button(occurrence: Occurrence, changes: Sequence[Change]) -> Iterable[Button]:
    """The way to what a message shortens; none where it says all."""
    if leaves_out(changes):
        action = whole_action(occurrence.key.number, occurrence.data_day)
        yield Button(say("button.whole"), action=action)


def _new_trial_facts(study: Study) -> list[Fact]:
    countries = sorted({site.country for site in study.sites if site.country})
    values = (
        ("status", status_label(study.overall_status)),
        ("phase", phase_label(study.phases)),
        ("conditions", ", ".join(study.conditions)),
        ("countries", ", ".join(countries)),
        ("sponsor", study.lead_sponsor.name),
    )
    return [Fact(say(f"fact.{name}"), value) for name, value in values if value]
