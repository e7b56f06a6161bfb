"""The guard: nothing wrong gets past it, nothing right is held."""

from __future__ import annotations

import random
from collections import Counter

import msgspec
import pytest

from bot.domain.plain.criteria import Criterion, Side, criteria_of
from bot.domain.plain.guard import Fault, Fired, passes, violations
from bot.domain.plain.rewrite import Reworded, Status, reword
from bot.domain.plain.signs import Cue, amounts, cues
from tests.bot.domain.plain.faults import BREAKS, IN_GIFT, in_gift, of_line, of_text
from tests.shared import needs_shared
from tests.studies_recorded import recorded_studies

ONE_IN = 120
"""Of so many records one is tried here; ``./run plain-report`` tries all."""


def line(text: str, side: Side | None = Side.INCLUSION) -> Criterion:
    """A line of criteria."""
    return Criterion(number=3, text=text, side=side)


def found(
    source: str, reworded: str, *fired: tuple[str, str], declares: tuple[tuple[Cue, int], ...] = ()
) -> set[Fault]:
    """What the guard says of a text for another, where each pair is what fired."""
    made = tuple(
        Fired(rule="made", at=source.index(old), match=old, gift=new, declares=declares)
        for old, new in fired
    )
    return {one.fault for one in violations(line(source), line(reworded), made)}


def test_line_that_agrees_with_what_fired_passes() -> None:
    """Words, numbers and cues as declared; case and white space do not matter."""
    assert not found(
        "Asymptomatic renal  disease ≥ 3 months",
        "Without symptoms kidney disease at least 3 months",
        ("Asymptomatic", "Without symptoms"), ("renal", "kidney"), ("≥", "at least"),
        declares=((Cue.NOT, 0),),
    ) - {Fault.CUE}  # fmt: skip
    assert not found(
        "asymptomatic", "without symptoms", ("asymptomatic", "without symptoms"),
        declares=((Cue.NOT, 1),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "reworded", "fired", "fault"),
    [
        ("renal pain now", "kidney pain", [("renal", "kidney")], Fault.LOST),
        ("renal pain", "kidney pain now", [("renal", "kidney")], Fault.ADDED),
        ("no pain, fever", "pain, no fever", [], Fault.ORDER),
        ("renal pain", "kidney pain", [("renal p", "kidney p"), ("renal", "x")], Fault.FIRED),
        ("aged 18 years", "aged 17 years", [("18", "17")], Fault.NUMBER),
        ("for 3 months", "for 3 weeks", [("months", "weeks")], Fault.UNIT),
        ("pain ≥ 3", "pain more than 3", [("≥", "more than")], Fault.COMPARATOR),
        ("no pain", "pain", [("no pain", "pain")], Fault.CUE),
        ("pain and fever", "pain or fever", [("and", "or")], Fault.CUE),
        ("pain unless fever", "pain if fever", [("unless", "if")], Fault.CUE),
        ("must walk", "can walk", [("must", "can")], Fault.CUE),
        ("for ≥ 3 cm", "3 cm or older", [("for ≥ 3 cm", "3 cm or older")], Fault.AGE),
        ("study drug", "safe drug", [("study", "safe")], Fault.CLAIM),
        ("study drug", "your drug", [("study", "your")], Fault.CLAIM),
    ],
)
def test_each_fault_is_named(
    source: str, reworded: str, fired: list[tuple[str, str]], fault: Fault
) -> None:
    """Even where the line agrees with what a rule says of itself."""
    assert fault in found(source, reworded, *fired)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("age ≥ 18 years", "18 years or older"),
        ("age >= 18 yrs", "aged at least 18 years"),
        ("greater than or equal to 5 mg", "≥5 mg"),
        ("no more than 2 weeks", "at most 2 weeks"),
        ("≤ 2.5 x ULN", "at most 2.5 times the top of the normal range"),
        ("< 5%", "less than 5 percent"),
        ("18-75 years", "18 to 75 years"),
    ],
)
def test_amounts_are_read_the_same_in_signs_and_in_words(one: str, other: str) -> None:
    """The number, its unit and what it is compared by, however they are written."""
    assert amounts(one) == amounts(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("> 5 mg", "≥ 5 mg"), ("5 mg", "5 g"), ("1 of 2", "2 of 1"), ("< 5 or > 7", "> 5 or < 7"),
        ("5 years or older", "older than 5 years"), ("up to 5", "5"),
    ],
)  # fmt: skip
def test_amounts_that_differ_are_told_apart(one: str, other: str) -> None:
    """Whatever the sign, the unit or the order."""
    assert amounts(one) != amounts(other)


def test_shortened_negation_is_one() -> None:
    """Doesn't says not."""
    assert cues("He doesn't walk and cannot run") == Counter({Cue.NOT: 2, Cue.AND: 1})


@pytest.mark.parametrize("field", ["number", "side", "group", "level", "lead_in"])
def test_line_keeps_its_place(field: str) -> None:
    """Its number, side, heading and depth are not a rewriter's to change."""
    other = {"number": 4, "side": Side.EXCLUSION, "group": "a", "level": 1, "lead_in": "b:"}
    moved = msgspec.structs.replace(line("pain"), **{field: other[field]})
    assert [one.fault for one in violations(line("pain"), moved, ())] == [Fault.LINE]


def some_reworded() -> list[Reworded]:
    """The reworded lines of a sample of the records."""
    records = recorded_studies()[::ONE_IN]
    lines = [one for record in records for one in criteria_of(record.eligibility.criteria).lines]
    return [made for made in map(reword, lines) if made.status is Status.REWORDED]


@needs_shared
def test_every_injected_fault_is_caught() -> None:
    """Over real lines: of each kind many, and none gets past."""
    chance, tried, missed = random.Random(6), Counter[str](), list[str]()
    lines = some_reworded()
    for place, made in enumerate(lines):
        other = lines[place - 1].source
        for name, wrong in (*of_text(made, chance), *of_line(made, other)):
            tried[name] += 1
            if passes(made.source, wrong, made.fired):
                missed.append(f"{name}: {wrong.text}")
        for name, wrong, fired in in_gift(made, chance):
            tried[name] += 1
            if passes(made.source, wrong, fired):
                missed.append(f"{name}: {wrong.text}")
    assert not missed
    assert set(tried) >= {*BREAKS, "side exchanged", "lines merged", f"{IN_GIFT[0]} by a rule"}
