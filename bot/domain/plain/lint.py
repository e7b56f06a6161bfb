"""What can be wrong with a rule itself, which the guard cannot see: a check over all rules.

The guard holds a line against what the rules declare. Whether a rule may say what it says is seen
here, as far as a machine sees it: no qualifier is dropped, every word given is familiar or stands
in what is matched, nothing is promised, and no rule speaks where another has spoken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.domain.plain import signs
from bot.domain.plain.familiar import is_familiar
from bot.domain.plain.heads import heads
from bot.domain.plain.matching import Matcher
from bot.domain.plain.rules.rule import Rule

_QUALIFIERS = """
    absolute active acute advanced artery arterial bilateral chronic conjugated corrected cumulative
    dated direct distal estimated fasting fetal indirect inhaled initial institutional ionized
    left local lower maximum mean median metastatic mild minimum moderate oral peak postprandial
    primary principal qtc qtcb qtcf random recurrent relapsed refractory residual right secondary
    serum severe situ solid stable strong systemic topical total uncontrolled unstable untreated
    upper venous weak worst written
"""
QUALIFIERS = frozenset(_QUALIFIERS.split())
"""Words that make another thing of what they stand before."""

_NAMES = frozenset(
    {
        "s",
        "hemoglobin",
        "HIV",
        "HbA",
        "MRI",
        "CT",
        "ECOG",
        "Karnofsky",
        "COPD",
        "ALT",
        "AST",
        "B",
        "BMI",
    }
)
"""Names that a gift may bring although not everybody knows them: records use nothing else."""
_GROUP = re.compile(r"\{\d\}")
_CAPTURE = re.compile(r"(?<!\\)\((?!\?)")
_LOOK = re.compile(r"\(\?<?[!=](?:[^()\[\]]|\[[^\]]*\]|\([^()]*\))*\)")
_BARE_DIGIT = re.compile(r"\\d")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]+")
_NEVER = frozenset({"you", "your", "yours"})


def faults(rules: Sequence[Rule]) -> list[str]:
    """Everything that is wrong, each with the id of its rule."""
    return [f"{rule.id}: {fault}" for rule in rules for fault in _of(rule)] + [
        *_twice(rules),
        *_heard_again(rules),
    ]


def _of(rule: Rule) -> Iterator[str]:
    given = set(_WORD.findall(_GROUP.sub(" ", rule.gift)))
    yield from _dropped(rule, {word.lower() for word in given})
    matched = set(_WORD.findall(rule.pattern)) | set(_WORD.findall(rule.example[0]))
    matched |= {word.lower() for word in matched}
    for word in sorted(given - _NAMES):
        if word not in matched and not is_familiar(word.lower()):
            yield f"gives {word}, which not everybody knows"
    for claim in signs.claims(rule.gift):
        yield f"claims {claim}"
    groups = [int(found[1]) for found in _GROUP.findall(rule.gift)]
    if groups != list(range(1, len(_CAPTURE.findall(_LOOK.sub("", rule.pattern))) + 1)):
        yield "does not give all that it captures, in order"
    if not rule.free:
        heads(rule.pattern)
    if _BARE_DIGIT.search(_without_captures(rule.pattern)):
        yield "matches a number that it does not give"


def _dropped(rule: Rule, given: set[str]) -> Iterator[str]:
    kept = dict(rule.kept)
    literal = _without_captures(_LOOK.sub("", rule.pattern)).lower()
    for word in _WORD.findall(literal):
        if word in QUALIFIERS and word not in given and kept.get(word) not in given:
            yield f"drops {word}"


def _without_captures(pattern: str) -> str:
    """The pattern without looks around it and without what it captures and so gives again."""
    parts, depth, place = list[str](), 0, 0
    pattern = _LOOK.sub("", pattern)
    while place < len(pattern):
        char = pattern[place]
        if char == "\\":
            parts.append(pattern[place : place + 2] if not depth else "")
            place += 2
            continue
        if depth:
            depth += {"(": 1, ")": -1}.get(char, 0)
        elif _CAPTURE.match(pattern, place):
            depth = 1
        else:
            parts.append(char)
        place += 1
    return "".join(parts)


def _twice(rules: Sequence[Rule]) -> Iterator[str]:
    for id_, count in Counter(rule.id for rule in rules).items():
        if count > 1:
            yield f"{id_}: {count} rules of that id"


def _heard_again(rules: Sequence[Rule]) -> Iterator[str]:
    """No rule matches what another gives, but for a name that it keeps."""
    matcher = Matcher([[rule for rule in rules if not rule.free]])
    for rule in rules:
        bare = _IN_BRACKETS.sub("", _GROUP.sub("", rule.gift)).strip()
        for hit in matcher.hits(bare):
            if bare[hit.start : hit.end].lower() not in rule.example[0].lower():
                yield f"{rule.id}: gives what {hit.rule.id} matches"
