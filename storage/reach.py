"""How many chats occurrences may concern at most, counted quickly before they are owed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.codec import chunks
from storage.tables import matches, occurrences, studies, subscriptions
from storage.touching import followers_of, read_touched

WIDE: Final = 1000
"""Chats from which on a fan-out is wide, and the size of its first batch."""

PORTION: Final = 400_000
"""Notices that are written in one transaction: some two seconds, in which nobody else can write on
SQLite. Each portion goes along the whole index by chats once, so that smaller ones cost more."""

BROAD: Final = 25_000
"""Chats from which on a fan-out is wide where many conditions have few followers each: those are
quicker found at once than batch by batch, and written along with those of other occurrences."""

FEW: Final = 20
"""Up to how many sources of followers are each walked along."""

_learned: Final = occurrences.c.touched.is_not(None)
_noted_beside: Final = exists().where(matches.c.occurrence_id == occurrences.c.id)


class Reach(NamedTuple):
    """At most so many chats, by so many conditions."""

    chats: int = 0
    conditions: int = 0

    @property
    def is_wide(self) -> bool:
        """Whether it is expanded batch by batch."""
        return self.chats > (BROAD if self.conditions > FEW else WIDE)


def portions(ids: Sequence[int], reached: Mapping[int, Reach]) -> Iterator[Sequence[int]]:
    """Parts of these occurrences, each for one transaction, in their order."""
    part: list[int] = []
    many = 0
    for one in ids:
        of_it = reached.get(one, Reach(WIDE))
        chats = WIDE if of_it.is_wide else of_it.chats
        if part and many + chats > PORTION:
            yield part
            part, many = [], 0
        part.append(one)
        many += chats
    if part:
        yield part


async def reach(connection: AsyncConnection, occurrence_ids: Sequence[int]) -> Mapping[int, Reach]:
    """How far each of these reaches: counted once for each condition, however many touch it.

    Left out are those whose conditions an earlier release noted beside them, and that were not
    learned from there yet.
    """
    by_study: dict[int, int] = {}
    touched: dict[int, frozenset[int]] = {}
    for part in chunks(occurrence_ids):
        by_study.update((row[0], row[1]) for row in await connection.execute(_by_study(part)))
        asked = select(occurrences.c.id, occurrences.c.touched)
        asked = asked.where(occurrences.c.id.in_(part), or_(_learned, ~_noted_beside))
        for occurrence_id, packed in await connection.execute(asked):
            touched[occurrence_id] = frozenset().union(*read_touched(packed).values())
    several: dict[int, int] = {}
    every = frozenset[int]().union(*touched.values())
    if every:
        followed = await connection.execute(followers_of(connection.dialect, every))
        # Each that is not among the several has one follower, or none any more.
        several.update((row[0], row[1] - 1) for row in followed)
    return {
        one: Reach(
            by_study.get(one, 0) + len(ids) + sum(several[id_] for id_ in ids & several.keys()),
            len(ids),
        )
        for one, ids in touched.items()
    }


def _by_study(occurrence_ids: Sequence[int]) -> Select[Any]:
    followed = func.coalesce(studies.c.merged_into_id, studies.c.id)
    return (
        select(occurrences.c.id, func.count())
        .join(studies, studies.c.id == occurrences.c.study_id)
        .join(subscriptions, subscriptions.c.study_id == followed)
        .where(occurrences.c.id.in_(occurrence_ids))
        .group_by(occurrences.c.id)
    )
