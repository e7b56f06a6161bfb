"""The conditions that occurrences touch, as rows: read out of ``occurrences.touched`` in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    ColumnElement,
    Dialect,
    FromClause,
    Integer,
    Select,
    any_,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from bot.domain.change import Kind
from bot.domain.notice import Event
from storage.tables import subscriptions

_KINDS: Final = {Event.NEW: Kind.NEW, Event.ENTERED: Kind.NEW, Event.LEFT: Kind.LEFT}
"""The kind by which an event is asked for."""

_BY_CHANGES: Final = (Event.CHANGED, Event.LEFT)
"""What is asked for by the kinds of the changes. What left did match before: what changed in it is
of interest to who does not ask what leaves."""

_decoder: Final = msgspec.json.Decoder(dict[Event, tuple[int, ...]])


def each_touched(
    dialect: Dialect, touched: ColumnElement[str | None], event: Event
) -> tuple[FromClause, ColumnElement[int]]:
    """To be joined to what has ``touched``: a row for each condition, and its id in that row."""
    if dialect.name == "sqlite":
        path = literal(f"$.{event.value}")
        each = func.json_each(touched, path).table_valued("value")
        return each, type_coerce(each.c.value, Integer)
    ids: Any = cast(touched, JSON)[event.value]
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


def followers_of(dialect: Dialect, interest_ids: Collection[int]) -> Select[Any]:
    """Those of these conditions that several subscriptions follow, and how many do."""
    ids = sorted(interest_ids)
    among: ColumnElement[bool]
    if dialect.name == "sqlite":
        each = func.json_each(msgspec.json.encode(ids).decode()).table_valued("value")
        among = subscriptions.c.interest_id.in_(select(type_coerce(each.c.value, Integer)))
    else:  # of an array it knows how long it is, and plans by it
        among = subscriptions.c.interest_id == any_(literal(ids, ARRAY(BigInteger)))
    return (
        select(subscriptions.c.interest_id, func.count())
        .where(among)
        .group_by(subscriptions.c.interest_id)
        .having(func.count() > 1)
    )
