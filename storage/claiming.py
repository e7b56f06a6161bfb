"""Taking notices to send them, and writing how it ended: the way of every message.

The statements are made once and given their values by name: to make them anew for each message
would take longer than the database takes to run them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from msgspec.structs import replace
from sqlalchemy import and_, bindparam, case, exists, func, literal, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.address import Address
from bot.domain.mass import LATE, is_late
from bot.domain.notice import Notice, NoticeState, Occurrence, Settlement
from bot.domain.study import StudyKey
from bot.ports.leases import Lease
from storage.codec import AnyRow, unpack_body
from storage.debts import CLAIMED, DUE
from storage.leases import PRESENT, lost, values_of
from storage.tables import bots, chats, leases, notices, occurrences, studies

_WINDOW: Final = 4
"""How many times ``limit`` rows a look at the queue takes: few chats may owe much of its head."""

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

_LATE: Final = (
    select(notices.c.id)
    .where(
        DUE,
        notices.c.chat_id.in_(bindparam("chats", expanding=True)),
        notices.c.id.not_in(bindparam("heads", expanding=True)),
        notices.c.cause.like(f"{LATE}%"),
        notices.c.due_at <= bindparam("now"),
    )
    .order_by(notices.c.id)
    .limit(1000)
)
"""What was held and goes out with another that was: one message for all of it."""

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

_TOLD: Final = (
    select(
        notices.c.id,
        notices.c.chat_id,
        notices.c.tries,
        notices.c.lost_answers,
        chats.c.paused_since,
        bots.c.platform,
        bots.c.bot,
        chats.c.chat,
        chats.c.thread,
        studies.c.registry,
        studies.c.number,
        occurrences.c.data_day,
        occurrences.c.cause,
        occurrences.c.first_posted,
        occurrences.c.body,
    )
    .join(chats, chats.c.id == notices.c.chat_id)
    .join(bots, bots.c.id == chats.c.bot_id)
    .join(occurrences, occurrences.c.id == notices.c.occurrence_id)
    .join(studies, studies.c.id == occurrences.c.study_id)
    .where(notices.c.id.in_(bindparam("heads", expanding=True)))
    .order_by(notices.c.id)
)

_SETTLE: Final = (
    update(notices)
    .where(notices.c.id == bindparam("notice_id"), CLAIMED, exists().where(PRESENT))
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
    )
    .returning(notices.c.chat_id)
)


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
    taken = await _taken(connection, due, now, nonces_last)
    probed = [notice.chat_id for notice in taken if notice.probe]
    if probed:
        await connection.execute(_PROBE, {"probed": probed, "now": now})
    late = [notice.chat_id for notice in taken if is_late(notice.occurrence)]
    if not late:
        return taken
    others = (await connection.scalars(_LATE, {"chats": late, "heads": due, "now": now})).all()
    beside = await _taken(connection, others, now, nonces_last)
    return tuple(
        replace(one, beside=tuple(other for other in beside if other.chat_id == one.chat_id))
        if is_late(one.occurrence)
        else one
        for one in taken
    )


async def _taken(
    connection: AsyncConnection, ids: Sequence[int], now: datetime, nonces_last: timedelta
) -> tuple[Notice, ...]:
    if not ids:
        return ()
    await connection.execute(_TAKE, {"heads": ids, "now": now, "forgotten": now - nonces_last})
    return tuple(_notice(row) for row in await connection.execute(_TOLD, {"heads": ids}))


async def settle(
    connection: AsyncConnection, lease: Lease, notice_id: int, settlement: Settlement
) -> int | None:
    """Write how a try ended. Returns the notice's chat; None where nothing was written.

    The lease is looked at in the same statement. Were it lost right after, nothing is told twice:
    the next holder takes back what is still claimed, and this no longer is.
    """
    values: dict[str, Any] = {
        **values_of(lease),
        "notice_id": notice_id,
        "state": settlement.state.value,
        "error": settlement.error,
        "message_id": settlement.message_id,
        "counted": int(settlement.counts_as_try),
        "lost": int(settlement.answer_lost),
        "again": settlement.due_at if settlement.state is NoticeState.DUE else None,
    }
    chat_id: int | None = await connection.scalar(_SETTLE, values)
    return chat_id


def _notice(row: AnyRow) -> Notice:
    body = unpack_body(row.body)
    return Notice(
        id=row.id,
        chat_id=row.chat_id,
        address=Address(row.platform, row.bot, row.chat, row.thread),
        occurrence=Occurrence(
            key=StudyKey(row.registry, row.number),
            data_day=row.data_day,
            cause=row.cause,
            changes=body.changes,
            matches=body.matches,
            first_posted=row.first_posted,
            corrected=body.corrected,
            restless=body.restless,
        ),
        tries=row.tries,
        lost_answers=row.lost_answers,
        probe=row.paused_since is not None,
    )
