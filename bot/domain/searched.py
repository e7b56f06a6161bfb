"""Which followed registry searches find a trial: only the registry knows, so it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from bot.domain.filters import RegistrySearch
from bot.domain.study import Study, StudyKey

Searches = frozenset[RegistrySearch]

NO_SEARCHES: Searches = frozenset()


class Searched(msgspec.Struct, frozen=True):
    """The searches that found a trial as it was kept, and those that find it now."""

    before: Searches = NO_SEARCHES
    after: Searches = NO_SEARCHES

    @property
    def moved(self) -> bool:
        """Whether it came into one, or fell out of one."""
        return self.before != self.after


NOT_SEARCHED = Searched()


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What the registry answered for one reading: of the trials that were updated of late.

    ``asked`` are the searches that it answered; of others, and of trials outside of the reading's
    range, nothing is known anew.
    """

    data_day: date
    asked: Searches = NO_SEARCHES
    young: Searches = NO_SEARCHES
    """Those of them of which it is not read yet what exists: what they find came before the follow,
    unless it is new to the registry."""
    found: Mapping[StudyKey, Searches] = msgspec.field(default_factory=dict)

    def of(self, study: Study, kept: Searches) -> Searched:
        """Of a trial in the reading's range, ``kept`` being the searches that found it before.

        One that was updated after the data day came out of newer data than the answers: what they
        do not name may well be found there.
        """
        found = self.found.get(study.key, NO_SEARCHES)
        before = kept | (found & self.young)
        updated = study.last_update_posted
        if updated is not None and updated.date.earliest() > self.data_day:
            return Searched(before, kept | found)
        return Searched(before, found | (kept - (self.asked - self.young)))


class Baselined(msgspec.Struct, frozen=True):
    """A page of what a newly followed search finds: it did so before, and nothing moved."""

    search: RegistrySearch

    def of(self, _: Study, kept: Searches) -> Searched:
        """It is found now, and is as if it always had been."""
        every = kept | {self.search}
        return Searched(every, every)


def less(some: Searches, others: Searches) -> tuple[RegistrySearch, ...]:
    """Those of ``some`` that are not among the others, always in the same order."""
    return tuple(sorted(some - others, key=msgspec.json.encode))
