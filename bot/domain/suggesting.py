"""What is suggested while somebody types into one option of a command.

Pure ranking: what begins like the typed text comes first, then what has a word that does, then what
has it anywhere; among equals the weightier, then those that were given first. Case and accents do
not matter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from bot.domain.address import Address
from bot.domain.commands.options import Suggests
from bot.domain.nct import find_key
from bot.domain.said import filter_lines
from bot.domain.shortening import short
from bot.domain.told import ToldNotice
from bot.domain.watch import Subscription
from bot.domain.words import say

MOST = 25
"""Suggestions at a time, and the characters of one (Discord's limits)."""

ROOM = 100


class Typing(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody typed so far into an option."""

    suggests: Suggests
    text: str
    address: Address
    """The chat whose own things are suggested."""
    private: bool
    person: str
    """Who types, by the platform's id, to count; it is neither logged nor kept."""


class Suggestion(msgspec.Struct, frozen=True):
    """One thing to choose: what people read, and what is then the option's value."""

    label: str
    value: str


class Candidate(msgspec.Struct, frozen=True):
    """Something that may be suggested. ``said`` is what it is found by, where not by its label."""

    label: str
    value: str
    weight: int = 0
    said: str = ""


def ranked(candidates: Iterable[Candidate], typed: str) -> tuple[Suggestion, ...]:
    """Those that fit, the best first, each value and each label once; all fit an empty text."""
    wanted = folded(typed)
    found = []
    for position, one in enumerate(candidates):
        rank = _rank(folded(one.said or one.label), wanted)
        if rank is not None and one.value and len(one.value) <= ROOM:
            found.append((rank, -one.weight, position, one))
    values: dict[str, Suggestion] = {}
    labels = set()
    for *_, one in sorted(found, key=lambda entry: entry[:3]):
        label = _fitting(one.label)
        if label not in labels and one.value not in values:
            labels.add(label)
            values[one.value] = Suggestion(label, one.value)
    return tuple(values.values())[:MOST]


def folded(text: str) -> str:
    """Without case, accents and double spaces."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return " ".join(bare.split())


def trial(number: str, title: str | None, weight: int = 0) -> Candidate:
    """A trial by its number and title; it is found by both."""
    label = say("suggest.trial", number=number, title=title) if title else number
    return Candidate(label, number, weight, f"{number} {title or ''}")


def own_trials(followed: Iterable[Subscription], told: Iterable[ToldNotice]) -> Iterator[Candidate]:
    """What a chat follows and was lately told of."""
    for one in followed:
        if one.study is not None:
            yield trial(one.study.number, one.title, weight=2)
    for notice in told:
        yield trial(notice.occurrence.key.number, notice.title, weight=1)


def subscriptions(followed: Iterable[Subscription]) -> Iterator[Candidate]:
    """What a chat follows, to be chosen by the number under which it is kept."""
    for one in followed:
        value = f"#{one.id}"
        if one.study is not None:
            shown = trial(one.study.number, one.title)
            yield Candidate(shown.label, value, said=shown.said)
        elif one.interest is not None:
            words = one.interest.words
            narrowed = " ".join(filter_lines(one.interest.filter))
            label = say("suggest.narrowed", words=words, narrowed=narrowed) if narrowed else words
            yield Candidate(label, value, said=f"{words} {narrowed}")


def as_number(text: str) -> str | None:
    """The beginning of a trial's number, in lower case, where it is one."""
    digits = "".join(text.split()).lower().removeprefix("nct")
    if len(digits) >= _DIGITS and digits.isascii() and digits.isdigit():
        return f"nct{digits}"
    return whole_number(text)


def whole_number(text: str) -> str | None:
    """The number that a text names however it is written, in lower case."""
    key = find_key(text)
    return key.number.lower() if key else None


_DIGITS = 3
"""Of a number without letters before it, that is taken for a trial's."""


def _rank(said: str, wanted: str) -> int | None:
    if said.startswith(wanted):
        return 0
    if f" {wanted}" in said:
        return 1
    if all(f" {word}" in f" {said}" for word in wanted.split()):
        return 2
    return 3 if wanted in said else None


def _fitting(label: str) -> str:
    """In one line; Discord counts UTF-16 units, it seems, so those are counted."""
    label = " ".join(label.split())
    while len(label.encode("utf-16-le")) // 2 > ROOM:
        label = short(label, min(len(label), ROOM) - 1)
    return label
