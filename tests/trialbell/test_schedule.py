"""Ticks: at once, then by the clock, never twice at a time, and again after a failure."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from bot.ports.registry import Unavailable
from trialbell.schedule import Schedule, Tick

SOON = 0.02
NEVER = 3600.0
PATIENCE = 10.0


class Work:
    """Something to do that counts, can be held up, and fails when it is told to."""

    def __init__(self) -> None:
        self.times = 0
        self.at_once = 0
        self.most_at_once = 0
        self.errors: list[Exception] = []
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.over = asyncio.Event()
        """Set as soon as it has ended once, however it ended."""
        self._changed = asyncio.Condition()

    async def __call__(self) -> None:
        """Once."""
        self.times += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            async with self._changed:
                self._changed.notify_all()
            if self.errors:
                raise self.errors.pop(0)
            await self.go_on.wait()
        finally:
            self.at_once -= 1
            self.over.set()

    async def begun(self, times: int) -> None:
        """Wait until it was begun so many times."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: self.times >= times)


@asynccontextmanager
async def running(
    run: Callable[[], Awaitable[object]], seconds: float, first_after: float = 0.0
) -> AsyncIterator[Schedule]:
    """A schedule with one tick."""
    schedule = Schedule((Tick("work", seconds, run, first_after),))
    schedule.start()
    try:
        yield schedule
    finally:
        schedule.stop()


async def test_first_round_is_at_once() -> None:
    """What is done every hour is done at the start, too."""
    work = Work()
    async with running(work, NEVER):
        await work.begun(1)


async def test_it_comes_again() -> None:
    """After the first time it is done by the clock."""
    work = Work()
    async with running(work, SOON):
        await work.begun(3)


async def test_first_round_can_wait() -> None:
    """A tick with a first wait is not done at the start."""
    late, prompt = Work(), Work()
    async with running(late, SOON, first_after=NEVER), running(prompt, SOON):
        await prompt.begun(3)
    assert late.times == 0


async def test_never_twice_at_a_time() -> None:
    """A tick that takes longer than its pace is not begun beside itself; others go on."""
    slow, beside = Work(), Work()
    slow.go_on.clear()
    async with running(slow, SOON), running(beside, SOON):
        await slow.begun(1)
        await beside.begun(5)
        assert (slow.times, slow.most_at_once) == (1, 1)
        slow.go_on.set()
        await slow.begun(3)
    assert slow.most_at_once == 1


async def test_failing_tick_comes_again() -> None:
    """An outage is a line in the log, a mistake one with its traceback; neither ends the rest.

    The second failure of its kind in a row says nothing new; that it is over is said.
    The registry's own words are left out: they may repeat what somebody follows.
    """
    work = Work()
    outage = Unavailable("no connection")
    work.errors = [outage, outage, RuntimeError("a mistake")]
    with capture_logs() as logged:
        async with running(work, SOON):
            await work.begun(5)
    assert [line["log_level"] for line in logged] == ["warning", "error", "info"]
    assert logged[0]["why"] == "Unavailable"
    assert "no connection" not in str(logged[0])
    assert logged[1]["exc_info"] is True


async def test_soon_does_not_wait_for_the_time() -> None:
    """What is asked for is done now."""
    work = Work()
    async with running(work, NEVER) as schedule:
        await work.begun(1)
        schedule.soon("work")
        await work.begun(2)


async def test_what_is_asked_for_meanwhile_is_done_right_behind() -> None:
    """Asked for while it runs, however often, it is done once more and not beside itself."""
    work = Work()
    work.go_on.clear()
    async with running(work, NEVER) as schedule:
        await work.begun(1)
        schedule.soon("work")
        schedule.soon("work")
        assert work.times == 1
        work.go_on.set()
        await work.begun(2)
        schedule.soon("work")
        await work.begun(3)
    assert (work.times, work.most_at_once) == (3, 1)


async def test_stop_ends_what_is_running(caplog: pytest.LogCaptureFixture) -> None:
    """At the end a tick under way is cancelled, none is begun, and that is no error."""
    work = Work()
    work.go_on.clear()
    async with running(work, SOON):
        await work.begun(1)
    async with asyncio.timeout(PATIENCE):
        await work.over.wait()
        await asyncio.sleep(0)  # one turn of the loop, in which the scheduler hears of the end
    assert (work.times, work.at_once) == (1, 0)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_stop_before_anything_has_begun_is_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What was due at the start and got no turn yet is never begun."""
    work = Work()
    async with running(work, NEVER) as schedule:
        schedule.soon("work")
    for _ in range(3):
        await asyncio.sleep(0)  # turns of the loop, in which the scheduler hears of the end
    assert work.times == 0
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
