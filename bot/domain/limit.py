"""How much one chat may ask in an hour, so that nobody keeps the registry and others waiting."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

import msgspec

SPAN = timedelta(hours=1)


class Allowed(enum.StrEnum):
    """What is answered."""

    YES = "yes"
    TOLD = "told"
    """Not any more, which is said this once."""
    SILENT = "silent"


class Window(msgspec.Struct, frozen=True):
    """What one chat asked within the last hour: the moments of it, the oldest first."""

    times: tuple[datetime, ...] = ()
    told: bool = False
    """Whether it was said that it is too much, and nothing was allowed since."""

    def ask(self, now: datetime, most: int) -> tuple[Window, Allowed]:
        """The window after one more request, and whether it is answered."""
        recent = tuple(one for one in self.times if one > now - SPAN)
        if len(recent) < most:
            return Window((*recent, now)), Allowed.YES
        return Window(recent, told=True), Allowed.SILENT if self.told else Allowed.TOLD

    def over(self, now: datetime) -> bool:
        """Whether it says nothing any more."""
        return not self.times or self.times[-1] <= now - SPAN

    def free_in(self, now: datetime) -> timedelta:
        """How long until one more is answered, of a window that is full."""
        return self.times[0] + SPAN - now if self.times else timedelta(0)
