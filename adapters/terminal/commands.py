"""From a typed line to what is to be done: a request to the desk, or the chat's own affair."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from bot.domain.address import Address
from bot.domain.commands.request import Request, parse_line
from bot.domain.message import Button

YOU = Address("terminal", "local", "you")
"""The one chat that a terminal has."""


class Ask(msgspec.Struct, frozen=True):
    """Put this to the desk."""

    request: Request


class Open(msgspec.Struct, frozen=True):
    """A button that leads to a page was pressed."""

    url: str


class Unfold(msgspec.Struct, frozen=True):
    """Show the last message with everything that was folded away."""


class Quit(msgspec.Struct, frozen=True):
    """End the chat."""


class Unknown(msgspec.Struct, frozen=True):
    """Nothing that can be done; ``line`` is what was typed, where it may have been meant so."""

    line: str = ""


class NoButton(msgspec.Struct, frozen=True):
    """A number that is on no button, or no longer: numbers begin anew with each answer."""

    number: int


Intent = Ask | Open | Unfold | Quit | NoButton | Unknown

_NUMBER = re.compile(r"nct\s*\d{8}\Z", re.IGNORECASE)
_YES = ("import yes", "forget yes")
_ANSWERS = {
    "yes": ("consent", "confirm", "settings yes", *_YES),
    "y": ("consent", "confirm", "settings yes", *_YES),
    "no": ("decline", "import no", "forget no"),
    "n": ("decline", "import no", "forget no"),
}
"""How the actions of the buttons begin that each of these words presses."""

_SHORTEST_WORD = 4
_SLIPS = frozenset({"yess", "yeah", "yeap", "okay", "sure", "nope", "nooo", "quit!"})
"""Words alone that are an answer to something, and nothing that is looked for."""

_LONGEST = 5
"""Digits of a button's number, and some more; longer ones are none."""


def read_line(line: str, buttons: Mapping[int, Button]) -> Intent | None:
    """What a line asks for; None for an empty one.

    ``buttons`` are those that can be pressed by their number. ``yes`` and ``no`` answer only a
    question that stands among them, so that a stray one does nothing.
    """
    typed = line.strip()
    word = typed.lower()
    if not typed:
        return None
    if word in ("/quit", "/exit", "quit", "exit"):
        return Quit()
    if word in ("/more", "more"):
        return Unfold()
    if word.isdecimal() and len(word) < _LONGEST:
        pressed = buttons.get(int(word))
        return _press(pressed) if pressed else NoButton(int(word))
    for button in buttons.values():
        asked = f"{button.action} ".startswith
        if button.action and any(asked(f"{one} ") for one in _ANSWERS.get(word, ())):
            return _press(button)
    if _NUMBER.match(typed):
        return _ask("trial", typed)
    parsed = parse_line(typed)
    if parsed is not None:
        return _ask(*parsed)
    # A short word may be a slip of "yes": it is told of, and taken for no search.
    slip = len(word) < _SHORTEST_WORD or word in _SLIPS or word.isdecimal()
    return Unknown("" if slip and not typed.startswith("/") else typed)


def _press(button: Button) -> Intent:
    return _command(button.action) if button.action else Open(button.url or "")


def _command(line: str) -> Intent:
    parsed = parse_line(line)
    return _ask(*parsed) if parsed else Unknown()


def _ask(command: str, text: str = "") -> Ask:
    return Ask(Request(command=command, text=text, address=YOU, private=True))
