"""What the desk says about the settings of a chat."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.asking.distance import in_miles
from bot.domain.message import Ask, Button, Fact, Message, Section
from bot.domain.place import Place
from bot.domain.settings.chat import Audience, ChatSettings, Rhythm
from bot.domain.settings.setting import Page
from bot.domain.settings.words import WEEKDAYS
from bot.domain.words import say

RADII = (25, 50, 100, 200, 500)
HOURS = (7, 9, 12, 18, 20)
QUIET = ((21, 7), (22, 7), (22, 8), (23, 9))
"""Those that are offered; all others can be typed."""


def page(
    settings: ChatSettings,
    which: Page,
    taps: frozenset[Ask] = frozenset(),
    miles: float | None = None,
) -> Message:
    """A page of the settings as they are now; ``taps`` is what can be given with one tap.

    ``miles`` is how near was just typed in them.
    """
    match which:
        case Page.PLACE:
            return _place(settings, miles, can_locate=Ask.PLACE in taps)
        case Page.WHEN:
            return _when(settings)
        case Page.QUIET:
            return _quiet(settings)
        case Page.ALL:
            return _all(settings)


def _all(settings: ChatSettings) -> Message:
    return Message(
        title=say("settings.title"),
        lede=say("settings.lede"),
        facts=(
            Fact(say("settings.fact.place"), _place_value(settings)),
            Fact(say("settings.fact.zone"), settings.time_zone),
            Fact(say("settings.fact.when"), when_value(settings)),
            Fact(say("settings.fact.quiet"), _quiet_value(settings)),
            Fact(say("settings.fact.watching"), _switch_value(on=settings.still_watching)),
            Fact(say("settings.fact.discreet"), _switch_value(on=settings.discreet)),
            Fact(say("settings.fact.audience"), say(f"settings.audience.{settings.audience}")),
        ),
        buttons=(
            Button(say("button.settings.place"), action="settings place"),
            Button(say("button.settings.when"), action="settings when"),
            Button(say("button.settings.quiet"), action="settings quiet"),
            turn("watching", on=settings.still_watching),
            turn("discreet", on=settings.discreet),
            _audience_button(settings),
        ),
    )


def _place_value(settings: ChatSettings) -> str:
    near = settings.near
    if near is None:
        return say("settings.place.none")
    return say("settings.place.value", place=near.place.name, kilometres=near.kilometres)


def when_value(settings: ChatSettings) -> str:
    """When a chat is told, in words."""
    weekday = say(f"weekday.{settings.weekday}")
    return say(f"settings.when.{settings.rhythm}", hour=settings.hour, weekday=weekday)


def _quiet_value(settings: ChatSettings) -> str:
    start, end = settings.quiet_from, settings.quiet_to
    if start is None or end is None:
        return say("settings.quiet.none")
    key = "urgent" if settings.urgent_in_quiet else "value"
    return say(f"settings.quiet.{key}", start=start, end=end)


def _switch_value(*, on: bool) -> str:
    return say("settings.on") if on else say("settings.off")


def turn(name: str, *, on: bool) -> Button:
    """A button that turns it over. Its action says how, so that a second press undoes nothing."""
    turned = "off" if on else "on"
    return Button(say(f"button.settings.{name}.{turned}"), action=f"settings {name} {turned}")


def _audience_button(settings: ChatSettings) -> Button:
    patient = settings.audience is Audience.PATIENT
    other = Audience.PROFESSIONAL if patient else Audience.PATIENT
    return Button(say(f"button.settings.{other}"), action=f"settings audience {other}")


def ask_place() -> Message:
    """Before a position is given: what becomes of it."""
    return Message(
        title=say("settings.locate.title"), lede=say("settings.locate.lede"), asks=Ask.PLACE
    )


def taken_as(place: Place) -> Message:
    """A position was given, and this is all that is kept of it."""
    lede = say("settings.located.lede", zone=place.time_zone or "UTC")
    return Message(
        title=say("settings.located.title", place=place.name), lede=lede, asks=Ask.NOTHING
    )


def _place(settings: ChatSettings, miles: float | None, *, can_locate: bool) -> Message:
    near, buttons = settings.near, list[Button]()
    if can_locate:
        buttons.append(Button(say("button.settings.locate"), action="locate"))
    sections: tuple[Section, ...] = ()
    if near is not None:
        now = say("settings.place.now", place=near.place.name, kilometres=near.kilometres)
        lines: tuple[str, ...] = (now,)
        if far := in_miles(miles, near.kilometres):
            lines += (say("settings.place.miles", miles=far, kilometres=near.kilometres),)
        lines += (say("settings.place.zone", zone=settings.time_zone),)
        sections = (Section(say("settings.section.now"), lines),)
        buttons += [
            Button(say("button.settings.radius", kilometres=one), action=f"settings radius {one}")
            for one in RADII
            if one != near.kilometres
        ]
        buttons.append(Button(say("button.settings.place.forget"), action="settings place none"))
    return Message(
        title=say("settings.place.title"),
        lede=say("settings.place.lede"),
        sections=sections,
        buttons=(*buttons, back()),
    )


def _when(settings: ChatSettings) -> Message:
    lines: tuple[str, ...] = (
        say("settings.when.now", when=when_value(settings), zone=settings.time_zone),
    )
    if settings.rhythm is Rhythm.AT_ONCE:
        weekday = say(f"weekday.{settings.weekday}")
        lines += (say("settings.when.hour", hour=settings.hour, weekday=weekday),)
    return Message(
        title=say("settings.when.title"),
        lede=say("settings.when.lede"),
        sections=(Section(say("settings.section.now"), lines),),
        buttons=(*_when_buttons(settings), back()),
    )


def _when_buttons(settings: ChatSettings) -> Iterator[Button]:
    for rhythm in Rhythm:
        if rhythm is not settings.rhythm:
            yield Button(say(f"button.settings.{rhythm}"), action=f"settings tell {rhythm}")
    if settings.rhythm is Rhythm.AT_ONCE:
        return
    for hour in HOURS:
        if hour != settings.hour:
            yield Button(say("button.settings.hour", hour=hour), action=f"settings hour {hour}")
    if settings.rhythm is Rhythm.WEEKLY:
        for day, word in enumerate(WEEKDAYS):
            if day != settings.weekday:
                weekday = say(f"weekday.{day}")
                label = say("button.settings.weekday", weekday=weekday)
                yield Button(label, action=f"settings weekday {word}")


def _quiet(settings: ChatSettings) -> Message:
    zone, has_some = settings.time_zone, settings.quiet_from is not None
    if has_some:
        now = say("settings.quiet.now", quiet=_quiet_value(settings), zone=zone)
    else:
        now = say("settings.quiet.now.none", zone=zone)
    urgent = settings.urgent_in_quiet
    lines = (now, say("settings.urgent.on") if urgent else say("settings.urgent.off"))
    chosen = (settings.quiet_from, settings.quiet_to)
    off = Button(say("button.settings.quiet.off"), action="settings quiet off")
    return Message(
        title=say("settings.quiet.title"),
        lede=say("settings.quiet.lede"),
        sections=(Section(say("settings.section.now"), lines),),
        buttons=(
            *(_quiet_button(*hours) for hours in QUIET if hours != chosen),
            *((off,) if has_some else ()),
            turn("urgent", on=urgent),
            back(),
        ),
    )


def _quiet_button(start: int, end: int) -> Button:
    label = say("button.settings.quiet.set", start=start, end=end)
    return Button(label, action=f"settings quiet {start} {end}")


def back() -> Button:
    """The way to all settings."""
    return Button(say("button.settings.back"), action="settings")


def ask_consent(change: str, privacy_url: str | None) -> Message:
    """The question before anything is kept of a private chat; ``change`` is asked again with it."""
    promise = (Button(say("button.privacy"), url=privacy_url),) if privacy_url else ()
    return Message(
        title=say("settings.consent.title"),
        lede=say("settings.consent.lede"),
        buttons=(
            Button(say("button.settings.yes"), action=f"settings yes {change}"),
            Button(say("button.decline"), action="decline"),
            *promise,
        ),
    )
