"""Where the rules of a family match in a text.

Rules that match whole words are kept by the character that they begin with, in one combined pattern
for each; it is tried where a word begins with that character and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bot.domain.plain.heads import heads
from bot.domain.plain.rules.rule import Rule

_BEFORE = r"(?<![\w\-\u2010\u2011'’^])"
_AFTER = r"(?![\w\u2010\u2011'’]|-\w)"
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
"""Lower case that leaves every character in its place."""
_GROUP = re.compile(r"\{(\d)\}")
_AMOUNT = re.compile(r"[\d<>=≥≧⩾≤≦⩽]")
_WORD_START = re.compile(rf"{_BEFORE}\w|\(")
_BETWEEN = r"(?:(?:of|and|for|the|in|on)[ ]){0,2}"
_WORD_BEFORE = re.compile(rf"(\w[\w\-]*)[ ]{_BETWEEN}$")
_WORD_AFTER = re.compile(rf"[ ]{_BETWEEN}(\w[\w\-]*)")
_REACH = 60
"""Characters before a match in which the word before it stands."""


class Hit(NamedTuple):
    """A rule that matches from ``start`` to ``end``, and what it gives there."""

    start: int
    end: int
    rule: Rule
    gift: str


class Matcher:
    """The rules of several families, compiled; what an earlier one matches, a later one leaves."""

    def __init__(self, families: Sequence[Sequence[Rule]]) -> None:
        self._free = _Combined([rule for rules in families for rule in rules if rule.free])
        self._bound = _by_head(families, lambda rule: not rule.free and not rule.caps)
        self._caps = _by_head(families, lambda rule: rule.caps)
        self._rank = {rule.id: rank for rank, rules in enumerate(families) for rule in rules}

    def hits(self, text: str) -> list[Hit]:
        """What matches, in the order of the text; no two overlap."""
        found: list[Hit] = []
        for hit in sorted(self._all(text), key=lambda hit: (self._rank[hit.rule.id], hit.start)):
            if all(hit.end <= one.start or one.end <= hit.start for one in found):
                found.append(hit)
        return sorted(found, key=lambda hit: hit.start)

    def _all(self, text: str) -> Iterator[Hit]:
        lowered = text.translate(_LOWER)
        if _AMOUNT.search(text):
            yield from self._free.hits(text, lowered)
        for begin in _WORD_START.finditer(text):
            start = begin.start()
            for combined in self._bound.get(lowered[start], ()):
                if hit := combined.hit_at(text, lowered, start):
                    yield hit
            for combined in self._caps.get(text[start], ()):
                if hit := combined.hit_at(text, text, start):
                    yield hit


class _Combined:
    """Several rules in one pattern; the first that matches is taken."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = {f"r{place}": rule for place, rule in enumerate(rules)}
        self._single = {name: re.compile(_whole(rule)) for name, rule in self._rules.items()}
        every = "|".join(f"(?P<{name}>{_whole(rule)})" for name, rule in self._rules.items())
        self._every = re.compile(every or r"(?!)")

    def hits(self, text: str, of: str) -> Iterator[Hit]:
        """``of`` is the text as the patterns read it, with every character in its place."""
        for match in self._every.finditer(of):
            hit = self._hit(text, of, match)
            if hit is not None:
                yield hit

    def hit_at(self, text: str, of: str, start: int) -> Hit | None:
        """What matches from this character on."""
        match = self._every.match(of, start)
        return None if match is None else self._hit(text, of, match)

    def _hit(self, text: str, of: str, match: re.Match[str]) -> Hit | None:
        name = match.lastgroup or ""
        rule, single = self._rules[name], self._single[name].match(of, match.start())
        if single is None or _in_name(rule, text, match.start(), match.end()):
            return None
        start, end = single.span()
        if rule.whole and start > 0:
            return None
        inner = of[start:end]
        start += len(inner) - len(inner.lstrip(" "))
        end -= len(inner) - len(inner.rstrip(" "))
        return Hit(start, end, rule, _filled(rule.gift, text, single))


def _by_head(
    families: Sequence[Sequence[Rule]], takes: Callable[[Rule], bool]
) -> dict[str, list[_Combined]]:
    """By the character that a match begins with: one combined pattern a family."""
    found: dict[str, list[_Combined]] = {}
    for rules in families:
        by_head: dict[str, list[Rule]] = {}
        for rule in filter(takes, rules):
            for head in heads(rule.pattern):
                by_head.setdefault(head, []).append(rule)
        for head, some in by_head.items():
            found.setdefault(head, []).append(_Combined(some))
    return found


def _whole(rule: Rule) -> str:
    return rule.pattern if rule.free else f"{_BEFORE}(?:{rule.pattern}){_AFTER}"


def _filled(gift: str, text: str, match: re.Match[str]) -> str:
    """The gift with the groups of the match, in the spelling of the text."""

    def group(found: re.Match[str]) -> str:
        start, end = match.span(int(found[1]))
        return text[start:end] if start >= 0 else ""

    return _GROUP.sub(group, gift)


def _in_name(rule: Rule, text: str, start: int, end: int) -> bool:
    """Whether the match is a word of a proper name: it and a neighbour begin with a capital."""
    if rule.name or rule.caps or not text[start].isupper():
        return False
    before = _WORD_BEFORE.search(text, max(0, start - _REACH), start)
    if before and before.start() > 0 and _is_title(before[1]):
        return True
    after = _WORD_AFTER.match(text, end)
    return bool(after and _is_title(after[1]))


def _is_title(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower()
