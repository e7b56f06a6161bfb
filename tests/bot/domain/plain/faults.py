"""Faults put into reworded lines: what no rewriter may get past the guard.

Each fault takes a reworded line and gives it back wrong, or nothing where the line has no place for
it. ``in_gift`` puts the same faults into what a rule gives, as a bad rule would: there the line
agrees with what fired, and only the checks over the whole line can see it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import msgspec

from bot.domain.plain.criteria import Criterion, Side
from bot.domain.plain.guard import Fired, spliced
from bot.domain.plain.rewrite import Reworded
from bot.domain.plain.signs import tokens

Break = Callable[[str, random.Random], str | None]
"""A text made wrong; None where it has no place for this."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")


def number_changed(text: str, chance: random.Random) -> str | None:
    """Another number in the place of one."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    one = chance.choice(found)
    digits = one[0]
    place = chance.randrange(len(digits))
    while not digits[place].isdigit():
        place = chance.randrange(len(digits))
    other = str((int(digits[place]) + chance.randint(1, 9)) % 10)
    return _put(text, one, digits[:place] + other + digits[place + 1 :])


def numbers_swapped(text: str, chance: random.Random) -> str | None:
    """Two numbers that differ, each in the other's place."""
    return _swapped(text, list(_NUMBER.finditer(text)), chance)


_UNITS = (
    ("years", "months"), ("months", "weeks"), ("weeks", "days"), ("days", "hours"), ("mg", "g"),
    ("kg", "lb"), ("ml", "l"), ("mmHg", "cmHg"), ("%", "mg"), ("mm", "cm"), ("hours", "days"),
    ("times", "mg"), ("year", "month"), ("month", "week"), ("week", "day"), ("mg/dL", "mmol/L"),
)  # fmt: skip
_COMPARATORS = (
    ("at least", "at most"), ("at most", "less than"), ("more than", "less than"),
    ("less than", "more than"), ("or older", "or younger"), ("or younger", "or older"),
    ("older than", "younger than"), ("younger than", "older than"), ("≥", ">"), (">", "<"),
    ("<", "≤"), ("≤", "<"), ("at least", "more than"), ("or more", "or less"),
)  # fmt: skip
_NEGATIONS = ("not ", "no ", "without ", "never ", "cannot ")
_CLAIMS = ("safe", "proven", "effective", "the best", "you should", "recommended")


def unit_changed(text: str, chance: random.Random) -> str | None:
    """Another unit behind a number."""
    found = [
        (match, new)
        for old, new in _UNITS
        for match in re.finditer(rf"(?<=\d)\s?{re.escape(old)}(?![\w/])", text)
    ]
    if not found:
        return None
    match, new = chance.choice(found)
    return _put(text, match, f" {new}")


def comparator_changed(text: str, chance: random.Random) -> str | None:
    """Another comparison with the same number."""
    found = [
        (match, new)
        for old, new in _COMPARATORS
        for match in re.finditer(_bounded(old), text, re.IGNORECASE)
        if not old.isalpha() or _NUMBER.search(text)
    ]
    if not found:
        return None
    match, new = chance.choice(found)
    return _put(text, match, new)


def negation_removed(text: str, chance: random.Random) -> str | None:
    """A small word less, and the contrary said."""
    found = [
        match
        for negation in _NEGATIONS
        for match in re.finditer(rf"\b{negation}", text, re.IGNORECASE)
    ]
    return _put(text, chance.choice(found), "") if found else None


def negation_added(text: str, chance: random.Random) -> str | None:
    """A small word more, and the contrary said."""
    found = list(_WORD.finditer(text))
    if not found:
        return None
    place = chance.choice(found).start()
    return f"{text[:place]}{chance.choice(('not ', 'no ', 'without '))}{text[place:]}"


def link_changed(text: str, chance: random.Random) -> str | None:
    """And for or, or for and."""
    found = list(re.finditer(r"\b(?:and|or)\b", text))
    if not found:
        return None
    one = chance.choice(found)
    return _put(text, one, "or" if one[0] == "and" else "and")


def word_dropped(text: str, chance: random.Random) -> str | None:
    """A word less."""
    found = list(_WORD.finditer(text))
    return _put(text, chance.choice(found), "") if len(found) > 1 else None


def claim_added(text: str, chance: random.Random) -> str | None:
    """A promise or an advice that no record makes."""
    found = list(_WORD.finditer(text))
    if not found:
        return None
    place = chance.choice(found).start()
    return f"{text[:place]}{chance.choice(_CLAIMS)} {text[place:]}"


def negation_moved(text: str, chance: random.Random) -> str | None:
    """The same words, with the negation before another of them."""
    without = negation_removed(text, random.Random(0))
    if without is None:
        return None
    negation = next(
        one.strip() for one in _NEGATIONS if re.search(rf"\b{one}", text, re.IGNORECASE)
    )
    places = [match.start() for match in _WORD.finditer(without)]
    moved = [f"{without[:place]}{negation} {without[place:]}" for place in places]
    moved = [one for one in moved if tokens(one) != tokens(text)]
    return chance.choice(moved) if moved else None


def subject_swapped(text: str, chance: random.Random) -> str | None:
    """The same words, with the first of them and another in each other's place."""
    found = [match for match in _WORD.finditer(text) if len(match[0]) > 2]
    return _swapped(text, found[:1] + found[1:], chance, first=True)


BREAKS: Mapping[str, Break] = MappingProxyType(
    {
        "number changed": number_changed,
        "numbers swapped": numbers_swapped,
        "unit changed": unit_changed,
        "comparator changed": comparator_changed,
        "negation removed": negation_removed,
        "negation added": negation_added,
        "and for or": link_changed,
        "word dropped": word_dropped,
        "claim added": claim_added,
        "negation moved": negation_moved,
        "subject swapped": subject_swapped,
    }
)
"""Every way to make the text of a line wrong."""

IN_GIFT = (
    "number changed",
    "numbers swapped",
    "unit changed",
    "comparator changed",
    "negation removed",
    "negation added",
    "and for or",
    "claim added",
)
"""Those that the guard sees within a gift too; what a gift means otherwise is for the lint."""


def of_text(made: Reworded, chance: random.Random) -> Iterator[tuple[str, Criterion]]:
    """The line, wrong in every way that it has a place for."""
    for name, fault in BREAKS.items():
        text = fault(made.text, chance)
        if text is not None and tokens(text) != tokens(made.text):
            yield name, msgspec.structs.replace(made.line, text=text)


def of_line(made: Reworded, other: Criterion) -> Iterator[tuple[str, Criterion]]:
    """The line on the other side, with another's number, and with another's text joined to it."""
    side = Side.EXCLUSION if made.source.side is Side.INCLUSION else Side.INCLUSION
    yield "side exchanged", msgspec.structs.replace(made.line, side=side)
    yield "number of the line", msgspec.structs.replace(made.line, number=other.number + 1000)
    for joint in (" ", "; ", "\n"):
        merged = f"{made.text}{joint}{other.text}"
        yield "lines merged", msgspec.structs.replace(made.line, text=merged)


def in_gift(
    made: Reworded, chance: random.Random
) -> Iterator[tuple[str, Criterion, tuple[Fired, ...]]]:
    """What one rule gave, wrong in every way; the line agrees with it."""
    for name in IN_GIFT:
        for place, one in enumerate(made.fired):
            gift = BREAKS[name](one.gift, chance)
            if gift is None or tokens(gift) == tokens(one.gift):
                continue
            bad = msgspec.structs.replace(one, gift=gift)
            fired = (*made.fired[:place], bad, *made.fired[place + 1 :])
            text = spliced(made.source.text, fired)
            if text is not None:
                yield f"{name} by a rule", msgspec.structs.replace(made.line, text=text), fired


def _put(text: str, match: re.Match[str], new: str) -> str:
    return f"{text[: match.start()]}{new}{text[match.end() :]}"


def _bounded(words: str) -> str:
    return rf"\b{words}\b" if words[0].isalpha() else rf"{words}(?!\s?=)"


def _swapped(
    text: str, found: list[re.Match[str]], chance: random.Random, *, first: bool = False
) -> str | None:
    pairs = [
        (one, other)
        for place, one in enumerate(found[:1] if first else found)
        for other in found[place + 1 :]
        if one[0].casefold() != other[0].casefold()
    ]
    if not pairs:
        return None
    one, other = chance.choice(pairs)
    between = text[one.end() : other.start()]
    return f"{text[: one.start()]}{other[0]}{between}{one[0]}{text[other.end() :]}"
