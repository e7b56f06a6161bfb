"""Taking filters out of what somebody typed; where one stood, a mark is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from re import Match

from bot.domain.asking import words as known
from bot.domain.asking.asked import Missed
from bot.domain.filters import Filter

GAP = "\x1f"
"""Stands where something was taken out: no phrase goes on over it."""

LONGEST_LIFE = 120
"""Years: a larger number is no age."""

_ITEM = r"(?:early\s*1|0|[1-4]|iv|i{1,3})[ab]?(?![\w.])"
_SEVERAL = rf"{_ITEM}(?:\s*(?:,\s*or|,\s*and|/|-|\u2013|,|&|or|and|to)\s*(?:phase\s*)?{_ITEM})*"
_PHASES = re.compile(rf"(?<!\w)phases?\s*[:#]?\s*({_SEVERAL})", re.IGNORECASE)
_NUMBERS = re.compile(rf"{_SEVERAL}(?![^\s,\"])", re.IGNORECASE)
_YEARS = r"(?:years?|yrs?|y)"
_AGES = (
    re.compile(
        rf"(?<!\w)age[ds]?\s*[:=]?\s*(\d{{1,3}})\+?(?![\d.])"
        rf"(?!\s*{_YEARS}?\s*(?:-|\u2013|to|and|or)\s*\d)(?:\s*-?{_YEARS}(?:[\s-]*old)?(?!\w))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.])(\d{{1,3}})[\s-]*(?:{_YEARS}[\s-]*olds?|yo|y/o|y\.o\.)(?!\w)", re.IGNORECASE
    ),
)
_NOW = r"(?:open\s+and|now|still|currently|actively)"
_TAKES = r"(?:accepts?|accepting|takes|taking|open\s+to)"
_HEALTHY = r"healthy\s+(?:volunteers?|participants?|people)"
_ANYWHERE = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), part, value)
    for pattern, part, value in (
        (r"not\s+yet\s+recruiting", "statuses", "NOT_YET_RECRUITING"),
        (r"active,?\s+not\s+recruiting", "statuses", "ACTIVE_NOT_RECRUITING"),
        (r"enrolling\s+by\s+invitation|by\s+invitation", "statuses", "ENROLLING_BY_INVITATION"),
        (rf"(?:{_NOW}\s+)?recruiting(?:\s+(?:now|only))?", "statuses", "RECRUITING"),
        (r"status\s+unknown|unknown\s+status", "statuses", "UNKNOWN"),
        (r"early\s+phase\s*(?:1|i)", "phases", "EARLY_PHASE1"),
        (r"(?:no|without)\s+(?:a\s+)?phase", "phases", "NA"),
        (rf"(?:no|not|without)\s+{_HEALTHY}", "healthy", False),
        (rf"(?:{_TAKES}\s+)?{_HEALTHY}", "healthy", True),
        (r"industry[\s-]+(?:sponsor(?:ed|s)?|funded)", "sponsor_classes", "INDUSTRY"),
        (r"sponsored\s+by\s+industry", "sponsor_classes", "INDUSTRY"),
        (r"(?:for\s+)?(?:women|females?)\s+only|sex\s+female|for\s+women", "sex", "FEMALE"),
        (r"(?:for\s+)?(?:men|males?)\s+only|sex\s+male|for\s+men", "sex", "MALE"),
    )
)
"""In this order: what holds another as a part goes first."""

_EDGES = (
    ("sex", known.SEXES),
    ("statuses", known.ENDED),
    ("intervention_types", known.TYPES),
    ("sponsor_classes", known.SPONSORS),
)
_NEGATION = re.compile(
    r"(?<!\w)(?:not|isn['’]t|no\s+(?:longer|more)|stopped|finished|except|excluding)"
    r"(?:\s+(?:currently|actively|now))?\s+$",
    re.IGNORECASE,
)
"""What turns the words behind it round: a filter can only say what holds."""

_HAS_ENDED = re.compile(rf"(?<!\w)(?:{'|'.join(known.ENDED)})(?!\w)", re.IGNORECASE)
_IN = re.compile(
    r"(?<!\S)(?:in|near|around|close\s+to)\s+(?!situ\b|vivo\b|vitro\b)(?:the\s+)?[^\W\d]+",
    re.IGNORECASE,
)

_AROUND = " \t,;.:!?&"
_LONGEST_EDGE = 2
"""Words of the longest thing that is looked for at an end."""


class Found:
    """What was understood so far."""

    def __init__(self) -> None:
        self._parts: dict[str, list[str]] = {}
        self.age: int | None = None
        self._sexes: set[str] = set()
        self.healthy: bool | None = None
        self.page = 1
        self.kilometres: int | None = None
        self.miles: float | None = None
        self.near: list[str] = []
        self.countries: list[str] = []
        self.missed: Missed | None = None
        self.again: list[str] = []

    def add(self, part: str, value: str | bool) -> None:
        """Take in one value of a part of the filter."""
        if part == "healthy":
            self.healthy = bool(value)
        elif part == "sex":
            self._sexes.add(str(value))
        else:
            values = self._parts.setdefault(part, [])
            values.extend([str(value)] if value not in values else [])

    def aged(self, years: int, typed: str) -> None:
        """Take in an age. There is one: another one is noted as it was typed."""
        if self.age not in (None, years):
            self.again.append(typed)
        else:
            self.age = years

    def within(self, kilometres: int, miles: float | None, typed: str) -> None:
        """Take in a distance. There is one: another one is noted as it was typed."""
        if self.kilometres not in (None, kilometres):
            self.again.append(typed)
        else:
            self.kilometres, self.miles = kilometres, miles

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of change that were named, in the order in which they were."""
        return tuple(self._parts.get("kinds", ()))

    def filter(self) -> Filter:
        """All of it, but for places."""
        values = {part: tuple(sorted(values)) for part, values in self._parts.items()}
        return Filter(
            age=self.age,
            sex=next(iter(self._sexes)) if len(self._sexes) == 1 else None,
            statuses=values.get("statuses", ()),
            phases=values.get("phases", ()),
            intervention_types=values.get("intervention_types", ()),
            sponsor_classes=values.get("sponsor_classes", ()),
            healthy_volunteers=self.healthy,
        )


def take_filters(text: str, found: Found) -> str:
    """Take out what is a filter wherever it stands."""
    for pattern, part, value in _ANYWHERE:
        text = _take(pattern, part, value, text, found)
    text = _PHASES.sub(lambda match: _phases(match, found), text)
    for ages in _AGES:
        text = ages.sub(lambda match: _age(match, found), text)
    return text


def filters_in(text: str) -> Iterator[str]:
    """What would be taken as a filter of this text, as it is typed; ``take_filters`` takes it."""
    for pattern, _, _ in _ANYWHERE:
        for match in pattern.finditer(text):
            yield match[0]
    for pattern in (_PHASES, *_AGES):
        yield from (match[0] for match in pattern.finditer(text))


def negation_before(text: str, at: int) -> int | None:
    """Where the words begin that turn round what stands from there on (``not recruiting``)."""
    match = _NEGATION.search(text, 0, at)
    return None if match is None else match.start()


def negated_in(text: str) -> Iterator[str]:
    """What would be a filter of this text if it were not turned round, with what turns it."""
    for pattern in (*(pattern for pattern, _, _ in _ANYWHERE), _PHASES, _HAS_ENDED, _IN):
        for match in pattern.finditer(text):
            start = negation_before(text, match.start())
            if start is not None:
                yield text[start : match.end()]


def take_edges(text: str, found: Found) -> str:
    """Take filters off the end of a part and idle words off both, until none is left there."""
    words = text.strip(_AROUND).split()
    while words:
        count = _off_the_end(words, found)
        if count:
            del words[-count:]
            while words and words[-1].lower() in known.CONNECTING:
                del words[-1]
        elif words[-1].lower().strip(_AROUND) in known.CONNECTING | known.NOISE:
            del words[-1]
        elif words[0].lower() in known.CONNECTING | known.NOISE:
            del words[0]
        elif [word.lower() for word in words[:2]] == ["clinical", "trials"]:
            del words[:2]
        else:
            break
        words = " ".join(words).strip(_AROUND).split()
    return " ".join(words)


def _take(pattern: re.Pattern[str], part: str, value: str | bool, text: str, found: Found) -> str:
    def one(match: Match[str]) -> str:
        if negation_before(text, match.start()) is not None:
            return match[0]
        found.add(part, value)
        return GAP

    return pattern.sub(one, text)


def _off_the_end(words: list[str], found: Found) -> int:
    """How many words at the end are a filter; words that hold on to them keep them."""
    for count in range(min(_LONGEST_EDGE, len(words)), 0, -1):
        last = " ".join(words[-count:]).lower().strip(_AROUND)
        before = [word.lower().strip(_AROUND) for word in words[:-count]]
        for part, meant in _EDGES:
            if last in meant and not _holds(before, meant):
                found.add(part, meant[last])
                return count
    return 0


def _holds(before: list[str], meant: Mapping[str, str]) -> bool:
    """Whether the word before a filter makes it a part of the words; not "drugs or" devices."""
    if not before or before[-1] not in known.HOLDING:
        return False
    return not (before[-1] in ("and", "or") and before[-2:-1] and before[-2] in meant)


def phases_in(text: str, at: int) -> tuple[tuple[str, ...], int] | None:
    """The phases of ``2``, ``2 or 3``, ``IIb/III`` and their like from there on, and their end."""
    match = _NUMBERS.match(text, at)
    return (_phases_in(match[0]), match.end()) if match else None


def age_in(text: str, at: int) -> tuple[int, int] | None:
    """The years of ``age 12``, ``age: 12 years old`` and their like there, and where they end."""
    match = _AGES[0].match(text, at)
    return (int(match[1]), match.end()) if match and int(match[1]) <= LONGEST_LIFE else None


def _phases(match: Match[str], found: Found) -> str:
    if negation_before(match.string, match.start()) is not None:
        return match[0]
    for phase in _phases_in(match[1]):
        found.add("phases", phase)
    return GAP


def _phases_in(written: str) -> tuple[str, ...]:
    items = re.findall(_ITEM, written, re.IGNORECASE)
    phases = [known.PHASES[re.sub(r"\s", "", one.lower()).rstrip("ab")] for one in items]
    ends = [int(phase[-1]) for phase in phases if phase.startswith("PHASE")]
    spans = re.search(r"-|\u2013|\bto\b", written, re.IGNORECASE) is not None
    if spans and len(ends) == len(phases) == 2:
        phases = [f"PHASE{number}" for number in range(min(ends), max(ends) + 1)]
    return tuple(phases)


def _age(match: Match[str], found: Found) -> str:
    if int(match[1]) > LONGEST_LIFE:
        return match[0]
    found.aged(int(match[1]), match[0])
    return GAP
