"""When chats are told that they are still watched for: one index, and who has a moment in it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select, update

from bot.domain.address import Address
from bot.domain.notice import NoticeState
from bot.domain.reminding import WEEK, Reminder
from bot.ports.leases import Lease
from storage.engine import Database
from storage.leases import demand
from storage.preferences import unpack_settings
from storage.tables import bots, chats, notices, subscriptions

_TOLD: Final = (NoticeState.SENT.value, NoticeState.PERHAPS.value)
_WAITS: Final = (NoticeState.DUE.value, NoticeState.CLAIMED.value)

_NOW: Final = bindparam("now", type_=chats.c.remind_at.type)


def _followed(what: ColumnElement[object]) -> ColumnElement[int]:
    counted = select(func.count()).where(
        subscriptions.c.chat_id == chats.c.id, ~subscriptions.c.paused, what.is_not(None)
    )
    return counted.correlate(chats).scalar_subquery()


_HERE: Final = notices.c.chat_id == chats.c.id

_DUE: Final = (
    select(
        chats.c.id,
        bots.c.platform,
        bots.c.bot,
        chats.c.chat,
        chats.c.thread,
        chats.c.settings,
        chats.c.remind_at,
        _followed(subscriptions.c.study_id).label("trials"),
        _followed(subscriptions.c.interest_id).label("conditions"),
        or_(
            exists().where(
                _HERE,
                notices.c.state.in_(_TOLD),
                notices.c.claimed_at > bindparam("week", type_=notices.c.claimed_at.type),
            ),
            exists().where(_HERE, notices.c.state == NoticeState.PUT_OFF.value),
        ).label("told"),
        exists().where(_HERE, notices.c.state.in_(_WAITS)).label("waits"),
    )
    .join(bots, bots.c.id == chats.c.bot_id)
    .where(
        bots.c.platform == bindparam("platform"),
        bots.c.bot == bindparam("bot"),
        or_(bots.c.wait_until.is_(None), bots.c.wait_until <= _NOW),
        chats.c.remind_at.is_not(None),
        chats.c.remind_at <= _NOW,
        chats.c.paused_since.is_(None),
        or_(chats.c.wait_until.is_(None), chats.c.wait_until <= _NOW),
    )
    .order_by(chats.c.remind_at)
    .limit(bindparam("most"))
)


class SqlReminders:
    """Implements ``bot.ports.reminders.Reminders``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, platform: str, bot: str, now: datetime, limit: int) -> tuple[Reminder, ...]:
        """Chats whose moment has come, the longest ago first."""
        asked = {"platform": platform, "bot": bot, "now": now, "week": now - WEEK, "most": limit}
        async with self._database.read() as connection:
            return tuple(
                Reminder(
                    chat_id=row.id,
                    address=Address(row.platform, row.bot, row.chat, row.thread),
                    settings=unpack_settings(row.settings),
                    at=row.remind_at,
                    trials=row.trials,
                    conditions=row.conditions,
                    told=row.told,
                    waits=row.waits,
                )
                for row in await connection.execute(_DUE, asked)
            )

    async def plan(self, lease: Lease, chat_id: int, at: datetime) -> None:
        """The next moment of a chat that still wants the line."""
        wants = (chats.c.id == chat_id, chats.c.remind_at.is_not(None))
        async with self._database.write() as connection:
            await demand(connection, lease)
            await connection.execute(update(chats).where(*wants).values(remind_at=at))
