"""Reading what somebody typed: words, what narrows them, and places that are to be looked up.

    text -> a link to a search of the registry, as somebody would type it
         -> keys (status:recruiting) wherever they stand outside of quotation marks
         -> the registry's own fields with all that stands behind them; of what is before the first
         -> quoted words, taken as they are
         -> what is a filter wherever it stands (recruiting, phase 2, age 12, healthy volunteers)
         -> a radius, then places ("near …", "in …")
         -> words that are filters at the end of a part only (female, device, industry)
         -> what is left are the words

Nothing is asked of anything here: which place is meant is settled in ``bot.domain.asking.placing``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import Match

import msgspec

from bot.domain.asking.asked import Asked, Missed, Part, PartKind
from bot.domain.asking.distance import KILOMETRE, MILE, NUMBER, miles_in_kilometres, number_in
from bot.domain.asking.filters import GAP, Found, negation_before, take_edges, take_filters
from bot.domain.asking.keys import FIELD, take_keys
from bot.domain.asking.links import typed_out
from bot.domain.filters import RegistrySearch
from bot.domain.question import FARTHEST
from bot.domain.text import fold

_PLAIN_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', GAP: " "})
_QUOTED = re.compile(r'"([^"]+)"')
_RADIUS = re.compile(
    rf"(?<!\S)(?:(?:within|in|up\s+to|radius(?:\s+of)?)[\s:]+)?({NUMBER})\s*"
    rf"(?:{KILOMETRE}|({MILE}))(?!\w)(\s+(?:of|from|around|near)\s+)?",
    re.IGNORECASE,
)
_ME = re.compile(
    rf"(?<!\S)(?:(?:near(?:by)?|around|close\s+to)\s+"
    rf"(?:me|here|us|my\s+(?:home|city|place))|nearby)(?![^\s{GAP},.])",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?<!\S)(near|close\s+to|around|in)\s+(?=\S)", re.IGNORECASE)
_KINDS = {"in": PartKind.IN, "around": PartKind.AROUND}
_AREA = re.compile(r"(?<!\S)(?:NOT\s+)?\(*AREA\[")
"""Where an expression of the registry's own begins, which is a search of the whole record."""

_TOGETHER = re.compile(r"(?:\s+AND)+$", re.IGNORECASE)
_APART = re.compile(r"(?<=[^\s,])\s+((?:AND\s+|OR\s+)?NOT|OR)$", re.IGNORECASE)
"""What stands last before another field; behind a comma it is Oregon."""


def read(text: str) -> Asked:
    """Take it apart. Whatever is not understood stays in the words."""
    plain, left = typed_out(fold(text.translate(_PLAIN_QUOTES)))
    found = Found()
    rest = _as_field(take_keys(plain, found))
    field = FIELD.search(rest)
    parts, near_me = _parts(rest if field is None else rest[: field.start()], found)
    apart = None if field is None else _said_apart(rest)
    if apart is not None and found.missed is None:
        found.missed = Missed(key="between", typed=apart)
    search = None if field is None else _search(rest[field.start() :], parts)
    search = None if search == RegistrySearch() else search
    return Asked(
        parts=parts if search is None else tuple(one for one in parts if not _is_words(one)),
        filter=found.filter(),
        search=search,
        kilometres=None if found.kilometres is None else min(found.kilometres, FARTHEST),
        miles=found.miles,
        near_me=near_me,
        page=found.page,
        kinds=found.kinds,
        missed=found.missed,
        left=left,
        again=tuple(found.again),
    )


def _parts(head: str, found: Found) -> tuple[tuple[Part, ...], bool]:
    """The words and places of what stands before any field of a registry search."""
    quoted = [fold(match[1]) for match in _QUOTED.finditer(head)]
    rest = take_filters(_QUOTED.sub(GAP, head).replace('"', " "), found)
    rest = _RADIUS.sub(lambda match: _radius(match, found), rest)
    rest, mine = _ME.subn(GAP, rest)
    parts = [Part(PartKind.WORDS, one) for one in quoted if one]
    for segment in rest.split(GAP):
        parts += _of_segment(segment, found)
    parts += [Part(PartKind.NEAR, one) for one in found.near if one.lower() != "me"]
    parts += [Part(PartKind.COUNTRY, one) for one in found.countries]
    placed = any(one.kind is not PartKind.WORDS for one in parts)
    near_me = bool(mine) or "me" in (one.lower() for one in found.near)
    return tuple(parts), near_me or (found.kilometres is not None and not placed)


def _radius(match: Match[str], found: Found) -> str:
    """A number of kilometres or miles; ``of`` behind it leads to the place."""
    number = number_in(match[1])
    kilometres = max(1, round(miles_in_kilometres(number) if match[2] else number))
    found.within(kilometres, number if match[2] else None, fold(match[0]))
    return f"{GAP}near " if match[3] else GAP


def _of_segment(segment: str, found: Found) -> Iterator[Part]:
    """Words, and places behind the words that lead to one."""
    kind, start = PartKind.WORDS, 0
    places = _PLACE.finditer(segment)
    leads = [*(one for one in places if negation_before(segment, one.start()) is None), None]
    for lead in leads:
        text = take_edges(segment[start : lead.start() if lead else None], found)
        if text:
            yield Part(kind, text)
        if lead is not None:
            kind, start = _KINDS.get(lead[1].lower(), PartKind.NEAR), lead.end()


def _search(text: str, before: tuple[Part, ...]) -> RegistrySearch:
    """The fields as typed. Words before the first one are looked for in the whole record."""
    values: dict[str, list[str]] = {}
    words = " ".join(one.text for one in before if _is_words(one))
    if words:
        values["term"] = [words]
    for field, behind, typed in _fields(text):
        plain = fold(typed.replace(GAP, " "))
        value = plain if _joins(field, behind, typed) else _TOGETHER.sub("", plain)
        if value:
            values.setdefault(field[1].lower(), []).append(value)
    return msgspec.convert({key: " ".join(value) for key, value in values.items()}, RegistrySearch)


def _as_field(text: str) -> str:
    """With ``term:`` before an expression that stands behind no field, so that it stays whole."""
    bare = _QUOTED.sub(lambda quoted: "." * len(quoted[0]), text)
    area, field = _AREA.search(bare), FIELD.search(text)
    if area is None or '"' in bare or (field is not None and field.start() < area.start()):
        return text
    at = 0 if _APART.search(text[: area.start()].rstrip()) else area.start()
    return f"{text[:at]}term:{text[at:]}"


def _fields(text: str) -> Iterator[tuple[Match[str], Match[str] | None, str]]:
    """Each field with the one behind it, and what stands between the two."""
    fields = [*FIELD.finditer(text)]
    for field, behind in zip(fields, [*fields[1:], None], strict=True):
        yield field, behind, text[field.end() : behind.start() if behind else len(text)]


def _joins(field: Match[str], behind: Match[str] | None, value: str) -> bool:
    """Whether the end of the value is the field's own, as in ``cond:a OR cond:b``."""
    if behind is None:
        return GAP not in value[len(value.rstrip(f" {GAP}")) :]
    return behind[1].lower() == field[1].lower()


def _said_apart(text: str) -> str | None:
    """The OR or NOT between two fields, which are always asked together; None without one."""
    first = FIELD.search(text)
    before = [text[: first.start()]] if first else []
    before += [value for field, behind, value in _fields(text) if not _joins(field, behind, value)]
    for value in before:
        apart = _APART.search(fold(value.replace(GAP, " ")))
        if apart is not None:
            return apart[1]
    return None


def _is_words(part: Part) -> bool:
    return part.kind is PartKind.WORDS
