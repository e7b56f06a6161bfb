"""Taking ``status:recruiting``, ``near:"Paris, France"`` and their like out of what somebody typed.

Several values go on behind a comma, or behind "or" where the next one is such a value too. A value
that cannot be is never dropped: the first is noted, with each way to mend the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import msgspec

from bot.domain.asking import words as known
from bot.domain.asking.asked import Meant, Missed
from bot.domain.asking.distance import distance
from bot.domain.asking.filters import GAP, Found, age_in, phases_in
from bot.domain.kinds import NAMED
from bot.domain.text import fold


def _plain(typed: str) -> str:
    return re.sub(r"[\s_-]+", " ", typed.lower()).strip()


_Names = Mapping[str, str]
_STATUSES: _Names = {_plain(one): one for one in sorted(known.STATUSES)} | known.OPEN
_LISTS: Mapping[str, tuple[str, _Names]] = {
    "status": ("statuses", _STATUSES),
    "phase": ("phases", known.PHASES),
    "type": ("intervention_types", known.TYPES),
    "sponsor": ("sponsor_classes", known.SPONSORS),
    "sex": ("sex", known.SEXES),
    "kinds": ("kinds", {_plain(one): one for one in sorted(NAMED)}),
}
"""The keys of which several values can be given: the part of the filter, and what can be typed."""

_YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}

_KEY = re.compile(
    r"(?<![^\s,])(status|phase|type|sponsor|healthy|age|sex|page|km|mi|near|country|kinds):\s*(?=\S)"
    r'|"[^"]*"',
    re.IGNORECASE,
)
"""A key with something behind it; or what stands in quotes, in which there are no keys."""

FIELD = re.compile(r"(?<!\S)(cond|term|intr|spons|locn):", re.IGNORECASE)
"""The registry's own fields: what stands behind one is its own, but for keys of ours."""

_SAID = {"near": "near ", "country": "in "}
"""Keys whose value goes on over spaces where one stands behind the colon, or a comma or full
stop behind the first word: they are said so."""

_ONE = re.compile(r'"[^"]*"|\S+')
_BETWEEN_COMMAS = re.compile(r"[^\s,](?:[^,]*[^\s,])?")
_TO_THE_END = re.compile(r"\S.*")
_COMMA = re.compile(r"\s*,(\s*)(?:(?:or|and)\s+)?(?=\S)", re.IGNORECASE)
_OR = re.compile(r"\s+(?:or|and)\s+", re.IGNORECASE)

_ALIKE = 0.6
"""How like a value a misspelt one must be, of 1: ``opne`` is to ``open`` 0.75."""

_SHORTEST = 3
"""Letters of the beginning of a value that are taken for it."""

_OFFERED = 3
_LAST_PAGE = 999


class _Item(msgspec.Struct, frozen=True):
    """One value: as typed, and where it stands."""

    typed: str
    start: int
    end: int


class _Key(msgspec.Struct, frozen=True):
    """A key with its values, and where it stands."""

    name: str
    items: tuple[_Item, ...]
    start: int
    end: int


def take_keys(text: str, found: Found) -> str:
    """The text with a mark in place of each key and its values."""
    rest, at = [], 0
    while (match := _KEY.search(text, at)) is not None:
        rest.append(text[at : match.start()])
        at = match.end()
        name = (match[1] or "").lower()
        if not name:
            rest.append(match[0])
        elif name in _SAID and _goes_on(text, at):
            rest.append(f"{GAP}{_SAID[name]}")
        else:
            key = _read(name, text, match.start(), at)
            bad = [one for one in key.items if not _take(name, one.typed, found)]
            if bad and found.missed is None:
                found.missed = _missed(key, bad[0], text)
            rest.append(GAP)
            at = key.end
    return "".join([*rest, text[at:]])


def _goes_on(text: str, at: int) -> bool:
    """Whether a place at ``at`` may be several words: ``near: New York``, ``near:Paris, Texas``."""
    first = _ONE.match(text, at)
    return text[at] != '"' and (text[at - 1].isspace() or first is None or first[0][-1] in ",.")


def _read(name: str, text: str, start: int, at: int) -> _Key:
    """The key at ``start`` with its values, the first of them at ``at``."""
    one = _ONE.match(text, at)
    end = one.end() if one else at
    quoted = text[at] == '"' and text[at:end].endswith('"', 1)
    if quoted:
        items = _quoted(name, text[: end - 1], at + 1)
    elif name == "age" and (years := age_in(text, start)):
        items, end = (_Item(text[at : years[1]], at, years[1]),), years[1]
    else:
        typed = text[at:end].rstrip(",") or text[at:end]
        items = tuple(_listed(name, text, at)) if name in _LISTS else ()
        items = items or (_Item(typed, at, at + len(typed)),)
        end = items[-1].end
    return _Key(name, items, start, end)


def _quoted(name: str, text: str, at: int) -> tuple[_Item, ...]:
    """The values of what stands in quotes, from ``at`` to the end; one where it is no list."""
    several = name in _LISTS and not _values(name, text[at:])
    one = _BETWEEN_COMMAS if several else _TO_THE_END
    return tuple(_Item(found[0], found.start(), found.end()) for found in one.finditer(text, at))


def _listed(name: str, text: str, at: int) -> Iterator[_Item]:
    """The values of a list from ``at`` on; the first is taken whatever it is."""
    item = _item(name, text, at)
    while item is not None:
        yield item
        comma, either = _COMMA.match(text, item.end), _OR.match(text, item.end)
        apart = comma or either
        after = _item(name, text, apart.end()) if apart else None
        tight = comma is not None and not comma[1]
        if after is None or _KEY.match(text, after.start):
            return
        meant = _values(name, after.typed) or (comma and _looks_so(name, after.typed))
        if not tight and not meant:
            return  # other words, which are read for themselves
        item = after


def _item(name: str, text: str, at: int) -> _Item | None:
    """The value at ``at``: the longest that is known, else up to a space or comma."""
    if name == "phase" and (phases := phases_in(text, at)):
        return _Item(text[at : phases[1]], at, phases[1])
    match = _ITEMS[name].match(text, at)
    return _Item(match[0], at, match.end()) if match else None


def _pattern(names: _Names) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    spelled = "|".join(re.escape(one).replace(r"\ ", r",?[\s_-]+") for one in longest)
    return re.compile(rf'(?:{spelled})(?![^\s,"])|[^\s,"]+', re.IGNORECASE)


_ITEMS = {name: _pattern(names) for name, (_, names) in _LISTS.items()}


def _values(name: str, typed: str) -> tuple[str, ...]:
    """What a value of a list stands for; () where it cannot be."""
    plain = _plain(typed.replace(",", " "))
    if plain in _LISTS[name][1]:
        return (_LISTS[name][1][plain],)
    phases = phases_in(typed, 0) if name == "phase" else None
    return phases[0] if phases and phases[1] == len(typed) else ()


def _take(name: str, typed: str, found: Found) -> bool:
    """Take in one value. Returns whether it was understood."""
    if name in _LISTS:
        values = _values(name, typed)
        for one in values:
            found.add(_LISTS[name][0], one)
        return bool(values)
    match name:
        case "near":
            found.near.append(typed)
        case "country":
            found.countries.append(typed)
        case "age" if (years := age_in(f"age {typed}", 0)) and years[1] == len(f"age {typed}"):
            found.aged(years[0], f"age:{typed}")
        case "page" if typed.isdecimal() and 0 < int(typed[:4]) <= _LAST_PAGE:
            found.page = int(typed)
        case "km" | "mi" if far := distance(typed if name == "km" else f"{typed} mi"):
            found.within(far.kilometres, far.miles, f"{name}:{typed}")
        case "healthy" if typed.lower() in _YES_NO:
            found.healthy = _YES_NO[typed.lower()]
        case _:
            return False
    return True


def _alike(name: str, typed: str) -> list[str]:
    """The values that may have been meant, as they are first called, the nearest first."""
    names = _LISTS[name][1] if name in _LISTS else {}
    plain = _plain(typed)
    begun = [one for one in names if len(plain) >= _SHORTEST and one.startswith(plain)]
    near = get_close_matches(plain, names, n=len(names) or 1, cutoff=_ALIKE)
    first = {value: one for one, value in reversed(tuple(names.items()))}
    values = dict.fromkeys(names[one] for one in (*begun, *near))
    return [first[value] for value in values][:_OFFERED]


def _looks_so(name: str, typed: str) -> bool:
    """Whether it was meant as such a value, although it is none."""
    return bool(_alike(name, typed)) or (name == "phase" and typed[:1].isdigit())


def _missed(key: _Key, bad: _Item, text: str) -> Missed:
    """The ways to mend the text."""
    at, last = key.items.index(bad), len(key.items) - 1
    if last == 0:
        without = text[: key.start] + text[key.end :]
        as_words = f"{text[: key.start]}{key.name} {bad.typed}{text[key.end :]}"
    else:
        start = key.items[at - 1].end if at else bad.start
        end = bad.end if at else key.items[1].start
        without = text[:start] + text[end:]
        field = FIELD.search(without)  # what stands behind one is its own
        before = len(without) if field is None else field.start()
        as_words = f"{without[:before]} {bad.typed} {without[before:]}"
    meant = [
        Meant(one, fold(f"{text[: bad.start]}{_typed(one)}{text[bad.end :]}"))
        for one in _alike(key.name, bad.typed)
    ]
    if key.name == "sponsor":  # its name is a field of the registry's: all behind it is of it
        named = f"spons:{bad.typed}"
        meant.append(Meant(named, fold(f"{without} {named}")))
    return Missed(
        key=key.name,
        typed=bad.typed,
        meant=tuple(meant),
        without=fold(without),
        as_words=fold(as_words),
    )


def _typed(value: str) -> str:
    return value.replace(" ", "_")
