"""Time and chance, passed in so that a test can hold them still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Protocol

Zones = Callable[[str], tzinfo]
"""The clock of a place by its IANA name; that of UTC for a name that is not known."""


class Clock(Protocol):
    """The time now, and waiting."""

    def now(self) -> datetime:
        """The present moment, in UTC with its zone set."""
        ...

    def monotonic(self) -> float:
        """Seconds on a clock that nobody sets, and that goes on while this process is stopped."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait so long."""
        ...

    async def wait_for(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until the event is set, at most so long. Returns whether it was set."""
        ...
