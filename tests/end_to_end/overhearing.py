"""What a message tells, trial by trial, read off its text as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from bot.domain.message import Message
from tests.end_to_end.belonging import Way
from tests.end_to_end.plants import SAID_OF_THE_TRIAL, marks_in

_THINGS = re.compile(r"(\d+) things happened in")
_NUMBER = re.compile(r"NCT\d{8}")
_HEADED = re.compile(r"\((NCT\d{8})\)$")
_WAYS = re.compile(
    r"(A new trial was registered that matches|This trial matches|This trial now matches"
    r"|This trial no longer matches|This trial no longer has a status that you asked for with)"
    r" “([^”]+)”([^.]*)\."
)


class Told(msgspec.Struct, frozen=True):
    """What a message says of one trial."""

    trial: str
    text: str

    @property
    def marks(self) -> Iterator[int]:
        """Of what was planted and carries one."""
        return marks_in(self.text)

    @property
    def said(self) -> Iterator[str]:
        """What it says of things without a mark, each as often as it is said."""
        for sentence in SAID_OF_THE_TRIAL.values():
            yield from [sentence] * self.text.count(sentence)

    @property
    def moves(self) -> Iterator[tuple[Way, str]]:
        """That the trial is new, came or left, and to which words."""
        for begins, words, rest in _WAYS.findall(self.text):
            if begins.startswith("A new trial"):
                yield Way.NEW, words
            elif "no longer" in begins + rest:
                yield Way.LEFT, words
            else:
                yield Way.CAME, words


def things(message: Message) -> int:
    """How many things it tells of."""
    several = _THINGS.match(message.title)
    return int(several[1]) if several else 1


def told(message: Message) -> Iterator[Told]:
    """What it says of each trial."""
    if _THINGS.match(message.title):
        for section in message.sections:
            if found := _HEADED.search(section.heading):
                yield Told(found[1], "\n".join(section.lines))
        return
    (number,) = (fact.value for fact in message.facts if _NUMBER.fullmatch(fact.value))
    lines = [line for section in message.sections for line in section.lines]
    yield Told(number, "\n".join([message.lede or "", *lines]))
