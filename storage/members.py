"""Which trials followed registry searches found when they were last asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.filters import RegistrySearch
from bot.domain.version import Absorbed
from bot.domain.watch import Interest
from storage.codec import chunks
from storage.engine import Database
from storage.interest_marks import topic_mark
from storage.tables import interests, search_members


async def found_by(
    connection: AsyncConnection,
    database: Database,
    study_ids: Sequence[int],
    searches: Collection[RegistrySearch],
) -> Mapping[int, frozenset[RegistrySearch]]:
    """Of these trials those that one of the searches finds."""
    by_topic = {_topic(database, search): search for search in searches}
    found: defaultdict[int, set[RegistrySearch]] = defaultdict(set)
    for part in chunks(study_ids) if by_topic else ():
        asked = select(search_members).where(search_members.c.study_id.in_(part))
        for row in await connection.execute(asked):
            if row.topic in by_topic:
                found[row.study_id].add(by_topic[row.topic])
    return {study_id: frozenset(searches) for study_id, searches in found.items()}


async def move_members(
    connection: AsyncConnection, database: Database, absorbed: Sequence[tuple[int, Absorbed]]
) -> None:
    """Keep what was found anew, by the trials' ids, and let go of what is found no more."""
    joined = [
        {"topic": _topic(database, search), "study_id": study_id}
        for study_id, one in absorbed
        for search in one.joined
    ]
    if joined:
        insert = database.insert(search_members).on_conflict_do_nothing()
        await connection.execute(insert, joined)
    parted = [
        {"of_topic": _topic(database, search), "of_study": study_id}
        for study_id, one in absorbed
        for search in one.parted
    ]
    if parted:
        this = (
            search_members.c.topic == bindparam("of_topic"),
            search_members.c.study_id == bindparam("of_study"),
        )
        await connection.execute(delete(search_members).where(*this), parted)


async def forget_members(connection: AsyncConnection, topics: Sequence[bytes]) -> None:
    """Forget what searches found that nobody follows any more."""
    nobody = ~exists().where(interests.c.topic == search_members.c.topic)
    for part in chunks(topics):
        await connection.execute(
            delete(search_members).where(search_members.c.topic.in_(part), nobody)
        )


def _topic(database: Database, search: RegistrySearch) -> bytes:
    return topic_mark(database, Interest(words="", search=search))
