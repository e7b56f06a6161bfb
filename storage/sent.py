"""What most sends come to, one message that arrived: written for many chats by one statement.

Each is still settled for itself: its caller goes on when its own row is committed, and whatever is
not written so (the lease is lost, the notice is gone) is settled alone and raises what it raises.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Integer,
    Text,
    Update,
    bindparam,
    cast,
    exists,
    func,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import Notice, NoticeState, Settlement
from bot.ports.leases import Lease
from storage.debts import CLAIMED
from storage.leases import PRESENT, values_of
from storage.tables import notices


class Sent(NamedTuple):
    """A notice whose message arrived as ``message_id``, and nothing else follows from it."""

    lease: Lease
    notice_id: int
    message_id: str | None


def plainly(lease: Lease, notice: Notice, settlement: Settlement) -> Sent | None:
    """What is written of it, where it was told alone and there is nothing more to write.

    In a feed it is also noted where the trial was first told of.
    """
    plain = Settlement(
        state=NoticeState.SENT, message_id=settlement.message_id, thread=settlement.thread
    )
    if settlement != plain or notice.in_feed or len(notice.together) > 1:
        return None
    return Sent(lease, notice.id, settlement.message_id)


async def settle(connection: AsyncConnection, these: Sequence[Sent]) -> Collection[Sent]:
    """Write them under their leases, which the statement looks at. Returns those written."""
    statement = _SETTLE[connection.dialect.name]
    by_lease: defaultdict[Lease, dict[int, Sent]] = defaultdict(dict)
    for one in these:
        by_lease[one.lease][one.notice_id] = one
    written: set[Sent] = set()
    for lease, by_id in by_lease.items():
        packed = msgspec.json.encode([(one.notice_id, one.message_id) for one in by_id.values()])
        values = {**values_of(lease), "packed": packed.decode()}
        written.update(by_id[id_] for id_ in await connection.scalars(statement, values))
    return written


def _settle(dialect_name: str) -> Update:
    """What ``claiming.settle`` writes of each."""
    packed: Any = bindparam("packed", type_=Text)
    notice_id: ColumnElement[int]
    if dialect_name == "sqlite":
        each = func.json_each(packed).table_valued("value")
        notice_id = type_coerce(func.json_extract(each.c.value, "$[0]"), Integer)
        message_id = func.json_extract(each.c.value, "$[1]")
    else:
        each = func.json_array_elements(cast(packed, JSON)).table_valued("value")
        notice_id = cast(func.json_extract_path_text(each.c.value, "0"), BigInteger)
        message_id = func.json_extract_path_text(each.c.value, "1")
    return (
        update(notices)
        .where(notices.c.id == notice_id, CLAIMED, exists().where(PRESENT))
        .values(
            state=NoticeState.SENT.value,
            error=None,
            message_id=message_id,
            tries=notices.c.tries + 1,
        )
        .returning(notices.c.id)
    )


_SETTLE: Final = {name: _settle(name) for name in ("sqlite", "postgresql")}
