"""A circuit breaker as a value: during an outage nobody waits for what will not come.

closed -- n failures running --> open -- cool-down over --> half open (one probe)
   ^------------- success -----------------------------------|
                                open <------ failure --------|
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec


class Breaker(msgspec.Struct, frozen=True, kw_only=True):
    """Opens after ``limit`` failures running, for ``cool_down`` seconds."""

    limit: int = 3
    cool_down: float = 60.0
    failures: int = 0
    opened_at: datetime | None = None
    probing: bool = False

    @property
    def is_open(self) -> bool:
        """Whether requests are turned away, but for a probe after the cool-down."""
        return self.opened_at is not None

    def wait(self, now: datetime) -> float | None:
        """None where a request may go now, else in how many seconds to come again."""
        if self.opened_at is None:
            return None
        left = (self.opened_at + timedelta(seconds=self.cool_down) - now).total_seconds()
        if left > 0:
            return min(left, self.cool_down)
        return 1.0 if self.probing else None

    def asking(self) -> Breaker:
        """A request goes out; while open it is the one probe."""
        return msgspec.structs.replace(self, probing=self.is_open)

    def abandoned(self) -> Breaker:
        """A request ended without telling anything: its owner went away."""
        return msgspec.structs.replace(self, probing=False)

    def succeeded(self) -> Breaker:
        """An answer came, be it a refusal of the question."""
        return Breaker(limit=self.limit, cool_down=self.cool_down)

    def failed(self, now: datetime) -> Breaker:
        """No answer came."""
        failures = self.failures + 1
        opened_at = now if failures >= self.limit else None
        return msgspec.structs.replace(self, failures=failures, opened_at=opened_at, probing=False)
