"""What services say of their work, over a busy house."""

from __future__ import annotations

import random
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from bot.domain.outcome import Outcome, Refused, Sent
from bot.ports.messenger import NO_LONGER_MINE
from bot.ports.telemetry import NoTelemetry, Step
from bot.services.deliver import Deliverer
from bot.services.measure import MeasuredMessenger, timed
from storage.store import SqlStore
from tests.bot.services.owing import chat, owe
from tests.fakes.clock import HeldClock
from tests.fakes.messenger import RecordingMessenger
from tests.studies import lease


class Measures(NoTelemetry):
    """Keeps what was said."""

    def __init__(self) -> None:
        self.outcomes: list[tuple[str, type[Outcome]]] = []
        self.steps: Counter[Step] = Counter()
        self.seconds: list[float] = []
        self.dead = 0

    def tried(self, platform: str, outcome: Outcome) -> None:
        """One answer."""
        self.outcomes.append((platform, type(outcome)))

    def took(self, step: Step, seconds: float) -> None:
        """One step."""
        self.steps[step] += 1
        self.seconds.append(seconds)

    def given_up(self, platform: str) -> None:
        """One dead letter."""
        self.dead += 1


def test_a_step_that_fails_takes_time_too() -> None:
    """The slow ones are often those that fail."""
    measures, clock = Measures(), HeldClock()

    def fail() -> None:
        with timed(measures, clock, Step.READ):
            clock.let_pass(3)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    assert measures.seconds == [3.0]


async def test_sends_are_measured_by_what_the_platform_answered(store: SqlStore) -> None:
    """One that was taken and one that was refused, each with its claim and its settling."""
    await owe(store, chats=2)
    measures, messenger = Measures(), RecordingMessenger()
    messenger.script = lambda to, _: Refused("too long") if to == chat(2) else None
    heard: list[str] = []
    measured = MeasuredMessenger(
        messenger, HeldClock(), measures, lambda platform, _: heard.append(platform)
    )
    paying = Deliverer(store, measured, HeldClock(), random.Random(7), ZoneInfo, measures)
    await paying.run_until_paid(await lease(store))
    assert sorted(measures.outcomes, key=str) == [("terminal", Refused), ("terminal", Sent)]
    assert measures.dead == 1
    assert measures.steps[Step.SEND] == measures.steps[Step.SETTLE] == 2
    assert measures.steps[Step.CLAIM] >= 1
    assert heard == ["terminal"] * 2


async def test_what_was_not_sent_is_no_answer_of_the_platform() -> None:
    """A process that lost its lease in the last moment counts no send."""
    measures, messenger = Measures(), RecordingMessenger()
    messenger.script = lambda _to, _message: NO_LONGER_MINE
    measured = MeasuredMessenger(messenger, HeldClock(), measures, lambda *_: None)
    assert await measured.send(chat(1), None, "n") is NO_LONGER_MINE  # type: ignore[arg-type] # the message is not looked at
    assert measures.outcomes == []
