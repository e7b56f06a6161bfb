"""Which followed conditions a study belongs to, at a cost that does not grow with their number."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Collection, Mapping
from datetime import date
from itertools import chain, compress
from operator import itemgetter

import msgspec

from bot.domain.filters import Miss, RegistrySearch
from bot.domain.matching.filters import NOWHERE, FilterIndex, Key
from bot.domain.searched import NO_SEARCHES, Searches
from bot.domain.study import Study
from bot.domain.topics import Topic, Topics, says_the_same, topic_of
from bot.domain.traits import Traits, traits_of
from bot.domain.watch import StoredInterest

_LOOKED_AT = 4
"""Studies whose conditions are remembered: each is asked for several times, and then never."""


class _Held(msgspec.Struct, frozen=True, gc=False):
    """A followed condition; small, as there may be a million.

    Its filter's key stands in it as two numbers, so that the garbage collector, which looks through
    all there is whenever enough has come, has nothing to look through here.
    """

    topic: Topic | RegistrySearch
    near: int
    rest: int
    since: date

    @property
    def key(self) -> Key:
        """Of its filter."""
        return Key(self.near, self.rest)


class _Followed:
    """Who follows one topic: the ids of conditions beside the numbers of their filters.

    To go through all of them costs less than to look up those of the places that are near: they
    stand one beside the other in memory, and the loop is none of Python's.
    """

    def __init__(self) -> None:
        self.ids: array[int] = array("Q")
        self._nears: array[int] = array("I")
        """The place of the filter of each of ``ids``."""
        self._rests: array[int] = array("I")
        """And the rest of it."""
        self._flags_of_nears: Callable[[bytes], tuple[int, ...]] | None = None

    def add(self, key: Key, interest_id: int) -> None:
        """Take in who follows it so."""
        self.ids.append(interest_id)
        self._nears.append(key.near)
        self._rests.append(key.rest)
        self._flags_of_nears = None

    def drop(self, interest_id: int) -> None:
        """Let go of who followed it."""
        at = self.ids.index(interest_id)
        del self.ids[at], self._nears[at], self._rests[at]
        self._flags_of_nears = None

    def fitting(self, nears: bytes, rests: bytes) -> list[int]:
        """Those whose filter fits: a flag for each number of a place, and of a rest."""
        if self._flags_of_nears is None:
            # Of one item alone it gives no tuple; flags beyond those of the ids are left aside.
            self._flags_of_nears = itemgetter(*self._nears, NOWHERE, NOWHERE)
        near_by = self._flags_of_nears(nears)
        found = zip(compress(self.ids, near_by), compress(self._rests, near_by), strict=True)
        return [one for one, rest in found if rests[rest]]


class _Looked(msgspec.Struct, frozen=True):
    """What a study belongs to. ``traits`` are None where no topic asked for them."""

    study: Study
    searches: Searches
    found: frozenset[Topic]
    topics: frozenset[Topic | RegistrySearch]
    traits: Traits | None
    ids: frozenset[int]


class Index:
    """All followed conditions: first by topic, then by what narrows it.

    A study matches a condition when its topic is one of the study's (``bot.domain.topics``) and it
    fits the condition's filter. What filters ask is taken out of the study once for all of them,
    and of filters only those are looked at whose place is near (``bot.domain.matching.filters``).

    A followed registry search is a topic, too, which nothing in a study tells: the ``searches``
    that find it are passed in beside it.
    """

    def __init__(self) -> None:
        self._held: dict[int, _Held] = {}
        self._last_id = 0
        self._topics = Topics()
        self._followed: dict[Topic | RegistrySearch, _Followed] = {}
        self._names: dict[Topic | RegistrySearch, Topic | RegistrySearch] = {}
        self._searches: set[RegistrySearch] = set()
        self._filters = FilterIndex()
        self._looked: deque[_Looked] = deque(maxlen=_LOOKED_AT)

    def __len__(self) -> int:
        return len(self._held)

    @property
    def last_id(self) -> int:
        """The largest id that was ever added; 0 where there was none."""
        return self._last_id

    @property
    def ids(self) -> frozenset[int]:
        """Of all conditions that it holds."""
        return frozenset(self._held)

    @property
    def searches(self) -> Searches:
        """The different registry searches that are followed."""
        return frozenset(self._searches)

    def since(self, interest_id: int) -> date:
        """Since when anybody follows it. Raises KeyError where it was not added."""
        return self._held[interest_id].since

    def add(self, stored: StoredInterest) -> None:
        """Take in a followed condition."""
        if stored.id in self._held:
            self.drop([stored.id])
        self._looked.clear()
        self._last_id = max(self._last_id, stored.id)
        topic = stored.interest.search or topic_of(stored.interest)
        if topic not in self._followed:
            if isinstance(topic, RegistrySearch):
                self._searches.add(topic)
            else:
                self._topics.add(topic)
            self._followed[topic], self._names[topic] = _Followed(), topic
        key = self._filters.add(stored.interest.filter)
        self._held[stored.id] = _Held(self._names[topic], key.near, key.rest, stored.since)
        self._followed[topic].add(key, stored.id)

    def drop(self, ids: Collection[int]) -> None:
        """Let go of conditions that nobody follows any more; unknown ids are none of its own."""
        emptied: set[Topic] = set()
        for one in self._held.keys() & set(ids):
            held = self._held.pop(one)
            followed = self._followed[held.topic]
            followed.drop(one)
            self._filters.drop(held.key)
            if not followed.ids:
                if isinstance(held.topic, RegistrySearch):
                    self._searches.discard(held.topic)
                else:
                    emptied.add(held.topic)
                del self._followed[held.topic], self._names[held.topic]
        if emptied:
            self._topics.drop(emptied)
        self._looked.clear()

    def touches(self, study: Study, searches: Searches = NO_SEARCHES) -> bool:
        """Whether it belongs to a followed topic, be it narrowed away: one day it may fit."""
        return bool(self._look(study, searches).topics)

    def match(self, study: Study, searches: Searches = NO_SEARCHES) -> frozenset[int]:
        """The ids of all conditions that this study belongs to."""
        return self._look(study, searches).ids

    def match_filed_as(
        self, study: Study, other: Study, searches: Searches = NO_SEARCHES
    ) -> frozenset[int]:
        """What ``study`` would belong to if it were filed under the MeSH terms of ``other``."""
        return self.match(_filed_as(study, other), searches)

    def missed(
        self,
        ids: Collection[int],
        study: Study,
        filed_as: Study | None = None,
        searches: Searches = NO_SEARCHES,
    ) -> Mapping[int, Miss]:
        """Those of these conditions that the study belongs to but for their filters, with the parts
        that it does not fit.

        With ``filed_as`` it counts as filed under the MeSH terms of that one.
        """
        if not ids:
            return {}
        topics = searches | self._topics.find(_filed_as(study, filed_as) if filed_as else study)
        traits, missed = traits_of(study), dict[int, Miss]()
        nears, rests = self._filters.fitting(traits)
        for one in ids:
            held = self._held[one]
            if held.topic not in topics:
                continue
            if not rests[held.rest]:
                missed[one] = self._filters.part_missed(held.rest, traits)
            elif not nears[held.near]:
                missed[one] = Miss.NEAR
        return missed

    def _look(self, study: Study, searches: Searches) -> _Looked:
        for one in self._looked:
            if one.study is study and one.searches == searches:
                return one
        words = self._find(study)
        topics = words | (searches & self._searches)
        traits = traits_of(study) if topics else None
        # Of two versions of a trial most differ in nothing that anybody asks for.
        alike = (one.ids for one in self._looked if one.topics == topics and one.traits == traits)
        ids = next(alike, None)
        if ids is None:
            ids = self._fitting(traits, topics) if traits else frozenset()
        looked = _Looked(study, searches, words, topics, traits, ids)
        self._looked.append(looked)
        return looked

    def _find(self, study: Study) -> frozenset[Topic]:
        """Its topics; most versions of a trial are of the same as the one before."""
        for one in self._looked:
            if says_the_same(one.study, study):
                return one.found
        return self._topics.find(study)

    def _fitting(
        self, traits: Traits, topics: Collection[Topic | RegistrySearch]
    ) -> frozenset[int]:
        flags = self._filters.fitting(traits)
        return frozenset(chain(*(self._followed[topic].fitting(*flags) for topic in topics)))


def _filed_as(study: Study, other: Study) -> Study:
    return msgspec.structs.replace(
        study,
        condition_meshes=other.condition_meshes,
        condition_ancestors=other.condition_ancestors,
    )
