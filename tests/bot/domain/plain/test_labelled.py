"""Inclusion and exclusion told apart on recorded trials that were read and labelled by hand.

``criteria_labels.json`` holds, for each record, ranges of line numbers: ``i`` and ``e`` are lines
that say who can join and who cannot, ``h`` headings that open a side. Blank lines, headings of
groups and notes on both sides have no label.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from bot.domain.plain.criteria import Side, criteria_of
from tests.shared import needs_shared
from tests.studies_recorded import recorded_studies

_LABELS: dict[str, dict[str, list[tuple[int, int]]]] = json.loads(
    Path(__file__).with_name("criteria_labels.json").read_text()
)
_SIDES = {"i": Side.INCLUSION, "e": Side.EXCLUSION}
_RECORDS = 150
_FLOOR = 0.96


def _numbers(labels: dict[str, list[tuple[int, int]]], label: str) -> set[int]:
    """The numbers of the lines that bear a label."""
    ranges = labels.get(label, [])
    return {number for first, last in ranges for number in range(first, last + 1)}


def _faults(text: str, labels: dict[str, list[tuple[int, int]]]) -> list[str]:
    """What is wrong in a record: a line on another side, one that is lost, a heading as a line."""
    lines = text.splitlines()
    read = criteria_of(text).lines
    shown = {(line.number, line.side) for line in read}
    groups = {(line.group, line.side) for line in read}
    faults = [f"{number}: a heading as a line" for number in _numbers(labels, "h") & _of(shown)]
    for label, side in _SIDES.items():
        numbers = _numbers(labels, label)
        faults += [f"{number}: on {on}" for number, on in shown if number in numbers and on != side]
        for number in numbers - _of(shown):
            heads = (" ".join(lines[number].split()).rstrip(" :"), side) in groups
            if lines[number].strip(" .*:-") and not heads:
                faults.append(f"{number}: lost")
    return faults


def _of(shown: set[tuple[int, Side | None]]) -> set[int]:
    return {number for number, _ in shown}


@needs_shared
def test_labelled_records_are_those_with_the_smallest_hashes() -> None:
    """Nobody picked the records: the SHA-256 of the NCT number did."""
    numbers = [study.key.number for study in recorded_studies()]
    numbers.sort(key=lambda number: hashlib.sha256(number.encode()).hexdigest())
    assert list(_LABELS) == numbers[:_RECORDS]


@needs_shared
def test_inclusion_and_exclusion_are_told_apart_as_people_read_them(
    figures: Callable[[str], None],
) -> None:
    """A record is right where each labelled line has its side, none is lost, no heading shows."""
    texts = {study.key.number: study.eligibility.criteria or "" for study in recorded_studies()}
    faults = {number: _faults(texts[number], labels) for number, labels in _LABELS.items()}
    wrong = {number: found for number, found in faults.items() if found}
    right = len(faults) - len(wrong)
    figures(f"told apart rightly: {right} of {len(faults)} records ({right / len(faults):.1%})")
    assert right >= _FLOOR * len(faults), wrong
