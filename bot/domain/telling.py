"""From a debt to the message that pays it: what this chat asked to hear, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.domain.change_lines import change_sections, leaves_out
from bot.domain.event_lines import event_line
from bot.domain.hearing import Heard, hear, status_of
from bot.domain.message import Button, Fact, Message, Section
from bot.domain.nct import registry_link
from bot.domain.notice import Occurrence
from bot.domain.settings.chat import DEFAULT, ChatSettings
from bot.domain.study import Study, StudyKey
from bot.domain.telling_buttons import managed, managed_together
from bot.domain.telling_held import correction, digest_of_held, restless_sections
from bot.domain.tone import tone_of
from bot.domain.watch import Subscription
from bot.domain.whole import whole_action
from bot.domain.words import phase_label, say, status_label


def tell(
    occurrence: Occurrence,
    subscriptions: Iterable[Subscription],
    study: Study,
    *,
    muted: Collection[StudyKey] = (),
    settings: ChatSettings = DEFAULT,
) -> Message | None:
    """The message for one chat, or None where nothing of this is for it; see ``hearing.hear``."""
    heard = hear(occurrence, subscriptions, study, muted=muted, settings=settings)
    if not heard:
        return None
    if occurrence.corrected:
        message = correction(occurrence, heard, study)
    else:
        message = _message(occurrence, study, heard)
    told_for = [one.subscription for one in heard.concerned]
    return message and managed(message, occurrence, told_for)


def tell_late(
    told: Iterable[tuple[Occurrence, Study]],
    subscriptions: Sequence[Subscription],
    *,
    muted: Collection[StudyKey] = (),
    settings: ChatSettings = DEFAULT,
) -> Message | None:
    """One message for all that was held for one chat, or None as ``tell`` gives it."""
    heard = []
    for occurrence, study in told:
        one = hear(occurrence, subscriptions, study, muted=muted, settings=settings)
        heard.append((occurrence, one, study))
    late = digest_of_held(heard)
    return late and managed_together(late)


def _event_lines(heard: Heard, status: str | None) -> Iterable[str]:
    for one in heard.events:
        if one.match is not None and one.subscription.interest is not None:
            yield event_line(one.match, one.subscription.interest, status)


def _reasons(heard: Heard) -> tuple[str, ...]:
    return tuple(
        say("why.trial")
        if one.subscription.interest is None
        else say("why.interest", words=one.subscription.interest.words)
        for one in heard.concerned
    )


def _message(occurrence: Occurrence, study: Study, heard: Heard) -> Message:
    key, changes = occurrence.key, heard.changes
    status = status_of(changes, study)
    facts = [Fact(say("fact.number"), key.number)]
    if occurrence.first_posted:
        facts += _new_trial_facts(study)
    sections = change_sections(changes, study, heard.places)
    sections += restless_sections(change for change in occurrence.restless if change in changes)
    if reasons := _reasons(heard):
        sections += (Section(say("section.why"), tuple(dict.fromkeys(reasons)), folded=True),)
    return Message(
        title=study.title,
        lede=" ".join(dict.fromkeys(_event_lines(heard, status_of(occurrence.changes, study))))
        or None,
        facts=tuple(facts),
        sections=sections,
        buttons=(
            *_whole_button(occurrence, heard),
            Button(say("button.trial"), action=f"trial {key.number}"),
            Button(say("button.history"), action=f"history {key.number}"),
            Button(say("button.registry"), url=registry_link(key)),
        ),
        footer=say("footer", day=occurrence.data_day),
        link=registry_link(key),
        tone=tone_of(status),
    )


def _whole_button(occurrence: Occurrence, heard: Heard) -> Iterable[Button]:
    """The way to what a message shortens; none where it says all."""
    if leaves_out(heard.changes, heard.places):
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
