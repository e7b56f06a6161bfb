"""Taking filters out of what somebody typed; where one stood, a mark is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from re import Match

from bot.domain import asking_words as known
from bot.domain.filters import Filter
from bot.domain.kinds import NAMED

GAP = "\x1f"
"""Stands where something was taken out: no phrase goes on over it."""

LONGEST_LIFE = 120
"""Years: a larger number is no age."""

_KEY = re.compile(
    r'(?<!\S)(status|phase|type|sponsor|healthy|age|sex|page|km|near|country|kinds):("[^"]*"|\S+)',
    re.IGNORECASE,
)
_ITEM = r"(?:early\s*1|0|[1-4]|iv|i{1,3})[ab]?(?![\w.])"
_PHASES = re.compile(
    rf"(?<!\w)phases?\s*[:#]?\s*({_ITEM}(?:\s*(?:,\s*or|,\s*and|/|-|\u2013|,|&|or|and|to)\s*"
    rf"(?:phase\s*)?{_ITEM})*)",
    re.IGNORECASE,
)
_YEARS = r"(?:years?|yrs?|y)"
_AGES = (
    re.compile(
        rf"(?<!\w)age[ds]?\s*[:=]?\s*(\d{{1,3}})(?![\d.])"
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
_AROUND = " \t,;.:!?&"
_LONGEST_EDGE = 2
"""Words of the longest thing that is looked for at an end."""


class Found:
    """What was understood so far."""

    def __init__(self) -> None:
        self._parts: dict[str, list[str]] = {}
        self.age: int | None = None
        self.sex: str | None = None
        self.healthy: bool | None = None
        self.page = 1
        self.kilometres: int | None = None
        self.near: list[str] = []
        self.countries: list[str] = []

    def add(self, part: str, value: str | bool) -> None:
        """Take in one value of a part of the filter."""
        if part == "healthy":
            self.healthy = bool(value)
        elif part == "sex":
            self.sex = str(value)
        else:
            values = self._parts.setdefault(part, [])
            values.extend([str(value)] if value not in values else [])

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of change that were named, in the order in which they were."""
        return tuple(self._parts.get("kinds", ()))

    def filter(self) -> Filter:
        """All of it, but for places."""
        values = {part: tuple(sorted(values)) for part, values in self._parts.items()}
        return Filter(
            age=self.age,
            sex=self.sex,
            statuses=values.get("statuses", ()),
            phases=values.get("phases", ()),
            intervention_types=values.get("intervention_types", ()),
            sponsor_classes=values.get("sponsor_classes", ()),
            healthy_volunteers=self.healthy,
        )


def take_keys(text: str, found: Found) -> str:
    """Take out ``status:recruiting``, ``near:"Paris, France"`` and their like."""

    def one(match: Match[str]) -> str:
        key, value = match[1].lower(), match[2].strip('"').strip()
        return GAP if value and _keyed(key, value, found) else match[0]

    return _KEY.sub(one, text)


def take_filters(text: str, found: Found) -> str:
    """Take out what is a filter wherever it stands."""
    for pattern, part, value in _ANYWHERE:
        text = _take(pattern, part, value, text, found)
    text = _PHASES.sub(lambda match: _phases(match, found), text)
    for ages in _AGES:
        text = ages.sub(lambda match: _age(match, found), text)
    return text


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
    def one(_: Match[str]) -> str:
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


def _keyed(key: str, value: str, found: Found) -> bool:
    """Take in what stands behind a key. Returns whether it was understood."""
    match key:
        case "near":
            found.near.append(value)
        case "country":
            found.countries.append(value)
        case "age" if value.isdecimal() and int(value) <= LONGEST_LIFE:
            found.age = int(value)
        case "page" if value.isdecimal() and 0 < int(value) < 1000:
            found.page = int(value)
        case "km" if value.isdecimal() and int(value) > 0:
            found.kilometres = int(value)
        case "healthy" if value.lower() in ("yes", "no"):
            found.healthy = value.lower() == "yes"
        case "status" | "phase" | "type" | "sponsor" | "sex" | "kinds":
            values = tuple(_values(key, value))
            if len(values) < len(value.split(",")) and key not in ("status", "phase"):
                return False  # else the others would be dropped without a word
            for part, one in values:
                found.add(part, one)
            return bool(values)
        case _:
            return False
    return True


def _values(key: str, written: str) -> Iterator[tuple[str, str]]:
    for one in written.lower().split(","):
        plain = one.strip().replace("_", " ")
        status = plain.upper().replace(" ", "_").replace("-", "_")
        if key == "status" and status in known.STATUSES:
            yield "statuses", status
        elif key == "phase" and plain in known.PHASES:
            yield "phases", known.PHASES[plain]
        elif key == "type" and plain in known.TYPES:
            yield "intervention_types", known.TYPES[plain]
        elif key == "sponsor" and plain in known.SPONSORS:
            yield "sponsor_classes", known.SPONSORS[plain]
        elif key == "kinds" and one.strip() in NAMED:
            yield key, one.strip()
        elif key == "sex" and plain in known.SEXES:
            yield "sex", known.SEXES[plain]


def _phases(match: Match[str], found: Found) -> str:
    items = re.findall(_ITEM, match[1], re.IGNORECASE)
    phases = [known.PHASES[re.sub(r"\s", "", one.lower()).rstrip("ab")] for one in items]
    ends = [int(phase[-1]) for phase in phases if phase.startswith("PHASE")]
    spans = re.search(r"-|\u2013|\bto\b", match[1], re.IGNORECASE) is not None
    if spans and len(ends) == len(phases) == 2:
        phases = [f"PHASE{number}" for number in range(min(ends), max(ends) + 1)]
    for phase in phases:
        found.add("phases", phase)
    return GAP


def _age(match: Match[str], found: Found) -> str:
    if int(match[1]) > LONGEST_LIFE:
        return match[0]
    found.age = int(match[1])
    return GAP
