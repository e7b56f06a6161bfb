"""A question as somebody could type it, so that a button can ask it: reading it gives it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.domain.asking import words as known
from bot.domain.asking.asked import Asked, Part, PartKind
from bot.domain.asking.distance import in_miles
from bot.domain.asking.parsing import read
from bot.domain.filters import Filter
from bot.domain.kinds import kinds_typed
from bot.domain.place import Near
from bot.domain.question import DEFAULT_KILOMETRES, Question


def typed(question: Question, here: Near | None = None) -> str:
    """The shortest that says all of it. ``here`` is where the chat is, which is then "me"."""
    parts = [*_filters(question.filter), *_places(question.filter, here, question.miles)]
    parts += [kinds_typed(question.kinds)] if question.kinds else []
    if question.page > 1:
        parts.append(f"page:{question.page}")
    if question.search is not None:
        return " ".join([*parts, question.name])
    return " ".join(([words_typed(question.words)] if question.words else []) + parts)


def words_typed(words: str) -> str:
    """As they are, where they are read as nothing but words; else in quotes."""
    plain = words.replace('"', " ").strip()
    alone = Asked(parts=(Part(PartKind.WORDS, plain),))
    return plain if read(plain) == alone else f'"{plain}"'


def _filters(wanted: Filter) -> Iterator[str]:
    if wanted.statuses:
        yield f"status:{','.join(one.lower() for one in wanted.statuses)}"
    for key, values, names in (
        ("phase", wanted.phases, _SHORT_PHASES),
        ("type", wanted.intervention_types, _TYPES),
        ("sponsor", wanted.sponsor_classes, _SPONSORS),
    ):
        if values:
            yield f"{key}:{_listed(names[one] for one in values if one in names)}"
    if wanted.healthy_volunteers is not None:
        yield "healthy:yes" if wanted.healthy_volunteers else "healthy:no"
    if wanted.age is not None:
        yield f"age:{wanted.age}"
    if wanted.sex is not None:
        yield f"sex:{wanted.sex.lower()}"


def _places(wanted: Filter, here: Near | None, miles: float | None) -> Iterator[str]:
    for country in wanted.countries:
        yield f"country:{_quoted(country)}"
    near = wanted.near
    if near is None:
        return
    if here is not None and near.place == here.place:
        yield "near:me"
        usual = here.kilometres
    else:
        yield f"near:{_quoted(near.place.name)}"
        usual = DEFAULT_KILOMETRES
    if far := in_miles(miles, near.kilometres):
        yield f"mi:{far}"
    elif near.kilometres != usual:
        yield f"km:{near.kilometres}"


def _listed(values: Iterator[str]) -> str:
    return ",".join(one.replace(" ", "_") for one in values)


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _backwards(names: Mapping[str, str]) -> dict[str, str]:
    """The first word for each value."""
    return {value: word for word, value in reversed(tuple(names.items()))}


_TYPES = _backwards(known.TYPES)
_SPONSORS = _backwards(known.SPONSORS)
_SHORT_PHASES = _backwards(known.PHASES)
