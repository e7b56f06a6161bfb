"""Suggestions while somebody types, from the store and the gazetteer alone.

The registry is never asked, and nothing of it is logged or kept: which conditions the trials have
that were found last is remembered in memory, by trial, not by who typed what.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Iterable

import structlog

from bot.domain import suggesting as rules
from bot.domain.commands.options import Suggests
from bot.domain.commands.request import Request
from bot.domain.phrases import normal_words
from bot.domain.study import Study, StudyKey
from bot.domain.suggesting import Candidate, Suggestion, Typing, as_number, ranked
from bot.domain.typing_back import words_typed
from bot.domain.watch import Chat, Subscription
from bot.ports.clock import Clock
from bot.ports.gazetteer import Gazetteer
from bot.ports.store import Store
from bot.ports.store_errors import StoreError
from bot.services.limits import Limits

A_PERSON_AN_HOUR = 900
"""Every letter that is typed may ask once."""

LONGEST = 100
"""Characters of what is looked for; nothing that is suggested is longer."""

SHORTEST = 2
"""Letters of the longest word: one alone begins a word of nearly every trial."""

TRIALS_LOOKED_AT = 60
"""Trials whose conditions are looked at for one letter typed."""

LOOKING = 1.0
"""Seconds for that; a platform waits for 3."""

REMEMBERED = 5000
"""Trials whose conditions stay in memory: some hundred bytes each."""

TOLD = 10
"""Messages of a chat whose trials are suggested."""

log = structlog.get_logger()


class Suggesting:
    """Suggests. It never raises."""

    def __init__(self, store: Store, gazetteer: Gazetteer, clock: Clock) -> None:
        self._store = store
        self._gazetteer = gazetteer
        self._clock = clock
        self._limits = Limits(clock, A_PERSON_AN_HOUR)
        self._conditions: OrderedDict[StudyKey, tuple[str, ...]] = OrderedDict()

    async def suggest(self, typing: Typing) -> tuple[Suggestion, ...]:
        """What can be chosen, the best first; () where that cannot be told."""
        counted = Request(
            command="search",
            address=typing.address,
            private=typing.private,
            person=typing.person,
        )
        if len(typing.text) > LONGEST or self._limits.refusal(counted) is not None:
            return ()
        try:
            return await self._found(typing)
        except StoreError as error:
            log.warning("suggestions failed", why=type(error).__name__)
            return ()

    async def _found(self, typing: Typing) -> tuple[Suggestion, ...]:
        text = " ".join(typing.text.split())
        match typing.suggests:
            case Suggests.PLACES:
                return await asyncio.to_thread(self._places, text)
            case Suggests.COUNTRIES:
                return await asyncio.to_thread(self._countries, text)
            case Suggests.FOLLOWED:
                _, followed = await self._followed(typing)
                return ranked(rules.subscriptions(followed), text)
            case Suggests.TRIALS:
                return await self._trials(typing, text)
            case Suggests.CONDITIONS:
                return await self._named_conditions(text)
            case Suggests.TOPICS:
                if as_number(text) is not None:
                    return await self._trials(typing, text)
                conditions = await self._named_conditions(text)
                trials = await self._trials(typing, text) if text else ()
                return (*conditions, *trials)[: rules.MOST]

    def _places(self, text: str) -> tuple[Suggestion, ...]:
        found = self._gazetteer.beginning(text) if text else ()
        return ranked((Candidate(one.name, one.name) for one in found), "")

    def _countries(self, text: str) -> tuple[Suggestion, ...]:
        return ranked((Candidate(one, one) for one in self._gazetteer.countries()), text)

    async def _followed(self, typing: Typing) -> tuple[Chat | None, tuple[Subscription, ...]]:
        chat = await self._store.chats.find(typing.address)
        return chat, await self._store.chats.subscriptions(chat.id) if chat else ()

    async def _trials(self, typing: Typing, text: str) -> tuple[Suggestion, ...]:
        """The chat's own first, then those of the store that have the words."""
        chat, followed = await self._followed(typing)
        told = await self._store.told.recent(chat.id, TOLD) if chat else ()
        number = as_number(text)
        own = ranked(rules.own_trials(followed, told), number or text)
        words = (number,) if number else normal_words(text)
        if len(own) == rules.MOST or not _asks(words):
            return own
        named = await self._store.studies.worded(words, limit=rules.MOST)
        if number and not named and (whole := rules.whole_number(text)):
            named = await self._store.studies.worded((whole,), limit=1)
        known = {one.value for one in own}
        others = (rules.trial(one.key.number, one.title) for one in named)
        more = ranked((one for one in others if one.value not in known), "")
        return (*own, *more)[: rules.MOST]

    async def _named_conditions(self, text: str) -> tuple[Suggestion, ...]:
        """Names of conditions that have all the words, of the trials that the words lead to."""
        words = normal_words(text)
        if not _asks(words):
            return ()
        counted: Counter[str] = Counter()
        began = self._clock.monotonic()
        for named in await self._store.studies.worded(words, limit=TRIALS_LOOKED_AT):
            counted.update(await self._conditions_of(named.key))
            if self._clock.monotonic() - began > LOOKING:
                break  # the next letter finds these in memory, and looks at more
        return ranked(_candidates(counted, words), " ".join(words))

    async def _conditions_of(self, key: StudyKey) -> tuple[str, ...]:
        known = self._conditions.get(key)
        if known is None:
            stored = await self._store.studies.get(key)
            known = names_of(stored.study) if stored else ()
            self._conditions[key] = known
            if len(self._conditions) > REMEMBERED:
                self._conditions.popitem(last=False)
        return known


def names_of(study: Study) -> tuple[str, ...]:
    """What it is about: conditions as its record has them, and what they are filed under."""
    terms = (*study.condition_meshes, *study.condition_ancestors)
    names = (*study.conditions, *(one.term for one in terms))
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names))


def _candidates(counted: Counter[str], words: Iterable[str]) -> Iterable[Candidate]:
    """Those of which a word begins like each that was typed; one spelling of each name."""
    spellings: dict[str, tuple[str, int]] = {}
    for name, count in counted.most_common():
        spelled, so_far = spellings.get(rules.folded(name), (name, 0))
        spellings[rules.folded(name)] = (spelled, so_far + count)
    wanted = tuple(words)
    for name, count in spellings.values():
        own = normal_words(name)
        if all(any(one.startswith(word) for one in own) for word in wanted):
            yield Candidate(name, words_typed(name), count)


def _asks(words: Iterable[str]) -> bool:
    return max(map(len, words), default=0) >= SHORTEST
