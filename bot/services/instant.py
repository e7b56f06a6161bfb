"""Answers while somebody types, from the store alone: the registry is never asked for them."""

from __future__ import annotations

import asyncio
from functools import partial

import msgspec
import structlog

from bot.domain.asking.asked import Asked, PartKind
from bot.domain.asking.parsing import read
from bot.domain.asking.placing import Atlas, NoSuchPlace, NotSaid, SeveralPlaces, Which, settle
from bot.domain.cards.context import Context
from bot.domain.commands.request import Request
from bot.domain.filters import miss
from bot.domain.instant import Entries, Entry, Typed, entry, leading_on
from bot.domain.nct import find_key
from bot.domain.phrases import normal_words
from bot.domain.place import Near
from bot.domain.question import Question
from bot.domain.study import Study
from bot.domain.traits import traits_of
from bot.domain.version import StoredStudy
from bot.ports.clock import Clock
from bot.ports.gazetteer import Gazetteer
from bot.ports.store import Store
from bot.ports.store_errors import StoreError
from bot.services.limits import Limits

PAGE = 20
"""Trials shown at a time; the next ones are asked for as somebody scrolls."""

MOST_READ = 200
"""Records read for one page: a filter that few trials fit ends the page early."""

A_PERSON_AN_HOUR = 900
"""Every letter that is typed may ask once."""

SHORTEST = 2
"""Letters of the longest word: one letter alone begins a word of nearly every trial."""

LONGEST = 256
"""Characters; more than that is no question (Telegram's limit for an inline query, too)."""

log = structlog.get_logger()


class Instant:
    """Finds kept trials by what somebody types. It never raises."""

    def __init__(self, store: Store, gazetteer: Gazetteer, clock: Clock) -> None:
        self._store = store
        self._gazetteer = gazetteer
        self._clock = clock
        self._limits = Limits(clock, A_PERSON_AN_HOUR)

    async def find(self, typed: Typed) -> Entries:
        """What can be chosen; nothing of it, but the way to the bot, where that fails."""
        label, payload = leading_on(typed.text)
        nothing = Entries(label=label, payload=payload)
        asked = Request(command="search", address=typed.address, private=True, person=typed.person)
        if len(typed.text) > LONGEST or self._limits.refusal(asked) is not None:
            return msgspec.structs.replace(nothing, personal=True)
        try:
            found = await self._found(typed)
        except StoreError as error:
            log.warning("instant answer failed", why=type(error).__name__)
            return msgspec.structs.replace(nothing, personal=True)
        return msgspec.structs.replace(found, label=label, payload=payload)

    async def _found(self, typed: Typed) -> Entries:
        key = find_key(typed.text)
        if key is not None:
            stored = await self._store.studies.get(key)
            usable = () if stored is None or typed.offset else (stored,)
            return Entries(entries=self._entries(usable, typed))
        asked = read(typed.text)
        chat = await self._store.chats.find(typed.address) if asked.near_me else None
        here = chat.settings.near if chat else None
        question = await asyncio.to_thread(self._settled, asked, here)
        if question.search is not None or not _asks(question):
            return Entries(personal=asked.near_me)
        fitting, after = await self._fitting(question, _number(typed.offset))
        return Entries(
            entries=self._entries(fitting, typed),
            next_offset=str(after) if after else "",
            personal=asked.near_me,
        )

    def _settled(self, asked: Asked, here: Near | None) -> Question:
        """The question, as far as it can be told while it is still being typed.

        Of several places the largest is meant; one that nobody knows (yet) asks for nothing.
        """
        named = partial(self._gazetteer.find, exact=True)  # what is misspelt takes a second
        atlas = Atlas(named=named, alike=named, country=self._gazetteer.country)
        asked = msgspec.structs.replace(asked, missed=None)  # a value may be half typed
        settled = settle(asked, atlas, here)
        if isinstance(settled, NoSuchPlace | NotSaid | SeveralPlaces):
            words = tuple(one for one in asked.parts if one.kind is PartKind.WORDS)
            asked = msgspec.structs.replace(asked, parts=words, near_me=False)
            settled = settle(asked, atlas, None)
        if isinstance(settled, Which):
            return settled.choices[0]
        return settled if isinstance(settled, Question) else Question()

    async def _fitting(
        self, question: Question, after: int
    ) -> tuple[tuple[StoredStudy, ...], int | None]:
        """A page of them, and how many are behind it; None where no more may come."""
        words = normal_words(question.words)
        found: list[StoredStudy] = []
        looked = 0
        while len(found) < PAGE and looked < MOST_READ:
            named = await self._store.studies.worded(words, after=after, limit=PAGE)
            if not named:
                return tuple(found), None
            for one in named:
                after, looked = after + 1, looked + 1
                stored = await self._store.studies.get(one.key)
                if stored is not None and _fits(stored.study, question):
                    found.append(stored)
                if len(found) == PAGE:
                    break
        return tuple(found), after

    def _entries(self, stored: tuple[StoredStudy, ...], typed: Typed) -> tuple[Entry, ...]:
        today = self._clock.now().date()
        return tuple(
            entry(one.study, Context(data_day=one.read_day, today=today), typed.private_link)
            for one in stored
        )


def _fits(study: Study, question: Question) -> bool:
    return question.filter.is_empty or miss(question.filter, traits_of(study)) is None


def _asks(question: Question) -> bool:
    words = normal_words(question.words)
    if not words:
        return not question.filter.is_empty
    return max(map(len, words)) >= SHORTEST


def _number(offset: str) -> int:
    """How many come before; an offset that is none of ours begins anew."""
    return int(offset) if offset.isascii() and offset.isdigit() and len(offset) <= _DIGITS else 0


_DIGITS = 6
