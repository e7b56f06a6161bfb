"""What chats follow. All that changes it has passed the gate alone (``storage.gate``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.study import StudyKey
from bot.domain.watch import Interest, Subscription
from bot.ports.store_errors import StoreError
from storage.codec import AnyRow, chunks, pack_interest, unpack_interest
from storage.engine import Database
from storage.interest_marks import mark_of_interest, topic_mark
from storage.members import forget_members
from storage.resting import chosen_in
from storage.studies import id_of
from storage.tables import interests, studies, subscriptions


async def known_study(connection: AsyncConnection, key: StudyKey) -> int:
    """The row of a trial, or of the one that it became. Raises StoreError where there is none."""
    study_id = await id_of(connection, key)
    if study_id is None:
        raise StoreError("only a trial that is in the store can be followed")
    return study_id


async def keep_interest(
    connection: AsyncConnection, database: Database, interest: Interest, since: date
) -> int:
    """The row of a condition: shared by all who mean the same.

    A new one owes a baseline, unless one of its topic is finished: it is read without the filter.
    """
    mark = mark_of_interest(database, interest)
    asked = select(interests.c.id).where(interests.c.mark == mark)
    found: int | None = await connection.scalar(asked)
    if found is None:
        insert = database.insert(interests)
        topic = topic_mark(database, interest)
        read = select(interests.c.id).where(interests.c.topic == topic, interests.c.baseline_done)
        row = {
            "mark": mark,
            "topic": topic,
            "interest": pack_interest(interest),
            "since": since,
            "searched": interest.search is not None,
            "baseline_done": await connection.scalar(read.limit(1)) is not None,
        }
        made = insert.values(row).returning(interests.c.id)
        found = (await connection.execute(made)).scalar_one()
    earlier = update(interests).where(interests.c.id == found, interests.c.since > since)
    await connection.execute(earlier.values(since=since))
    return found


async def subscribe(
    connection: AsyncConnection,
    database: Database,
    chat_id: int,
    kinds: int,
    since: date,
    **what: int,
) -> tuple[Subscription, bool]:
    """Let a chat follow ``what`` (``study_id`` or ``interest_id``); one it has stays as it is."""
    row = {"chat_id": chat_id, "kinds": kinds, "since": since, **what}
    insert = database.insert(subscriptions).values(row).on_conflict_do_nothing()
    made = await connection.scalar(insert.returning(subscriptions.c.id))
    this = [subscriptions.c.chat_id == chat_id]
    this += [subscriptions.c[name] == value for name, value in what.items()]
    found = (await connection.execute(_asked().where(*this))).one()
    return _subscription(found), made is not None


async def unsubscribe(
    connection: AsyncConnection, chat_id: int, subscription_id: int
) -> Subscription | None:
    """Take a subscription away, and with the last one for a condition what was typed for it."""
    this = (subscriptions.c.id == subscription_id, subscriptions.c.chat_id == chat_id)
    found = (await connection.execute(_asked().where(*this))).one_or_none()
    if found is None:
        return None
    await connection.execute(delete(subscriptions).where(*this))
    if found.interest_id is not None:
        await forget_unfollowed(connection, [found.interest_id])
    return _subscription(found)


async def forget_unfollowed(connection: AsyncConnection, interest_ids: Sequence[int]) -> None:
    """Forget what was typed for those of these conditions that nobody follows any more, and what
    searches among them found.
    """
    nobody = ~exists().where(subscriptions.c.interest_id == interests.c.id)
    for part in chunks(interest_ids):
        gone = delete(interests).where(interests.c.id.in_(part), nobody)
        topics = gone.returning(interests.c.topic, interests.c.searched)
        rows = (await connection.execute(topics)).all()
        await forget_members(connection, [row.topic for row in rows if row.searched])


async def subscriptions_of(connection: AsyncConnection, chat_id: int) -> tuple[Subscription, ...]:
    """What a chat follows, in the order in which it began to."""
    asked = _asked().where(subscriptions.c.chat_id == chat_id).order_by(subscriptions.c.id)
    return tuple(_subscription(row) for row in await connection.execute(asked))


def _asked() -> Select[Any]:
    return (
        select(
            subscriptions,
            studies.c.registry,
            studies.c.number,
            studies.c.title,
            interests.c.interest,
        )
        .join(studies, studies.c.id == subscriptions.c.study_id, isouter=True)
        .join(interests, interests.c.id == subscriptions.c.interest_id, isouter=True)
    )


def _subscription(row: AnyRow) -> Subscription:
    return Subscription(
        id=row.id,
        chat_id=row.chat_id,
        study=None if row.study_id is None else StudyKey(row.registry, row.number),
        interest_id=row.interest_id,
        interest=None if row.interest is None else unpack_interest(row.interest),
        kinds=chosen_in(row.kinds),
        since=row.since,
        title=row.title,
        paused=row.paused,
    )
