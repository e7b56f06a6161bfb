"""Several notices of one chat that are told in one message.

All of them carry the same number, ``told_with``. It outlives a crash, so that what may have arrived
is told again exactly as it was, and nothing else with it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace
from sqlalchemy import bindparam, func, not_, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.mass import LATE, is_late
from bot.domain.notice import Notice
from storage import claiming
from storage.debts import DUE, PUT_OFF
from storage.tables import notices

_OWED: Final = or_(DUE, PUT_OFF)
_LATE: Final = notices.c.cause.like(f"{LATE}%")

_NO_BOUND: Final = 2**63 - 1

_FREE: Final = (
    DUE,
    notices.c.chat_id == bindparam("of_chat"),
    notices.c.due_at <= bindparam("now", type_=notices.c.due_at.type),
    notices.c.told_with.is_(None),
    notices.c.unsure_since.is_(None),
)
"""What belongs to no group, and surely did not arrive yet."""

_bound: Final = notices.alias("bound")

_FIRST_BOUND: Final = (
    select(func.min(_bound.c.id))
    .where(
        text("bound.state = 'due'"),
        _bound.c.chat_id == bindparam("of_chat"),
        _bound.c.due_at <= bindparam("now", type_=notices.c.due_at.type),
        or_(_bound.c.told_with.is_not(None), _bound.c.unsure_since.is_not(None)),
    )
    .scalar_subquery()
)
"""The oldest that can only be told as it was told before."""

_OTHERS: Final = {
    late: select(notices.c.id)
    .where(
        *_FREE,
        _LATE if late else not_(_LATE),
        # What is newer than that is told behind it: a chat hears everything in order.
        notices.c.id < func.coalesce(_FIRST_BOUND, _NO_BOUND),
    )
    .order_by(notices.c.id)
    .limit(bindparam("most"))
    for late in (False, True)
}

_LEFT: Final = select(func.count()).select_from(notices).where(*_FREE, not_(_LATE))

_SAME_GROUP: Final = (
    select(notices.c.id)
    .where(
        _OWED,
        notices.c.chat_id == bindparam("of_chat"),
        notices.c.told_with == bindparam("group"),
    )
    .order_by(notices.c.id)
)

_MARK: Final = (
    update(notices)
    .where(notices.c.id.in_(bindparam("members", expanding=True)))
    .values(told_with=bindparam("group"))
)


async def gather(
    connection: AsyncConnection, leader: Notice, limit: int, now: datetime, nonces_last: timedelta
) -> Notice:
    """The leader with all that is told beside it, claimed and marked as its group.

    What was a group before is one again, whatever else is due by now; and nothing that is newer
    than such a group is told before it.
    """
    asked = {"of_chat": leader.chat_id, "now": now}
    group = leader.id if leader.told_with is None else leader.told_with
    if leader.told_with is None:
        others = _OTHERS[is_late(leader.occurrence)]
        ids = (await connection.scalars(others, {**asked, "most": limit})).all()
        await connection.execute(_MARK, {"members": [leader.id, *ids], "group": group})
    else:
        same = {"of_chat": leader.chat_id, "group": group}
        ids = (await connection.scalars(_SAME_GROUP, same)).all()
    beside = await claiming.claim(connection, ids, now, nonces_last)
    # What was told before is told again word by word: it does not count what came since.
    left = await connection.scalar(_LEFT, asked) if leader.told_with is None else 0
    return replace(leader, beside=beside, others=left or 0, told_with=group)
