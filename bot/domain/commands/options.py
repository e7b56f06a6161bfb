"""What can stand behind a command: as one text that is typed, or as options with types.

A platform that knows types (Discord) asks for each option by itself and composes from them the text
that somebody would have typed; all other platforms take that text. So there is one way to
understand what is asked, and nothing can be asked on one platform alone.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping

import msgspec

from bot.domain.text import fold
from bot.domain.words import say


class Kind(enum.StrEnum):
    """The type of an option's value."""

    TEXT = "text"
    NUMBER = "number"
    SWITCH = "switch"
    """Yes or no."""
    ROLE = "role"
    """The id of a role of the server."""


class Suggests(enum.StrEnum):
    """What is suggested while somebody types."""

    TRIALS = "trials"
    CONDITIONS = "conditions"
    TOPICS = "topics"
    """What can be followed: conditions and trials."""
    PLACES = "places"
    COUNTRIES = "countries"
    FOLLOWED = "followed"
    """What the chat follows."""


class Absurd(Exception):
    """A value that the option does not take; the message is the option's name, never the value."""


class Choice(msgspec.Struct, frozen=True):
    """One value that can be chosen, and the key of what people read."""

    value: str
    key: str

    @property
    def label(self) -> str:
        """What people read; at most 100 characters (Discord's limit)."""
        return say(self.key)


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """Something behind a command.

    ``form`` is how its value is typed. One with a key (``near:{}``) stands before the words, since
    what is behind a field of a registry search belongs to it. ``least`` and ``most`` bound a
    number; ``key`` is the key of what is said about it.
    """

    name: str
    key: str
    form: str = "{}"
    kind: Kind = Kind.TEXT
    required: bool = False
    least: int = 0
    most: int = 0
    choices: tuple[Choice, ...] = ()
    suggests: Suggests | None = None

    @property
    def help(self) -> str:
        """What it is; at most 100 characters (Discord's limit)."""
        return say(self.key)

    @property
    def is_key(self) -> bool:
        """Whether it is typed with a key before its value."""
        return ":{}" in self.form

    def typed(self, value: object) -> str:
        """The value as somebody would type it, "" for none. Raises Absurd."""
        match self.kind:
            case Kind.SWITCH if isinstance(value, bool):
                written = ("yes" if value else "no") if "{}" in self.form else ""
                return self.form.format(written) if written or value else ""
            case Kind.NUMBER if type(value) is int and self.least <= value <= self.most:
                return self.form.format(value)
            case Kind.ROLE if isinstance(value, str) and value.isdecimal():
                return self.form.format(value)
            case Kind.TEXT if isinstance(value, str):
                return self._text(fold(value))
            case _:
                raise Absurd(self.name)

    def _text(self, value: str) -> str:
        if self.choices and value not in [one.value for one in self.choices]:
            raise Absurd(self.name)
        if self.is_key:
            plain = fold(value.replace('"', " "))
            value = f'"{plain}"' if " " in plain else plain
        return self.form.format(value) if value else ""


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A command within a command: ``/feed add``. ``typed`` stands before its options."""

    name: str
    key: str
    typed: str
    options: tuple[Option, ...] = ()

    @property
    def help(self) -> str:
        """What it does; at most 100 characters (Discord's limit)."""
        return say(self.key)


def composed(options: Iterable[Option], values: Mapping[str, object], before: str = "") -> str:
    """What was chosen as one text, as somebody would have typed it behind ``before``.

    ``values`` are by the options' names; None is nothing. Raises Absurd for a value that its option
    does not take, whoever let it through.
    """
    given = [(one, values[one.name]) for one in options if values.get(one.name) is not None]
    given.sort(key=lambda pair: not pair[0].is_key)
    return " ".join(filter(None, (before, *(one.typed(value) for one, value in given))))
