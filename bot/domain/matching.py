"""Which followed conditions a study belongs to, at a cost that does not grow with their number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

import msgspec

from bot.domain.filters import Filter, Miss, miss
from bot.domain.study import Study
from bot.domain.topics import Topic, Topics, topic_of
from bot.domain.traits import traits_of
from bot.domain.watch import StoredInterest


class _Followed(msgspec.Struct):
    """Who follows one topic: all of it, or what fits a filter."""

    whole: set[int] = msgspec.field(default_factory=set)
    narrowed: dict[int, Filter] = msgspec.field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.whole or self.narrowed)


class Index:
    """All followed conditions: first by topic, then by what narrows it.

    A study matches a condition when its topic is one of the study's (``bot.domain.topics``) and it
    fits the condition's filter. What filters ask is taken out of the study once for all of them.
    """

    def __init__(self) -> None:
        self._since: dict[int, date] = {}
        self._topics = Topics()
        self._topic_of: dict[int, Topic] = {}
        self._followed: dict[Topic, _Followed] = {}

    def __len__(self) -> int:
        return len(self._since)

    @property
    def last_id(self) -> int:
        """The largest id that was added; 0 where there is none."""
        return max(self._since, default=0)

    @property
    def ids(self) -> frozenset[int]:
        """Of all conditions that it holds."""
        return frozenset(self._since)

    def since(self, interest_id: int) -> date:
        """Since when anybody follows it. Raises KeyError where it was not added."""
        return self._since[interest_id]

    def add(self, stored: StoredInterest) -> None:
        """Take in a followed condition."""
        self._since[stored.id] = stored.since
        topic = topic_of(stored.interest)
        if topic not in self._followed:
            self._topics.add(topic)
        self._topic_of[stored.id] = topic
        followed = self._followed.setdefault(topic, _Followed())
        if stored.interest.filter.is_empty:
            followed.whole.add(stored.id)
        else:
            followed.narrowed[stored.id] = stored.interest.filter

    def drop(self, ids: Collection[int]) -> None:
        """Let go of conditions that nobody follows any more; unknown ids are none of its own."""
        gone = self._since.keys() & set(ids)
        emptied: set[Topic] = set()
        for one in gone:
            del self._since[one]
            topic = self._topic_of.pop(one)
            followed = self._followed[topic]
            followed.whole.discard(one)
            followed.narrowed.pop(one, None)
            if not followed:
                emptied.add(topic)
                del self._followed[topic]
        if emptied:
            self._topics.drop(emptied)

    def touches(self, study: Study) -> bool:
        """Whether it belongs to a followed topic, be it narrowed away: one day it may fit."""
        return bool(self._topics.find(study))

    def match(self, study: Study) -> frozenset[int]:
        """The ids of all conditions that this study belongs to."""
        return self._fitting(study, self._topics.find(study))

    def match_filed_as(self, study: Study, other: Study) -> frozenset[int]:
        """What ``study`` would belong to if it were filed under the MeSH terms of ``other``."""
        return self.match(_filed_as(study, other))

    def missed(
        self, ids: Collection[int], study: Study, filed_as: Study | None = None
    ) -> Mapping[int, Miss]:
        """Those of these conditions that the study belongs to but for their filters, with the parts
        that it does not fit.

        With ``filed_as`` it counts as filed under the MeSH terms of that one.
        """
        if not ids:
            return {}
        topics = self._topics.find(_filed_as(study, filed_as) if filed_as else study)
        traits, missed = traits_of(study), dict[int, Miss]()
        for one in ids:
            if (topic := self._topic_of[one]) in topics:
                wanted = self._followed[topic].narrowed.get(one)
                part = miss(wanted, traits) if wanted else None
                if part is not None:
                    missed[one] = part
        return missed

    def _fitting(self, study: Study, topics: Iterable[Topic]) -> frozenset[int]:
        found: set[int] = set()
        traits = None
        for topic in topics:
            followed = self._followed[topic]
            found |= followed.whole
            if followed.narrowed:
                traits = traits or traits_of(study)
                found.update(
                    one for one, wanted in followed.narrowed.items() if miss(wanted, traits) is None
                )
        return frozenset(found)


def _filed_as(study: Study, other: Study) -> Study:
    return msgspec.structs.replace(
        study,
        condition_meshes=other.condition_meshes,
        condition_ancestors=other.condition_ancestors,
    )
