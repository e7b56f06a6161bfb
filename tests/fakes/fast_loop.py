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
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from weakref import WeakSet

Result = TypeVar("Result")

QUIET = 0.001
"""Real seconds without any event after which everybody is taken to wait for time to pass."""

AGAIN = 0.05
"""Real seconds after which it is asked again whether threads are still waited for."""

THREADED = ("aiosqlite",)
"""Libraries whose futures are fulfilled by a thread of theirs."""

BEGAN = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Waits for events for a moment only, then lets the time pass that was to be waited."""

    def __init__(self, quiet: float) -> None:
        super().__init__()
        self._quiet = quiet
        self.time = 0.0
        self.threaded: WeakSet[asyncio.Future[Any]] = WeakSet()
        """What threads are to fulfil: no time passes before they have."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What can be read or written; after ``timeout`` of this clock's seconds nothing."""
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        while any(not future.done() for future in self.threaded):
            events = super().select(AGAIN)
            if events:
                return events
        events = super().select(self._quiet)
        if not events:
            self.time += timeout
        return events


class FastLoop(asyncio.SelectorEventLoop):
    """The loop; ``quiet`` of 0 is for what has neither sockets nor threads."""

    def __init__(self, quiet: float = QUIET) -> None:
        self._fast = _Selector(quiet)
        super().__init__(self._fast)

    def time(self) -> float:
        """Seconds since the loop was made, by its own clock."""
        return self._fast.time

    def create_future(self) -> asyncio.Future[Any]:
        """As in the library; of a thread's it is noted that it is waited for."""
        future = super().create_future()
        asking = sys._getframe(1).f_globals["__name__"]
        return self._noted(future) if asking.partition(".")[0] in THREADED else future

    def run_in_executor(  # type: ignore[override] # what is given is handed on as it is
        self, executor: Any, func: Any, *args: Any
    ) -> asyncio.Future[Any]:
        """As in the library; noted."""
        return self._noted(super().run_in_executor(executor, func, *args))

    def _noted(self, future: asyncio.Future[Any]) -> asyncio.Future[Any]:
        self._fast.threaded.add(future)
        return future


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

    async def whole() -> Result:
        result = await main
        await asyncio.sleep(1)  # what was closed last is let go of
        return result

    with asyncio.Runner(loop_factory=lambda: FastLoop(quiet)) as runner:
        return runner.run(whole())
