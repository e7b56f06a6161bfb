"""The conditions that occurrences touch, as rows: read out of ``occurrences.touched`` in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Dialect,
    FromClause,
    Integer,
    Select,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)

from bot.domain.change import Kind
from bot.domain.notice import Event
from storage.tables import occurrences, subscriptions

_KINDS: Final = {Event.NEW: Kind.NEW, Event.ENTERED: Kind.NEW, Event.LEFT: Kind.LEFT}
"""The kind by which an event is asked for."""

_BY_CHANGES: Final = (Event.CHANGED, Event.LEFT)
"""What is asked for by the kinds of the changes. What left did match before: what changed in it is
of interest to who does not ask what leaves."""

_decoder: Final = msgspec.json.Decoder(dict[Event, tuple[int, ...]])


def each_touched(dialect: Dialect, event: Event) -> tuple[FromClause, ColumnElement[int]]:
    """To be joined to ``occurrences``: a row for each condition, and its id in that row."""
    if dialect.name == "sqlite":
        path = literal(f"$.{event.value}")
        each = func.json_each(occurrences.c.touched, path).table_valued("value")
        return each, type_coerce(each.c.value, Integer)
    ids: Any = cast(occurrences.c.touched, JSON)[event.value]
    each = func.json_array_elements_text(ids).table_valued("value")
    return each, cast(each.c.value, BigInteger)


def is_asked(event: Event, kinds: ColumnElement[int] | int) -> ColumnElement[bool]:
    """Whether a subscription to a touched condition asks for it; ``kinds`` are the occurrence's."""
    asked = subscriptions.c.kinds
    ways = [asked.bitwise_and(kinds) != 0] if event in _BY_CHANGES else []
    if event in _KINDS:
        ways.append(asked.bitwise_and(_KINDS[event].bit) != 0)
    return or_(*ways)


def read_touched(touched: str | None) -> Mapping[Event, tuple[int, ...]]:
    """The ids of the conditions that one occurrence touches, by event."""
    return _decoder.decode(touched) if touched else {}


def followers_touched(dialect: Dialect, occurrence_ids: Sequence[int]) -> Select[tuple[int, int]]:
    """Occurrences, and how many subscriptions there are to what each touches.

    Those of a condition are counted once, however many of the occurrences touch it.
    """
    touched = _pairs(dialect, occurrence_ids).cte("touched")
    counted = (
        select(subscriptions.c.interest_id, func.count().label("many"))
        .where(subscriptions.c.interest_id.in_(select(touched.c.interest_id)))
        .group_by(subscriptions.c.interest_id)
        .cte("counted")
    )
    return (
        select(touched.c.occurrence_id, func.sum(counted.c.many))
        .join(counted, counted.c.interest_id == touched.c.interest_id)
        .group_by(touched.c.occurrence_id)
    )


def _pairs(dialect: Dialect, occurrence_ids: Sequence[int]) -> CompoundSelect[Any]:
    arms = []
    for event in Event:
        each, interest_id = each_touched(dialect, event)
        arm = select(occurrences.c.id.label("occurrence_id"), interest_id.label("interest_id"))
        arm = arm.select_from(occurrences).join(each, true())
        arms.append(arm.where(occurrences.c.id.in_(occurrence_ids)))
    return union_all(*arms)
