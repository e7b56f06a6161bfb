"""ClinicalTrials.gov behind the port ``bot.ports.registry.Registry``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from random import Random
from types import TracebackType
from typing import Self, TypeVar

from adapters.ctgov import build, events, parse, queries
from adapters.ctgov.breaker import Breaker
from adapters.ctgov.client import Client, Moved, Patience
from adapters.ctgov.history import History
from adapters.ctgov.http import Timeouts, TlsContext, user_agent, ways
from adapters.ctgov.pace import Book, Pace
from adapters.ctgov.searching import search_params
from bot.domain.adverse import EventGroup
from bot.domain.filters import RegistrySearch
from bot.domain.hits import Hits
from bot.domain.question import Question
from bot.domain.record import Page, Record, Unreadable
from bot.domain.resolve import Filing
from bot.domain.retry import RetryPolicy
from bot.domain.study import CTGOV, StudyKey
from bot.domain.version import RegistryVersion
from bot.ports.clock import Clock
from bot.ports.registry import BadQuery, DataMoved, Glimpses, Unavailable

BASE_URL = "https://clinicaltrials.gov/api/v2"

BULK_RETRY = RetryPolicy(first=2.0, longest=60.0, tries=5)
"""For readings in the background: about a minute, then the poll's own schedule tries again."""

PERSON_RETRY = RetryPolicy(first=0.5, longest=2.0, tries=2)
"""For somebody who waits: once more, then say that the registry is away."""

_BULK_LONGEST_WAIT = 300.0
_PERSON_LONGEST_WAIT = 5.0
"""Where the registry asks for a longer pause (Retry-After), give up at once and say so."""

_HISTORY_SECONDS = 10.0
"""For the registry's list of a record's versions, without which a history is shown too."""

_STABLE = "LastUpdatePostDate:asc"
"""Without ``sort`` the registry promises no order, and a walk in pages needs one."""

_NEWEST = "StudyFirstPostDate:desc"

_T = TypeVar("_T")


class CtgovRegistry:
    """One registry, one base address, one pace for all of a process.

    ``rate`` is in requests a second; where several processes share it, ``book`` reserves each turn
    among them. ``contact`` (an address of the operator or the project) stands in the User-Agent.
    ``tls`` replaces the trusted certificates.
    """

    name = CTGOV

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        clock: Clock,
        random: Random,
        rate: float = 1.0,
        book: Book | None = None,
        contact: str | None = None,
        timeouts: Timeouts | None = None,
        retry: RetryPolicy = BULK_RETRY,
        breaker: Breaker | None = None,
        tls: TlsContext | None = None,
    ) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise ValueError("the registry's address must begin with http:// or https://")
        timeouts = timeouts or Timeouts()
        pace = Pace(rate, clock, book)
        self._client = Client(
            base_url,
            ways(user_agent(contact), timeouts, tls),
            pace=pace,
            clock=clock,
            random=random,
            breaker=breaker or Breaker(),
        )
        self._history = History(
            base_url,
            lambda: self._client.way,
            pace=pace,
            clock=clock,
            seconds=min(timeouts.person, _HISTORY_SECONDS),
        )
        self._bulk = Patience(retry=retry, longest_wait=_BULK_LONGEST_WAIT, request=timeouts.total)
        self._person = Patience(
            retry=PERSON_RETRY,
            longest_wait=_PERSON_LONGEST_WAIT,
            request=timeouts.person,
            urgent=True,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._client.close()

    async def data_timestamp(self, *, urgent: bool = False) -> datetime:
        """When the registry processed the data that it serves now (UTC)."""
        patience = self._person if urgent else self._bulk
        return await self._client.ask("/version", {}, parse.read_timestamp, patience)

    async def updated_since(self, day: date) -> AsyncIterator[Page]:
        """Every record first posted or updated on ``day`` or later. Raises DataMoved at the end."""
        params = {
            "filter.advanced": queries.updated_since(day),
            "fields": queries.RECORD,
            "sort": _STABLE,
            "countTotal": "true",
        }
        async for page, _ in self._walk(params, parse.walk_full):
            yield page
            del page  # see _walk

    async def found_since(self, search: RegistrySearch, day: date) -> frozenset[StudyKey]:
        """Which of the records of ``updated_since`` a search finds: their numbers alone."""
        params = search_params(Question(search=search)) | {
            "filter.advanced": queries.updated_since(day),
            "fields": "NCTId",
            "sort": _STABLE,
        }
        found: set[StudyKey] = set()
        token: str | None = None
        while True:
            try:
                keys, following = await self._page(params, token, parse.walk_keys)
            except BadQuery:
                if token is None:
                    raise
                raise DataMoved("the registry no longer knows where a search stood") from None
            found.update(keys)
            if following is None or following == token:
                return frozenset(found)
            token = following

    async def read(self, keys: Sequence[StudyKey]) -> AsyncIterator[Page]:
        """These records in full without results, a hundred at a time."""
        for batch in queries.batches(keys):
            params = _of_batch(batch, queries.RECORD)
            page, _ = await self._client.ask("/studies", params, parse.walk_full, self._bulk)
            yield page

    async def glimpse(self, keys: Sequence[StudyKey]) -> AsyncIterator[Glimpses]:
        """The small projection of these records, a hundred at a time."""
        for batch in queries.batches(keys):
            params = _of_batch(batch, queries.GLIMPSE)
            read = partial(parse.read_glimpses, asked=batch)
            yield await self._client.ask("/studies", params, read, self._bulk)

    async def glimpse_all(self) -> AsyncIterator[Glimpses]:
        """The small projection of the whole registry. Raises DataMoved at the end."""
        params = {"fields": queries.GLIMPSE, "sort": _STABLE}
        async for glimpses, _ in self._walk(params, parse.walk_small):
            yield glimpses

    async def look_up(self, number: str, *, with_results: bool = False) -> Record:
        """One record for a person who waits; an alias gives it under its new number."""
        fields = queries.RECORD_WITH_RESULTS if with_results else queries.RECORD
        read = partial(parse.read_record, with_results=with_results)
        found = await self._one(number, fields, read)
        if isinstance(found, Unreadable):
            raise Unavailable(f"the record cannot be read: {found.reason}")
        return found

    async def adverse_events(self, number: str) -> tuple[EventGroup, ...]:
        """The groups of the table of adverse events; a small part of a record's results."""
        return await self._one(number, events.FIELDS, _read_events)

    async def filings(self, words: str) -> tuple[Filing, ...]:
        """How the registry files the first thousand hits for a condition, best first."""
        params = {
            "query.cond": _condition(words),
            "fields": queries.FILING,
            "sort": "@relevance",
            "pageSize": str(queries.PAGE),
        }
        return await self._client.ask("/studies", params, parse.read_filings, self._person)

    async def search(self, question: Question, *, most: int, newest: bool = False) -> Hits:
        """The first hits for what somebody asks, and how many there are."""
        params = search_params(question) | {
            "fields": queries.HIT,
            "sort": _NEWEST if newest else "@relevance",
            "countTotal": "true",
            "pageSize": str(max(1, min(most, queries.PAGE))),
        }
        found = await self._client.ask("/studies", params, parse.read_hits, self._person)
        return Hits(hits=found.hits[:most], total=found.total)

    async def search_page(
        self, words: str, token: str | None, search: RegistrySearch | None = None
    ) -> Page:
        """A page of the records that a search for a condition finds. Raises DataMoved."""
        params = search_params(Question(words=words, search=search)) | {
            "fields": queries.RECORD,
            "sort": _STABLE,
            "countTotal": "true",
        }
        try:
            page, _ = await self._page(params, token, parse.walk_full)
        except BadQuery:
            if token is None:
                raise
            raise DataMoved("the registry no longer knows where this search stood") from None
        return page

    async def history(self, number: str) -> tuple[RegistryVersion, ...] | None:
        """The registry's own list of a record's versions, oldest first; None without one."""
        return None if self._client.is_out else await self._history.versions(number)

    async def _one(self, number: str, fields: str, read: Callable[[bytes], _T]) -> _T:
        """A part of one record, under its new number where this one is an alias."""
        if build.NUMBER.fullmatch(number) is None:
            raise BadQuery("a number here is NCT and eight digits")
        ask = partial(self._client.ask, params={"fields": fields}, read=read, patience=self._person)
        try:
            return await ask(f"/studies/{number}")
        except Moved as moved:
            try:
                return await ask(f"/studies/{moved.number}")
            except Moved:
                raise Unavailable("the registry sends us from one number to the next") from None

    async def _page(
        self, params: Mapping[str, str], token: str | None, read: Callable[[bytes], _T]
    ) -> _T:
        page = {**params, "pageSize": str(queries.PAGE)}
        if token is not None:
            page |= {"pageToken": token}
        return await self._client.ask("/studies", page, read, self._bulk)

    async def _walk(
        self, params: Mapping[str, str], read: Callable[[bytes], tuple[_T, str | None]]
    ) -> AsyncIterator[tuple[_T, str | None]]:
        """Every page. Raises DataMoved where the data date is another one at the end."""
        began = await self.data_timestamp()
        token: str | None = None
        while True:
            try:
                page, following = await self._page(params, token, read)
            except BadQuery:
                if token is None:
                    raise
                await self._check_still(began)
                raise Unavailable("the registry refused to go on with a reading") from None
            yield page, following
            del page  # it is large: not to be held beside the next one
            if following is None:
                break
            if following == token:
                raise Unavailable("the registry gives the same page again and again")
            token = following
        await self._check_still(began)

    async def _check_still(self, began: datetime) -> None:
        now = await self.data_timestamp()
        if now != began:
            raise DataMoved(f"the data of {began:%Y-%m-%d %H:%M} are now of {now:%Y-%m-%d %H:%M}")


def _read_events(body: bytes) -> tuple[EventGroup, ...]:
    try:
        return events.read_events(body)
    except ValueError as error:
        raise parse.NotAnAnswer(str(error)) from error


def _of_batch(batch: Sequence[StudyKey], fields: str) -> dict[str, str]:
    return {"filter.ids": queries.ids(batch), "fields": fields, "pageSize": str(queries.BATCH)}


def _condition(words: str) -> str:
    query = queries.condition(words)
    if query is None:
        raise BadQuery("there are no words to search for")
    return query
