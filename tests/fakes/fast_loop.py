"""An event loop whose time passes only while everybody waits, so that an hour takes no time.

Sockets, threads and the libraries over them are real; what the machine is busy with takes no time
of this clock. A test::

    run_fast(main())  # a main that sleeps for an hour returns at once

Whatever reads the loop's clock, as all time-outs of asyncio do, goes by it; so do the messengers
and services with a ``LoopClock``.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

Result = TypeVar("Result")

QUIET = 0.002
"""Real seconds without any event after which everybody is taken to wait for time to pass."""

BEGAN = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Waits for events for a moment only, then lets the time pass that was to be waited."""

    def __init__(self, quiet: float) -> None:
        super().__init__()
        self._quiet = quiet
        self.time = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What can be read or written; after ``timeout`` of this clock's seconds nothing."""
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        events = super().select(self._quiet)
        if not events:
            self.time += timeout
        return events


class FastLoop(asyncio.SelectorEventLoop):
    """The loop; ``quiet`` is longer where threads do slow work that others wait for."""

    def __init__(self, quiet: float = QUIET) -> None:
        self._fast = _Selector(quiet)
        super().__init__(self._fast)

    def time(self) -> float:
        """Seconds since the loop was made, by its own clock."""
        return self._fast.time


class LoopClock:
    """The time of the running loop, as the core asks for it."""

    def now(self) -> datetime:
        """The present moment."""
        return BEGAN + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Seconds of the loop."""
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        """Wait so long."""
        await asyncio.sleep(seconds)

    async def wait_for(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until the event is set, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                return await event.wait()
        except TimeoutError:
            return event.is_set()


def run_fast(main: Coroutine[Any, Any, Result], quiet: float = QUIET) -> Result:
    """Run it in a loop whose time passes only while everybody waits."""
    with asyncio.Runner(loop_factory=lambda: FastLoop(quiet)) as runner:
        return runner.run(main)
