"""Whether two names are one name, spelled anew: for sites, arms and whatever else has a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.domain.phrases import normal_words

NEARLY_EQUAL = 0.6
"""The least share of words in common (Dice) of two spellings of one name. It only bounds how much
may be added at the end ("Mayo Clinic" and "Mayo Clinic Arizona Site"); what keeps two hospitals of
one town apart is that no word may be left over."""

_SPELLED_ALIKE = 0.75
"""How alike two words must be (difflib's ratio) to be one, misspelled: "Chuln" and "Chln" reach
0.89, "north" and "south" only 0.6, "first" and "second" less."""

_FILLERS = frozenset({"and", "at", "de", "del", "for", "inc", "llc", "of", "the"})


def name_words(name: str) -> tuple[str, ...]:
    """What ``name_likeness`` compares: the normal words without those that say nothing."""
    words = normal_words(name)
    return tuple(word for word in words if word not in _FILLERS) or words


def name_likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two names (as ``name_words``) are, from 0 to 1; 0 where a word speaks against it.

    The letters as a whole are no measure: the First and the Second Affiliated Hospital of one
    university share nine letters in ten, and are two places. So every word needs its counterpart:
    the same, misspelled or shortened. What one name has more may only stand at its end, behind two
    words or more in common, and two different numbers are never one name.
    """
    if "".join(one) == "".join(other):
        return 1.0
    mine = [word for word in one if word not in other]
    theirs = [word for word in other if word not in one]
    if any(map(_numbered, mine)) and any(map(_numbered, theirs)):
        return 0.0
    _drop_counterparts(mine, theirs)
    if mine and theirs:
        return 0.0
    extra = mine or theirs
    longer = one if mine else other
    if extra and (len(longer) - len(extra) < _ENOUGH or list(longer[-len(extra) :]) != extra):
        return 0.0
    return 1 - len(extra) / (len(one) + len(other))


_ENOUGH = 2


def sentence_likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two sentences (as ``name_words``) are, from 0 to 1: the share of words in common.

    Where each has a number that the other has not, they are not alike: week 12 and week 24, or
    part A1 and part A2, are two things of which one may have gone and the other come.
    """
    mine, theirs = set(one), set(other)
    if any(map(_numbered, mine - theirs)) and any(map(_numbered, theirs - mine)):
        return 0.0
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine or theirs else 1.0


def _drop_counterparts(mine: list[str], theirs: list[str]) -> None:
    """Take out of both lists the words that are one word, spelled in two ways."""
    for word in list(mine):
        for candidate in theirs:
            if _one_word(word, candidate):
                mine.remove(word)
                theirs.remove(candidate)
                break


def _one_word(one: str, other: str) -> bool:
    if one[0] != other[0] or _numbered(one) or _numbered(other):
        return False
    short, long = sorted((one, other), key=len)
    if len(short) > 1 and _within(short, long):
        return True
    matcher = SequenceMatcher(None, short, long, autojunk=False)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # the cheapest first
    return all(ratio() >= _SPELLED_ALIKE for ratio in bounds)


_DIGIT = re.compile(r"\d")


def _numbered(word: str) -> bool:
    return _DIGIT.search(word) is not None


def _within(short: str, long: str) -> bool:
    """Whether the letters of ``short`` stand in ``long`` in their order: st in saint."""
    letters = iter(long)
    return all(letter in letters for letter in short)
