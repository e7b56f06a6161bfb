"""Reading a registry of trials.

Whoever waits for an answer (a person's look-up) goes ahead of a bulk reading; the implementation
knows which is which by the method. Every method may raise the errors below and no others.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from bot.domain.adverse import EventGroup
from bot.domain.filters import RegistrySearch
from bot.domain.hits import Hits
from bot.domain.question import Question
from bot.domain.record import Page, Record
from bot.domain.resolve import Filing
from bot.domain.study import Glimpse, StudyKey
from bot.domain.version import RegistryVersion


class RegistryError(Exception):
    """The registry could not answer. Nothing follows from it about any trial."""


class Unavailable(RegistryError):
    """An outage: no connection, a 5xx, a page that is not data, an open breaker.

    ``retry_after`` is in seconds, as the registry asked or as the breaker reckons.
    """

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class RegistryRefused(RegistryError):
    """A lasting 403. ``tried`` names, in order, the ways of asking that were all refused."""

    def __init__(self, why: str, tried: Sequence[str]) -> None:
        super().__init__(why)
        self.tried = tuple(tried)


class NotFound(RegistryError):
    """The registry has no such trial."""


class BadQuery(RegistryError):
    """The registry did not understand the question; the message is the registry's own words."""


class DataMoved(RegistryError):
    """The data were refreshed in the middle of a walk: what was read stands, start it again."""


class Glimpses(msgspec.Struct, frozen=True, kw_only=True):
    """The small projection of some trials. ``missing`` were asked for and did not come back.

    ``renamed`` are trials that came back under another number: an alias, so a merged record.
    """

    glimpses: tuple[Glimpse, ...]
    missing: tuple[StudyKey, ...] = ()
    renamed: tuple[tuple[StudyKey, StudyKey], ...] = ()


class Registry(Protocol):
    """One registry of trials, named as in ``StudyKey.registry``."""

    name: str

    async def data_timestamp(self, *, urgent: bool = False) -> datetime:
        """When the registry processed the data that it serves now (UTC). Cheap.

        ``urgent`` is for somebody who waits for the answer: it goes ahead, and fails soon.
        """
        ...

    def updated_since(self, day: date) -> AsyncIterator[Page]:
        """Every record first posted or updated on ``day`` or later, in full without results.

        Raises DataMoved when the data date moves before the last page.
        """
        ...

    async def found_since(self, search: RegistrySearch, day: date) -> frozenset[StudyKey]:
        """Which of the records of ``updated_since`` a followed search finds; for a bulk reading.

        It costs a request for every thousand of them, so one in most cases. Raises BadQuery where
        the registry does not understand the search, or no longer.
        """
        ...

    def read(self, keys: Sequence[StudyKey]) -> AsyncIterator[Page]:
        """These records in full without results, in batches. Absent ones are just not there."""
        ...

    def glimpse(self, keys: Sequence[StudyKey]) -> AsyncIterator[Glimpses]:
        """The small projection of these records, in batches."""
        ...

    def glimpse_all(self) -> AsyncIterator[Glimpses]:
        """The small projection of the whole registry (about 600 pages). Raises DataMoved."""
        ...

    async def look_up(self, number: str, *, with_results: bool = False) -> Record:
        """One record for a person who waits. An alias gives the record under its new number.

        Raises NotFound, and BadQuery where ``number`` is not of the registry's form.
        """
        ...

    async def adverse_events(self, number: str) -> tuple[EventGroup, ...]:
        """The groups of a record's table of adverse events, for a person who waits.

        None of them without results. Raises NotFound and BadQuery as ``look_up`` does.
        """
        ...

    async def filings(self, words: str) -> tuple[Filing, ...]:
        """How the registry files the trials that its own search finds for a condition in words.

        At most the 1,000 hits that it ranks first; for a person who waits.
        """
        ...

    async def search(self, question: Question, *, most: int, newest: bool = False) -> Hits:
        """The first hits for what somebody asks, and how many there are; for a person who waits.

        Those that fit best come first, or with ``newest`` those that were first posted last; with
        ``most`` of 0 there is only their number. What is asked of trials is asked of the registry,
        so hits may differ by a little from what ``bot.domain.filters.miss`` says of them. Raises
        BadQuery where a search in the registry's own words is none.
        """
        ...

    async def history(self, number: str) -> tuple[RegistryVersion, ...] | None:
        """The registry's own list of a record's versions, oldest first; for a person who waits.

        None where the registry has no such list, or does not show it now: that is no outage, and
        this method alone raises none of the errors.
        """
        ...

    async def search_page(
        self, words: str, token: str | None, search: RegistrySearch | None = None
    ) -> Page:
        """A page of the records that a search for a condition finds, in full without results.

        A ``search`` in the registry's own words is searched for in place of ``words``.

        For the background reading of a baseline: ``token`` continues it. Raises DataMoved where the
        token no longer holds.
        """
        ...
