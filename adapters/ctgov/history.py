"""The registry's own list of a record's versions: what its history page is made from.

It is undocumented and stands beside the API that is described: ``/api/int/studies/{id}/history``
answers ``{"changes": [...]}``, and has been seen inside ``{"history": {...}}``. It may vanish or
refuse at any time, so whatever goes wrong with it is "not available", and never an outage of what
is described: it is asked once, in its turn like everything else, by the way of asking that the
registry lets in, and with a breaker and a pause of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import msgspec
import structlog

from adapters.ctgov.breaker import Breaker
from adapters.ctgov.build import NUMBER
from adapters.ctgov.http import Answer, NoAnswer, Way
from adapters.ctgov.pace import Pace
from adapters.ctgov.wire_object import Wire
from bot.domain.version import RegistryVersion
from bot.ports.clock import Clock

log = structlog.get_logger(registry="ctgov")

_DESCRIBED, _UNDESCRIBED = "/v2", "/int"
"""How the address of the described API ends, and what stands there instead for this list."""

_OK, _NOT_FOUND = 200, 404
_LONGEST_WAIT = 5.0
"""Seconds for which a person is kept waiting for a turn; an answer without the list is better."""


class NotAHistory(ValueError):
    """The body is no list of versions."""


class _Change(Wire, frozen=True):
    """One version, counted from 0; ``date`` is the day on which it was sent in."""

    version: int
    date: date
    status: str | None = None
    module_labels: tuple[str, ...] | None = None


class _Versions(Wire, frozen=True):
    changes: tuple[_Change, ...] | None = None


class _Answer(_Versions, frozen=True):
    history: _Versions | None = None


_answer = msgspec.json.Decoder(_Answer)


def read_history(body: bytes) -> tuple[RegistryVersion, ...]:
    """The versions in a body, oldest first. Raises NotAHistory.

    All or nothing: with one left out, what changed in it would be told of the next.
    """
    try:
        answer = _answer.decode(body)
    except (ValueError, RecursionError) as error:
        raise NotAHistory(f"not a list of versions ({type(error).__name__})") from None
    listed = (answer.history or answer).changes
    if listed is None:
        raise NotAHistory("not a list of versions")
    changes = sorted(listed, key=lambda change: change.version)
    numbers = [change.version for change in changes]
    if len(set(numbers)) < len(numbers) or any(number < 0 for number in numbers):
        raise NotAHistory("versions without numbers of their own")
    return tuple(
        RegistryVersion(
            number=change.version + 1,
            submitted=change.date,
            status=change.status,
            sections=change.module_labels or (),
        )
        for change in changes
    )


class History:
    """Asks for the list. ``way`` gives the way of asking that works at the moment.

    An address that does not end as the registry's own does has no such list.
    """

    def __init__(
        self,
        base_url: str,
        way: Callable[[], Way],
        *,
        pace: Pace,
        clock: Clock,
        seconds: float,
        breaker: Breaker | None = None,
    ) -> None:
        base = base_url.rstrip("/")
        self._base = base.removesuffix(_DESCRIBED) + _UNDESCRIBED
        self._exists = base.endswith(_DESCRIBED)
        self._way = way
        self._pace = pace
        self._clock = clock
        self._seconds = seconds
        self._breaker = breaker or Breaker(limit=3, cool_down=3600.0)
        self._not_before: datetime | None = None

    async def versions(self, number: str) -> tuple[RegistryVersion, ...] | None:
        """The versions of a record, oldest first; None where they cannot be had. Never raises."""
        if not self._exists or NUMBER.fullmatch(number) is None or not self._may_ask():
            return None
        self._breaker = self._breaker.asking()
        told = False
        try:
            versions = await self._ask(number)
            told = True
            self._note_success()
        except (NoAnswer, NotAHistory) as error:
            told = True
            self._note_failure(error)
            return None
        finally:
            if not told:
                self._breaker = self._breaker.abandoned()
        return versions

    def _may_ask(self) -> bool:
        now = self._clock.now()
        paused = self._not_before is not None and now < self._not_before
        return not (
            paused or self._pace.held() > _LONGEST_WAIT or self._breaker.wait(now) is not None
        )

    async def _ask(self, number: str) -> tuple[RegistryVersion, ...] | None:
        await self._pace.turn(urgent=True)
        answer = await self._way().get(f"{self._base}/studies/{number}/history", self._seconds)
        if answer.retry_after:
            # For this list alone: the readings do not stand still for it.
            self._not_before = self._clock.now() + timedelta(seconds=answer.retry_after)
        return _meaning(answer)

    def _note_success(self) -> None:
        if self._breaker.is_open:
            log.info("registry lists versions again")
        self._breaker = self._breaker.succeeded()

    def _note_failure(self, error: Exception) -> None:
        before = self._breaker
        self._breaker = before.failed(self._clock.now())
        if self._breaker.is_open and not before.is_open:
            log.info("registry lists no versions", why=str(error))


def _meaning(answer: Answer) -> tuple[RegistryVersion, ...] | None:
    """The versions, or None for a record without any. Raises NoAnswer and NotAHistory."""
    if answer.status == _NOT_FOUND or answer.is_redirect:
        # Of this record (an old number), or of the list as a whole: it cannot be told.
        return None
    if answer.status != _OK:
        raise NoAnswer(f"the list was answered with {answer.status}")
    if answer.is_web_page:
        raise NotAHistory("a web page instead of data")
    return read_history(answer.body)
