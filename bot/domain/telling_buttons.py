"""What somebody can do right under a message about a trial: mute it, stop it, ask why it came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from bot.domain.message import Button, Message
from bot.domain.notice import Occurrence
from bot.domain.watch import Subscription
from bot.domain.words import say


def managed(message: Message, occurrence: Occurrence, concerned: Sequence[Subscription]) -> Message:
    """The message with these buttons; ``concerned`` are the subscriptions that it is told for."""
    ways = tuple(_ways(occurrence, concerned))
    return replace(message, buttons=(*message.buttons, *ways))


def managed_together(message: Message) -> Message:
    """The same for a message about several trials, as far as it can be pressed for all of them."""
    ways = (
        Button(say("button.following"), action="following"),
        Button(say("button.why.all"), action="why"),
    )
    return replace(message, buttons=(*message.buttons, *ways))


def _ways(occurrence: Occurrence, concerned: Sequence[Subscription]) -> Iterator[Button]:
    number = occurrence.key.number
    yield Button(say("button.mute"), action=f"mute {number}")
    match concerned:
        case [one]:
            yield Button(say("button.unfollow"), action=f"unfollow #{one.id}")
        case _:
            yield Button(say("button.following"), action="following")
    yield Button(say("button.why"), action=f"why {number} {occurrence.data_day}")
