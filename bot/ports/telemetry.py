"""What services say about their work, for whoever measures it. Saying it never fails or waits.

No method takes an address, a condition, a trial or free text: what follows from who is told of what
is health data, and stays out of all measures.
"""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Protocol

import msgspec

from bot.domain.change import Kind
from bot.domain.outcome import Outcome


class Step(enum.StrEnum):
    """The steps whose time is taken."""

    READ = "read"
    """A whole reading of the registry."""
    ABSORB = "absorb"
    """Taking in a batch of records, in one transaction."""
    BASELINE = "baseline"
    """A page of what exists for a newly followed condition."""
    CLAIM = "claim"
    SEND = "send"
    """Until the platform has answered."""
    SETTLE = "settle"


class ReadingSize(msgspec.Struct, frozen=True, kw_only=True):
    """What one fresh reading was. ``data`` is the registry's data timestamp."""

    data: datetime
    finished_at: datetime
    records: int
    versions: int
    glimpsed: int
    set_aside: int


class Telemetry(Protocol):
    """Whoever measures."""

    def read(self, size: ReadingSize) -> None:
        """The registry was read, and its data were new."""
        ...

    def changed(self, kind: Kind) -> None:
        """A change was committed that may have to be told."""
        ...

    def tried(self, platform: str, outcome: Outcome) -> None:
        """A message was handed to the platform, which answered so."""
        ...

    def given_up(self, platform: str) -> None:
        """A notice became a dead letter."""
        ...

    def lease(self, name: str, *, held: bool) -> None:
        """This process has this lease now, or no longer."""
        ...

    def took(self, step: Step, seconds: float) -> None:
        """A step ended, well or not, after so many seconds."""
        ...


class NoTelemetry:
    """Nobody measures."""

    def read(self, size: ReadingSize) -> None:
        """Leave it."""

    def changed(self, kind: Kind) -> None:
        """Leave it."""

    def tried(self, platform: str, outcome: Outcome) -> None:
        """Leave it."""

    def given_up(self, platform: str) -> None:
        """Leave it."""

    def lease(self, name: str, *, held: bool) -> None:
        """Leave it."""

    def took(self, step: Step, seconds: float) -> None:
        """Leave it."""


UNMEASURED = NoTelemetry()
"""For whoever was given nobody who measures; it keeps nothing."""
