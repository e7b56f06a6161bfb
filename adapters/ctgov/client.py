"""Asking the registry until it answers, at its pace.

ask -> breaker -> [ pace -> ladder -> way -> what the answer means ] -> value
                      ^------- wait (jitter, Retry-After) -----|
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec
import structlog

from adapters.ctgov.breaker import Breaker
from adapters.ctgov.build import NUMBER
from adapters.ctgov.http import Answer, NoAnswer, Way
from adapters.ctgov.ladder import TOO_MANY, Ladder
from adapters.ctgov.pace import Pace
from adapters.ctgov.parse import NotAnAnswer
from bot.domain.retry import RetryPolicy
from bot.ports.clock import Clock
from bot.ports.registry import (
    BadQuery,
    NotFound,
    RegistryError,
    RegistryRefused,
    Unavailable,
)

log = structlog.get_logger(registry="ctgov")

_T = TypeVar("_T")

_OK = 200
_BAD_REQUEST = 400
_NOT_FOUND = 404
_WORDS = 500
"""How many characters of the registry's own words are handed on."""


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long one waits for one answer: tries, the longest single wait, the longest request."""

    retry: RetryPolicy
    longest_wait: float
    request: float
    urgent: bool = False


class Moved(RegistryError):
    """A redirect from one record to another, ``number``. Never leaves this adapter."""

    def __init__(self, number: str) -> None:
        super().__init__("the record has another number")
        self.number = number


class Client:
    """Asks, and translates what comes back into the port's few errors."""

    def __init__(
        self,
        base_url: str,
        ways: Sequence[Way],
        *,
        pace: Pace,
        clock: Clock,
        random: Random,
        breaker: Breaker,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._ladder = Ladder(ways)
        self._pace = pace
        self._clock = clock
        self._random = random
        self._breaker = breaker
        self._failure: RegistryError | None = None

    @property
    def way(self) -> Way:
        """The way of asking that worked last."""
        return self._ladder.way

    @property
    def is_out(self) -> bool:
        """Whether the registry is not asked for a while, because it did not answer."""
        return self._breaker.wait(self._clock.now()) is not None

    async def ask(
        self,
        path: str,
        params: Mapping[str, str],
        read: Callable[[bytes], _T],
        patience: Patience,
    ) -> _T:
        """The value that ``read`` makes of the answer (in a thread, for a page takes a while).

        Raises the port's errors, and Moved for a redirect of a single record. ``read`` raises
        NotAnAnswer where the body is no answer of the registry: an outage, asked again.
        """
        if patience.urgent and (held := self._pace.held()) > patience.longest_wait:
            raise Unavailable("the registry asked to be left alone for a while", held)
        self._admit()
        told = False
        try:
            value = await self._insist(path, params, read, patience)
            told = True
            self._note_success()
        except (Unavailable, RegistryRefused) as error:
            told = True
            self._note_failure(error)
            raise
        except RegistryError:
            told = True
            self._note_success()
            raise
        finally:
            if not told:
                self._breaker = self._breaker.abandoned()
        return value

    async def close(self) -> None:
        """Let go of everything; whoever still waits is cancelled."""
        await self._pace.close()
        await self._ladder.close()

    async def _insist(
        self,
        path: str,
        params: Mapping[str, str],
        read: Callable[[bytes], _T],
        patience: Patience,
    ) -> _T:
        url = self._base_url + path
        if params:
            url += "?" + urlencode(params, quote_via=quote, safe=",:")
        tries = 0
        while True:
            try:
                answer = await self._ladder.get(lambda way: self._ask_once(way, url, patience))
                return await _meaning(answer, read, single=path.startswith("/studies/"))
            except NoAnswer as fault:
                tries += 1
                wait = patience.retry.wait(tries, self._random.random(), fault.retry_after)
                if wait is None or wait > patience.longest_wait:
                    raise Unavailable(str(fault), fault.retry_after or wait) from fault
            await self._clock.sleep(wait)

    async def _ask_once(self, way: Way, url: str, patience: Patience) -> Answer:
        await self._pace.turn(urgent=patience.urgent)
        answer = await way.get(url, patience.request)
        if answer.status == TOO_MANY and answer.retry_after:
            self._pace.hold(answer.retry_after)
        return answer

    def _admit(self) -> None:
        wait = self._breaker.wait(self._clock.now())
        if wait is None:
            self._breaker = self._breaker.asking()
            return
        if isinstance(self._failure, RegistryRefused):  # it is still true, and says more
            raise RegistryRefused(str(self._failure), self._failure.tried)
        raise Unavailable(f"the registry is not asked for a while: {self._failure}", wait)

    def _note_success(self) -> None:
        if self._breaker.is_open:
            log.info("registry answers again")
        self._breaker = self._breaker.succeeded()
        self._failure = None

    def _note_failure(self, error: RegistryError) -> None:
        before, self._failure = self._breaker, error
        self._breaker = before.failed(self._clock.now())
        if self._breaker.is_open and not before.is_open:
            log.warning(
                "registry is not asked for a while",
                why=str(error),
                failures=self._breaker.failures,
                cool_down=self._breaker.cool_down,
            )


async def _meaning(answer: Answer, read: Callable[[bytes], _T], *, single: bool) -> _T:
    """The value, or what the status says. Raises NoAnswer for whatever is an outage."""
    if answer.status == TOO_MANY:
        raise NoAnswer("the registry has too many requests (429)", answer.retry_after)
    if single and answer.is_redirect and (number := _record_at(answer.location)):
        raise Moved(number)
    if answer.is_web_page:
        raise NoAnswer(f"a web page instead of data ({answer.status})", answer.retry_after)
    if answer.status == _OK:
        try:
            return await asyncio.to_thread(read, answer.body)
        except NotAnAnswer as error:
            raise NoAnswer("the registry's answer is not the data that it describes") from error
    if answer.status == _BAD_REQUEST:
        raise BadQuery(answer.body.decode(errors="replace").strip()[:_WORDS])
    if single and answer.status == _NOT_FOUND:
        raise NotFound("the registry has no such trial")
    raise NoAnswer(f"the registry answered {answer.status}", answer.retry_after)


def _record_at(location: str | None) -> str | None:
    """The number of the record that a redirect leads to; None where it leads to something else."""
    last = (location or "").partition("?")[0].rstrip("/").rpartition("/")[2]
    return last if NUMBER.fullmatch(last) else None
