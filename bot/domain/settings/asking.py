"""What is asked back where a setting that was typed is not clear, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.asking.distance import Distance, in_miles
from bot.domain.message import Button, Message, Section
from bot.domain.place import Place
from bot.domain.question import FARTHEST
from bot.domain.settings.replies import back, turn
from bot.domain.settings.setting import Problem, Wrong
from bot.domain.settings.words import is_offset
from bot.domain.shortening import short
from bot.domain.words import say

TYPED = 60
"""Characters shown of what was typed and not understood."""


def wrong(one: Wrong) -> Message:
    """What was typed cannot be chosen, and what can."""
    if one.problem is Problem.UNKNOWN:
        return not_understood(one.name, one.meant)
    key = f"settings.bad.{one.problem}"
    buttons: tuple[Button, ...] = ()
    if one.problem is Problem.SWITCH:
        buttons = (turn(one.name, on=False), turn(one.name, on=True))
    return Message(
        title=say(f"{key}.title", name=short(one.name, TYPED)),
        lede=say(f"{key}.lede", most=FARTHEST, name=one.name),
        buttons=(*buttons, back()),
    )


def not_understood(typed: str, meant: str | None, places: Sequence[Place] = ()) -> Message:
    """It is no setting; what it may have been meant for, a setting or a place, is offered."""
    likely = [] if meant is None else [Button(short(meant, TYPED), action=f"settings {meant}")]
    return Message(
        title=say("settings.unknown.title", typed=short(typed, TYPED)),
        lede=say("settings.unknown.near" if meant or places else "settings.unknown.lede"),
        sections=(Section(say("settings.unknown.section"), tuple(_examples())),),
        buttons=(
            *likely,
            *(Button(one.name, action=f"settings place {one.name}") for one in places),
            back(),
        ),
    )


def _examples() -> Iterator[str]:
    for name in ("daily", "weekly", "quiet", "discreet", "place", "radius", "zone"):
        yield say(f"settings.unknown.{name}")


def zone_unknown(name: str) -> Message:
    """No such time zone, and no such city."""
    key = "settings.bad.offset" if is_offset(name) else "settings.bad.zone"
    return Message(
        title=say(f"{key}.title", name=name),
        lede=say(f"{key}.lede"),
        buttons=(back(),),
    )


def which_place(
    name: str, places: Sequence[Place], setting: str, far: Distance | None = None
) -> Message:
    """Several places have this name; ``setting`` is asked again with the answer."""
    return Message(
        title=say("place.which.title", name=name),
        lede=say("place.which.lede"),
        buttons=tuple(
            Button(place.name, action=f"settings {setting} {place.name}{_typed(far)}")
            for place in places
        ),
    )


def did_you_mean(
    typed: str, places: Sequence[Place], setting: str, far: Distance | None = None
) -> Message:
    """Nothing is called just so: nothing is set before one of the places is pressed."""
    which = which_place(typed, places, setting, far)
    return Message(
        title=say("settings.guessed.title", name=typed),
        lede=say("settings.guessed.zone" if setting == "zone" else "settings.guessed.lede"),
        buttons=(*which.buttons, back()),
    )


def _typed(far: Distance | None) -> str:
    """A distance as it can be typed behind a place."""
    if far is None:
        return ""
    miles = in_miles(far.miles, far.kilometres)
    return f" {far.kilometres} km" if miles is None else f" {miles} miles"


def place_unknown(name: str) -> Message:
    """No such city."""
    return Message(
        title=say("place.unknown.title", name=name),
        lede=say("settings.place.unknown"),
        buttons=(back(),),
    )
