"""Settling which places are meant, once it can be looked up: the end of reading what was typed.

"Near" leads to a place that has to be known. "In" leads to countries, to a city, or to words that
only look so ("pain in children"): what is neither goes back to where it stood in the words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

import msgspec

from bot.domain.asking.asked import Asked, Missed, Part, PartKind
from bot.domain.asking.states import is_state
from bot.domain.place import Near, Place
from bot.domain.question import DEFAULT_KILOMETRES, FARTHEST, Question
from bot.domain.text import fold

_LIST = re.compile(r"\s*(?:,|;|&|\band\b|\bor\b)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;/&]\s*(?:(?:and|or|&)\s+)?|(?:and|or)\s+", re.IGNORECASE)
"""What stands between a place and another one."""

_STOP = re.compile(r"\s*([,;])\s*")
_STOPS = " ,;/&"
_QUALIFYING = frozenset(
    {"best", "central", "male", "mobile", "most", "normal", "oral", "same", "superior", "young"}
)
"""Cities that in small letters say more of the word behind them: "in young children"."""

_MOST_WORDS = 6
"""Words of the longest place that is looked for in front of others."""


class Atlas(msgspec.Struct, frozen=True, kw_only=True):
    """How places are looked up, as the port of the gazetteer has it.

    ``named`` gives cities of that very name, ``alike`` those that it may be a misspelling of too.
    """

    named: Callable[[str], tuple[Place, ...]]
    alike: Callable[[str], tuple[Place, ...]]
    country: Callable[[str], str | None]


class Which(msgspec.Struct, frozen=True):
    """Several places have this name: one question for each, in the order in which to ask."""

    name: str
    choices: tuple[Question, ...]


class NoSuchPlace(msgspec.Struct, frozen=True):
    """A place that nobody knows."""

    name: str


class NotSaid(msgspec.Struct, frozen=True):
    """ "Near me" in a chat that never said where it is."""


class SeveralPlaces(msgspec.Struct, frozen=True):
    """Near one place and near another, where one can be looked near."""


Settled = Question | Which | NoSuchPlace | NotSaid | SeveralPlaces | Missed


class _Left(msgspec.Struct):
    """What is settled so far."""

    words: list[str] = msgspec.field(default_factory=list)
    countries: list[str] = msgspec.field(default_factory=list)
    places: tuple[Place, ...] = ()
    unknown: str | None = None
    several: bool = False

    def near(self, places: tuple[Place, ...]) -> None:
        """Take in the cities of a name."""
        self.several = self.several or bool(self.places and places and self.places != places)
        self.places = self.places or places

    def go_on(self, places: tuple[Place, ...], country: str | None) -> bool:
        """Take in what stands behind a place. Returns whether both can be meant together."""
        if self.places and places:
            self.near(places)  # asked back as several
            return True
        if not self.places and country:
            _add(self.countries, (country,))
            return True
        wanted = self.countries if places else [country]
        inside = tuple(one for one in places or self.places if one.country in wanted)
        self.places = inside or self.places
        return bool(inside)


def settle(asked: Asked, atlas: Atlas, here: Near | None) -> Settled:
    """The question that was meant. ``here`` is where the chat said that it is."""
    if asked.missed is not None:
        return asked.missed
    left = _Left()
    for part in asked.parts:
        _settle_part(part, atlas, left)
    if left.unknown is not None:
        return NoSuchPlace(left.unknown)
    if left.several or (left.places and asked.near_me):
        return SeveralPlaces()
    question = Question(
        words=fold(" ".join(left.words)),
        filter=msgspec.structs.replace(asked.filter, countries=tuple(left.countries)),
        search=asked.search,
        page=asked.page,
        miles=asked.miles,
        left=asked.left,
        again=asked.again,
        kinds=asked.kinds,
    )
    if not left.places:
        return _near_here(question, asked, here)
    within = [one for one in left.places if one.country in left.countries]
    radius = min(asked.kilometres or DEFAULT_KILOMETRES, FARTHEST)
    choices = tuple(_placed(question, Near(place, radius)) for place in within or left.places)
    name = left.places[0].name.partition(",")[0]
    return choices[0] if len(choices) == 1 else Which(name, choices)


def _near_here(question: Question, asked: Asked, here: Near | None) -> Question | NotSaid:
    if not asked.near_me:
        return question
    if here is None:
        return NotSaid()
    return _placed(question, Near(here.place, asked.kilometres or here.kilometres))


def _placed(question: Question, near: Near) -> Question:
    narrower = msgspec.structs.replace(question.filter, near=near)
    return msgspec.structs.replace(question, filter=narrower)


def _settle_part(part: Part, atlas: Atlas, left: _Left) -> None:
    match part.kind:
        case PartKind.WORDS:
            left.words.append(part.text)
        case PartKind.COUNTRY:
            countries = _countries(part.text, atlas)
            _add(left.countries, countries)
            left.unknown = left.unknown or (None if countries else part.text)
        case PartKind.NEAR:
            _settle_near(part.text, atlas, left)
        case PartKind.IN | PartKind.AROUND:
            if not _settle_in(part, atlas, left):
                left.words.append(f"{part.kind} {part.text}" if left.words else part.text)


def _settle_near(text: str, atlas: Atlas, left: _Left) -> None:
    for head, rest in _heads(text):
        if is_state(head):
            left.unknown = left.unknown or head
            return
        places = find_named(head, atlas)
        if places or (countries := _countries(head, atlas)):
            left.near(places)
            _add(left.countries, () if places else countries)
            _left_over(head, rest, atlas, left)
            return
    places = atlas.alike(text)
    left.near(places)
    left.unknown = left.unknown or (None if places else text)


def _settle_in(part: Part, atlas: Atlas, left: _Left) -> bool:
    """Returns whether it is a country or a city at all, or a state, which has to be asked back."""
    for head, rest in _heads(part.text):
        if is_state(head):
            left.unknown = left.unknown or head
            return True
        countries = () if part.kind is PartKind.AROUND else _countries(head, atlas)
        says_more = bool(rest) and head in _QUALIFYING
        places = () if countries or says_more else find_named(head, atlas)
        if countries or (places and _is_name(head, places)):
            _add(left.countries, countries)
            left.near(places)
            _left_over(head, rest, atlas, left)
            return True
    return False


def _left_over(head: str, rest: str, atlas: Atlas, left: _Left) -> None:
    """What stands behind a place: words, unless they are another place (``and Lyon``)."""
    between = _BETWEEN.match(rest)
    for name, after in _heads(rest[between.end() :] if between else rest):
        country, state = atlas.country(_bare(name)), is_state(name)
        ends = not after or _BETWEEN.match(after) is not None
        places = find_named(name, atlas) if ends and not (country or state) else ()
        if ((country or state) and (between or ends)) or _is_another(name, places):
            if state or not left.go_on(places, country):
                until = rest.removesuffix(after).rstrip(_STOPS)
                gap = "" if rest[:1] in _STOPS else " "
                left.unknown = left.unknown or f"{head}{gap}{until}"
            _left_over(name, after, atlas, left)
            return
    if words := rest.strip(_STOPS):
        left.words.append(words)


def _is_another(typed: str, places: tuple[Place, ...]) -> bool:
    """Whether what ends behind a place is one: not ``ALS``, though a city goes by that too."""
    named = bool(places) and _is_name(typed, places)
    return named and (not typed.isupper() or _is_own(typed, places))


def find_named(text: str, atlas: Atlas) -> tuple[Place, ...]:
    """The cities of a name; the one alone that is told to people with exactly this name.

    ``Paris, Texas, United States`` is a name as it is told: it is looked for without its country.
    """
    city, comma, rest = (part.strip() for part in text.partition(","))
    inner = f"{city}, {rest.rpartition(',')[0]}" if comma and "," in rest else ""
    for spelled in filter(None, (text, inner)):
        found = atlas.named(spelled)
        same = tuple(one for one in found if one.name.casefold() == text.casefold())
        if same or (found and spelled == text):
            return same or found
    return ()


def is_own(typed: str, place: Place) -> bool:
    """Whether somebody typed the place's own name, all of it or its first words, and no other.

    A place found under another name (``Maine`` once stood for Des Plaines) or by a misspelling is
    a guess.
    """
    own, given = _bare_words(place.name.partition(",")[0]), _bare_words(typed)
    shorter = min(len(own), len(given))
    return shorter > 0 and own[:shorter] == given[:shorter]


def _bare_words(name: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.findall(r"\w+", bare)


def _is_name(typed: str, places: tuple[Place, ...]) -> bool:
    """Whether it is meant as a name: it is the city's own, or says where the city is."""
    return "," in typed or typed[:1].isupper() or _is_own(typed, places)


def _is_own(typed: str, places: tuple[Place, ...]) -> bool:
    return typed.casefold() in {one.name.partition(",")[0].casefold() for one in places}


def _countries(text: str, atlas: Atlas) -> tuple[str, ...]:
    """The countries of a list; () where one of it is none."""
    whole = atlas.country(_bare(text))
    if whole is not None:
        return (whole,)
    found = [atlas.country(_bare(one)) for one in _LIST.split(text) if one]
    return () if None in found else tuple(filter(None, found))


def _bare(country: str) -> str:
    return re.sub(r"^the\s+", "", country.strip(), flags=re.IGNORECASE)


def _heads(text: str) -> Iterator[tuple[str, str]]:
    """All of it as a place, then ever fewer of its words, with what is left over.

    A comma between the two stays with what is left over.
    """
    words = _STOP.sub(r"\1 ", text).split()
    for count in range(len(words), 0, -1):
        if count == len(words) or count <= _MOST_WORDS:
            head, rest = " ".join(words[:count]), " ".join(words[count:])
            if rest and words[count - 1].lower() in ("and", "or"):
                continue
            stop = head[-1] if rest and head[-1] in _STOPS else ""
            yield head.strip(f".{_STOPS}"), f"{stop} {rest}".strip()


def _add(known: list[str], more: tuple[str, ...]) -> None:
    known.extend(one for one in more if one not in known)
