"""Saying things: the way from a key to the sentence that people read.

The sentences stand in a catalogue (``bot.domain.english``). Other languages come later as other
catalogues with the same keys, so nothing is glued together from parts and no code elsewhere writes
a sentence. Values that are put in (titles, names, places) come from the record or the person.
"""

from __future__ import annotations

import re

from bot.domain.change import Kind
from bot.domain.english import SENTENCES

_ENUM_VALUE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
"""How the registry writes a value of an enumeration of several words."""

_WORDS = """
    ALL ACTUAL AVAILABLE BACKGROUND BEHAVIORAL BIOLOGICAL COHORT COMPLETED CONTACT CROSSOVER DERIVED
    DEVICE DIAGNOSTIC DOUBLE DRUG ESTIMATED EXPERIMENTAL FACTORIAL FEMALE GENETIC INDUSTRY
    INTERVENTIONAL INVESTIGATOR MALE NETWORK NO OBSERVATIONAL OTHER PARALLEL PARTICIPANT PREVENTION
    PROCEDURE PROSPECTIVE QUADRUPLE RADIATION RANDOMIZED RECRUITING REGISTRY RESULT RETROSPECTIVE
    SCREENING SEQUENTIAL SINGLE SPONSOR SUSPENDED TERMINATED TREATMENT TRIPLE UNDECIDED UNKNOWN
    WITHDRAWN WITHHELD YES
"""
_ENUM_WORDS = frozenset(_WORDS.split())
"""Those of one word that a text of its own would not be written as (an acronym would)."""


def say(key: str, **values: object) -> str:
    """The sentence under this key with its placeholders filled; KeyError if there is none."""
    return SENTENCES[key].format(**values)


def status_label(status: str | None) -> str:
    """A recruitment status as people say it; an unknown value is shown as the registry has it."""
    if status is None:
        return say("status.none")
    return SENTENCES.get(f"status.{status}") or status.replace("_", " ").capitalize()


def status_meaning(status: str | None) -> str | None:
    """One sentence on what a status means for somebody who waits, if it is a known one."""
    return SENTENCES.get(f"status.{status}.means")


def known(key: str) -> str | None:
    """The sentence under this key, if there is one; it has no placeholder."""
    return SENTENCES.get(key)


def value_label(value: str) -> str:
    """A value of an enumeration as words (``SINGLE_GROUP``); other text as it is."""
    if (word := known(f"value.{value}")) is not None:
        return word
    if value in _ENUM_WORDS or _ENUM_VALUE.fullmatch(value):
        return value.replace("_", " ").lower()
    return value


def kind_label(kind: Kind) -> str:
    """A kind of change as the heading of its lines."""
    return say(f"kind.{kind}")


def phase_label(phases: tuple[str, ...]) -> str | None:
    """Phases as people write them, or None where the record has none."""
    known = [SENTENCES.get(f"phase.{phase}", phase) for phase in phases]
    return " / ".join(known) or None
