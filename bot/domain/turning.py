"""Which buttons turn the message that they stand under, like a page, instead of asking for another.

A card's parts, the pages of a list and the settings are one sheet each: a press shows its next side
in its place. What leads to something else, or does something for good, is answered in a message of
its own, and so is every button under what was told unasked: news must not vanish by a press.
"""

from __future__ import annotations

import msgspec

from bot.domain.message import Button, Message

SHEETS = (
    frozenset({"trial"}),
    frozenset({"search", "narrow"}),
    frozenset({"history"}),
    frozenset({"whole"}),
    frozenset({"following", "sub"}),
    frozenset({"settings"}),
)
"""Commands and actions whose answers are sides of one sheet."""


def turning(command: str, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The answer to a command, its buttons marked that lead to another side of the same sheet.

    An answer of several messages is no sheet: which of them would be turned?
    """
    if len(messages) != 1 or messages[0].files:
        return messages
    sheet = next((one for one in SHEETS if command in one), frozenset[str]())
    message = messages[0]
    buttons = tuple(_marked(one, sheet) for one in message.buttons)
    return (msgspec.structs.replace(message, buttons=buttons),)


def other_side(messages: tuple[Message, ...]) -> Message | None:
    """What a turned message is to say instead; None where the answer is to be sent by itself.

    A side leads to others. What does not (a refusal, a registry that is out, a list that is empty
    by now) would leave whoever pressed with nothing in the place of what they read.
    """
    if len(messages) != 1 or messages[0].files:
        return None
    return messages[0] if any(one.turns for one in messages[0].buttons) else None


def _marked(button: Button, sheet: frozenset[str]) -> Button:
    if button.action is None or button.action.split(" ", 1)[0] not in sheet:
        return button
    return msgspec.structs.replace(button, turns=True)
