"""Where the time of a run went, by sections that never overlap.

The clock runs for the innermost open section, so that the sections add up to the whole. It is for
work that goes one step after the other, as a reading does.
"""

from __future__ import annotations

import functools
import inspect
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Stopwatch:
    """Seconds and calls by section, by the clock of the class."""

    now = staticmethod(time.perf_counter)

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._open: list[str] = []
        self._since = self.now()

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Count the time of this block as this section's, but for the sections within."""
        self._turn()
        self._open.append(name)
        self.calls[name] += 1
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def timed(self, name: str, function: Callable[P, T]) -> Callable[P, T]:
        """The same function, or coroutine function, as a section."""
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def wait(*args: P.args, **kwargs: P.kwargs) -> Any:
                with self.section(name):
                    return await function(*args, **kwargs)

            return wait  # type: ignore[return-value] # T is a coroutine here

        @functools.wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            with self.section(name):
                return function(*args, **kwargs)

        return call

    @contextmanager
    def watching(self, *places: tuple[Any, str, str]) -> Iterator[None]:
        """While the block runs, time these functions: owner (class or module), name, section."""
        with ExitStack() as undo:
            for owner, name, section in places:
                timed = self.timed(section, getattr(owner, name))
                undo.enter_context(instead(owner, name, timed))
            yield

    def _turn(self) -> None:
        now = self.now()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now


@contextmanager
def instead(owner: Any, name: str, function: Callable[..., Any]) -> Iterator[None]:
    """While the block runs, this function stands in the place of the owner's."""
    original = getattr(owner, name)
    setattr(owner, name, function)
    try:
        yield
    finally:
        setattr(owner, name, original)
