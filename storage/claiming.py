"""Taking notices to send them, and writing how it ended: the way of every message.

The statements are made once and given their values by name: to make them anew for each message
would take longer than the database takes to run them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import Notice, NoticeState, Settlement
from bot.ports.leases import Lease
from storage import claimed
from storage.debts import CLAIMED, DUE
from storage.leases import PRESENT, lost, values_of
from storage.tables import bots, chats, leases, notices

_WINDOW: Final = 4
"""How many times ``limit`` rows a look at the queue takes: few chats may owe much of its head."""

WAITING: Final = (NoticeState.DUE, NoticeState.PUT_OFF)
"""How a try may end without being the last."""

_NEVER: Final = literal(datetime(1970, 1, 1, tzinfo=UTC), chats.c.probed_at.type)

_READY: Final = (
    select(bots.c.id, bots.c.wait_until)
    .select_from(leases)
    .join(
        bots,
        and_(bots.c.platform == bindparam("platform"), bots.c.bot == bindparam("bot")),
        isouter=True,
    )
    .where(PRESENT)
    .with_for_update(read=True, of=leases)
)

_LOOK: Final = (
    select(notices.c.id, notices.c.chat_id)
    .join(chats, chats.c.id == notices.c.chat_id)
    .where(
        DUE,
        notices.c.bot_id == bindparam("bot_id"),
        notices.c.id > bindparam("after"),
        notices.c.chat_id.not_in(bindparam("met", expanding=True)),
        notices.c.chat_id.not_in(
            select(notices.c.chat_id).where(CLAIMED, notices.c.bot_id == bindparam("bot_id"))
        ),
        notices.c.due_at <= bindparam("now"),
        or_(
            chats.c.paused_since.is_(None),
            # Without a moment to probe before, it is NULL and so are no paused chats among them.
            func.coalesce(chats.c.probed_at, _NEVER)
            <= bindparam("probe_before", type_=chats.c.probed_at.type),
        ),
        or_(chats.c.wait_until.is_(None), chats.c.wait_until <= bindparam("now")),
    )
    .order_by(notices.c.id)
    .limit(bindparam("window"))
)

_TAKE: Final = (
    update(notices)
    .where(notices.c.id.in_(bindparam("heads", expanding=True)))
    .values(
        state=NoticeState.CLAIMED.value,
        claimed_at=bindparam("now", type_=notices.c.claimed_at.type),
        possibly_double=case(
            (notices.c.unsure_since <= bindparam("forgotten"), true()),
            else_=notices.c.possibly_double,
        ),
    )
)

_PROBE: Final = (
    update(chats)
    .where(chats.c.id.in_(bindparam("probed", expanding=True)))
    .values(probed_at=bindparam("now", type_=chats.c.probed_at.type))
)

_SETTLE_HELD: Final = (
    update(notices)
    .where(notices.c.id.in_(bindparam("ids", expanding=True)), CLAIMED)
    .values(
        state=bindparam("state"),
        error=bindparam("error"),
        message_id=bindparam("message_id"),
        tries=notices.c.tries + bindparam("counted"),
        lost_answers=notices.c.lost_answers + bindparam("lost"),
        unsure_since=case(
            (bindparam("lost") == 1, func.coalesce(notices.c.unsure_since, notices.c.claimed_at)),
            else_=notices.c.unsure_since,
        ),
        due_at=func.coalesce(bindparam("again", type_=notices.c.due_at.type), notices.c.due_at),
        told_with=case(
            (bindparam("apart") == 1, notices.c.id),
            (and_(bindparam("free") == 1, notices.c.unsure_since.is_(None)), null()),
            else_=notices.c.told_with,
        ),
    )
    .returning(notices.c.chat_id)
)

_SETTLE: Final = _SETTLE_HELD.where(exists().where(PRESENT))


async def ready_bot(
    connection: AsyncConnection, lease: Lease, platform: str, bot: str, now: datetime
) -> int | None:
    """The bot's row, where there is one and it need not wait. Raises LeaseLost."""
    values = {**values_of(lease), "platform": platform, "bot": bot}
    row = (await connection.execute(_READY, values)).one_or_none()
    if row is None:
        raise lost(lease)
    held = row.wait_until is not None and row.wait_until > now
    return None if held else row.id


async def heads(
    connection: AsyncConnection,
    bot_id: int,
    busy: Sequence[int],
    limit: int,
    now: datetime,
    probe_before: datetime | None,
) -> list[int]:
    """The oldest due notice of each of up to ``limit`` chats that can be sent to now.

    Paused chats are among them if they were last tried at ``probe_before`` or earlier.

    The queue is walked in the order of ids, along its index, some rows at a time. A chat that was
    met is left out of the next look, so that a chat which owes a hundred thousand costs one row.
    """
    met, found = set(busy), list[int]()
    after, window = 0, limit * _WINDOW
    asked = {"bot_id": bot_id, "now": now, "window": window, "probe_before": probe_before}
    while len(found) < limit:
        rows = (await connection.execute(_LOOK, {**asked, "after": after, "met": list(met)})).all()
        for row in rows:
            if row.chat_id not in met and len(found) < limit:
                met.add(row.chat_id)
                found.append(row.id)
        if len(rows) < window:
            break
        after = rows[-1].id
    return found


async def take(
    connection: AsyncConnection, due: Sequence[int], now: datetime, nonces_last: timedelta
) -> tuple[Notice, ...]:
    """Claim these, and read what there is to tell.

    What may have arrived so long ago that the platform no longer knows its nonce is counted.
    """
    taken = await claim(connection, due, now, nonces_last)
    probed = [notice.chat_id for notice in taken if notice.probe]
    if probed:
        await connection.execute(_PROBE, {"probed": probed, "now": now})
    return taken


async def claim(
    connection: AsyncConnection, ids: Sequence[int], now: datetime, nonces_last: timedelta
) -> tuple[Notice, ...]:
    """Mark these as claimed, and read what there is to tell, in their order."""
    if not ids:
        return ()
    await connection.execute(_TAKE, {"heads": ids, "now": now, "forgotten": now - nonces_last})
    return await claimed.read(connection, ids, now)


async def settle(
    connection: AsyncConnection,
    lease: Lease,
    ids: Sequence[int],
    settlement: Settlement,
    *,
    demanded: bool = False,
) -> int | None:
    """Write how a try ended, of notices of one chat that ended alike.

    Returns their chat; None where nothing was written.

    The lease is looked at in the same statement. Were it lost right after, nothing is told twice:
    the next holder takes back what is still claimed, and this no longer is. Where several are
    settled, the lease has to be ``demanded`` before, so that it is not lost between two of them.
    """
    waits = settlement.state in WAITING
    values: dict[str, Any] = {
        **values_of(lease),
        "ids": ids,
        "state": settlement.state.value,
        "error": settlement.error,
        "message_id": settlement.message_id,
        "counted": int(settlement.counts_as_try),
        "lost": int(settlement.answer_lost),
        "again": settlement.due_at if waits else None,
        "apart": int(settlement.alone and settlement.state is NoticeState.DUE),
        "free": int(waits and not settlement.answer_lost),
    }
    statement = _SETTLE_HELD if demanded else _SETTLE
    chat_id: int | None = await connection.scalar(statement, values)
    return chat_id
