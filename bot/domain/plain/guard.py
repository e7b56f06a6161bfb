"""What stands between a reworded line and a reader: no line leaves with a violation.

The guard knows a rewriter only through what that declares: each ``Fired`` says what was matched,
where, what was given for it and which small words changed with it. Two kinds of checks hold each
other up. Outside of what fired, both lines must be the same tokens in the same order; so nothing
is lost, added, moved or merged there. And over the whole lines, inside of what fired too, numbers,
units, comparators, negations and links are read again from both and must be the same.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from bot.domain.plain import signs
from bot.domain.plain.criteria import Criterion
from bot.domain.plain.signs import Cue


class Fault(enum.StrEnum):
    """What can be wrong with a reworded line."""

    LINE = "another line"
    """Its number, side, heading or depth is not that of the source."""
    FIRED = "not what fired"
    """What is said to have been matched does not stand there."""
    LOST = "word lost"
    ADDED = "word added"
    ORDER = "order changed"
    NUMBER = "number changed"
    UNIT = "unit changed"
    COMPARATOR = "comparator changed"
    CUE = "negation or link changed"
    AGE = "age out of nothing"
    """Older or younger, where the source does not speak of an age."""
    CLAIM = "claim added"


class Violation(msgspec.Struct, frozen=True):
    """One thing that is wrong, and the words that show it."""

    fault: Fault
    about: str = ""


class Fired(msgspec.Struct, frozen=True, kw_only=True):
    """One replacement: ``match`` stands at character ``at`` of the source, ``gift`` in its place.

    ``declares`` says by how much the gift changes how often a cue stands in the line: ``without
    symptoms`` for ``asymptomatic`` declares one more ``NOT``.
    """

    rule: str
    at: int
    match: str
    gift: str
    declares: tuple[tuple[Cue, int], ...] = ()


def violations(
    source: Criterion, reworded: Criterion, fired: Sequence[Fired]
) -> tuple[Violation, ...]:
    """Everything that is wrong with a reworded line; empty where it may leave."""
    return tuple(_violations(source, reworded, fired))


def passes(source: Criterion, reworded: Criterion, fired: Sequence[Fired]) -> bool:
    """Whether nothing is wrong with a reworded line; it looks no further than the first fault."""
    return next(_violations(source, reworded, fired), None) is None


def _violations(
    source: Criterion, reworded: Criterion, fired: Sequence[Fired]
) -> Iterator[Violation]:
    yield from _of_line(source, reworded)
    yield from _of_words(source.text, reworded.text, fired)
    yield from _of_amounts(source.text, reworded.text)
    yield from _of_cues(source.text, reworded.text, fired)
    yield from _of_claims(source.text, reworded.text)


def spliced(text: str, fired: Sequence[Fired]) -> str | None:
    """The text with each gift in the place of its match; None where a match does not stand there.

    ``fired`` is in the order of the text.
    """
    parts, end = list[str](), 0
    for one in fired:
        after = one.at + len(one.match)
        if one.at < end or not one.match or text[one.at : after] != one.match:
            return None
        parts += (text[end : one.at], one.gift)
        end = after
    return "".join((*parts, text[end:]))


def _of_line(source: Criterion, reworded: Criterion) -> Iterator[Violation]:
    if msgspec.structs.replace(reworded, text=source.text) != source:
        yield Violation(Fault.LINE)


def _of_words(source: str, reworded: str, fired: Sequence[Fired]) -> Iterator[Violation]:
    """The same tokens in the same order, but for what fired."""
    expected = spliced(source, fired)
    if expected is None:
        yield Violation(Fault.FIRED)
        return
    wanted, got = signs.tokens(expected), signs.tokens(reworded)
    if wanted == got:
        return
    lost, added = Counter(wanted) - Counter(got), Counter(got) - Counter(wanted)
    if lost:
        yield Violation(Fault.LOST, " ".join(lost))
    if added:
        yield Violation(Fault.ADDED, " ".join(added))
    if not lost and not added:
        yield Violation(Fault.ORDER)


def _of_amounts(source: str, reworded: str) -> Iterator[Violation]:
    """The same numbers in the same order, each with its unit and what it is compared by."""
    before, after = signs.amounts(source), signs.amounts(reworded)
    if before != after:
        for fault, field in (
            (Fault.NUMBER, "number"),
            (Fault.UNIT, "unit"),
            (Fault.COMPARATOR, "comparators"),
        ):
            if [getattr(one, field) for one in before] != [getattr(one, field) for one in after]:
                yield Violation(fault)
    comparing = signs.older_or_younger(reworded) > signs.older_or_younger(source)
    if comparing and not signs.speaks_of_age(source):
        yield Violation(Fault.AGE)


def _of_cues(source: str, reworded: str, fired: Sequence[Fired]) -> Iterator[Violation]:
    wanted = signs.cues(source)
    for one in fired:
        for cue, by in one.declares:
            wanted[cue] += by
    got = signs.cues(reworded)
    for cue in Cue:
        if wanted[cue] != got[cue]:
            yield Violation(Fault.CUE, cue)


def _of_claims(source: str, reworded: str) -> Iterator[Violation]:
    for claim in signs.claims(reworded) - signs.claims(source):
        yield Violation(Fault.CLAIM, claim)
