"""What followed registry searches find, asked once a data day for everyone.

It is the one thing whose cost grows with what is followed: a request a data day for each different
search (for each thousand of the updated records that it finds), through the same pace as all
reading. So there is a most for the whole instance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import structlog

from bot.domain.filters import RegistrySearch
from bot.domain.searched import Answers
from bot.domain.study import StudyKey
from bot.ports.registry import BadQuery, Registry
from bot.ports.store import Store

MOST_SEARCHES = 100
"""Different searches in the whole instance: at a request a second, less than two minutes a day."""

_REFUSED = "search:refused:"

log = structlog.get_logger()


def refused_searches(notes: Mapping[str, str]) -> frozenset[int]:
    """The conditions whose search the registry refused when it was last asked: their ids."""
    return frozenset(int(key.removeprefix(_REFUSED)) for key in notes if key.startswith(_REFUSED))


class FollowedSearches:
    """Asks the registry, and keeps note of the searches that it refuses."""

    def __init__(self, registry: Registry, store: Store, most: int = MOST_SEARCHES) -> None:
        self._registry = registry
        self._store = store
        self._most = most

    async def ask(self, since: date, day: date) -> Answers:
        """Of the records updated since a day, what each search finds. Raises RegistryError.

        One that the registry does not understand keeps the reading from nothing: who follows it is
        shown so, and what it found stays as it was. Those beyond the most are as if not asked.
        """
        asked: set[RegistrySearch] = set()
        young: set[RegistrySearch] = set()
        found: defaultdict[StudyKey, set[RegistrySearch]] = defaultdict(set)
        refused: set[int] = set()
        followed = await self._store.readings.searches()
        for one in followed[: self._most]:
            try:
                keys = await self._registry.found_since(one.search, since)
            except BadQuery:
                refused.update(one.interest_ids)
                continue
            asked.add(one.search)
            if not one.baseline_done:
                young.add(one.search)
            for key in keys:
                found[key].add(one.search)
        if len(followed) > self._most:
            log.warning("followed searches not asked", left_out=len(followed) - self._most)
        await self._note(refused)
        return Answers(
            data_day=day,
            asked=frozenset(asked),
            young=frozenset(young),
            found={key: frozenset(searches) for key, searches in found.items()},
        )

    async def _note(self, refused: set[int]) -> None:
        """Mark those that are refused, and log the transitions."""
        before = refused_searches(await self._store.notes.all())
        for one in sorted(refused - before):
            await self._store.notes.put(f"{_REFUSED}{one}", "1")
            log.warning("followed search refused", interest=one)
        for one in sorted(before - refused):
            await self._store.notes.drop(f"{_REFUSED}{one}")
            log.info("followed search refused no more", interest=one)
