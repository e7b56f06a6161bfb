"""Measuring work without a word in it: how long a step takes, what a platform answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import Outcome
from bot.domain.posting import Beneath
from bot.domain.precedence import Precedence
from bot.ports.clock import Clock
from bot.ports.messenger import NO_LONGER_MINE, MaySend, Messenger, always
from bot.ports.telemetry import Step, Telemetry

Heard = Callable[[str, Outcome], None]
"""Told of every answer: the platform, and what it answered."""


@contextmanager
def timed(telemetry: Telemetry, clock: Clock, step: Step) -> Iterator[None]:
    """Take the time of the block, however it ends."""
    began = clock.monotonic()
    try:
        yield
    finally:
        telemetry.took(step, clock.monotonic() - began)


class MeasuredMessenger:
    """A messenger like the one within; every answer is measured, and told to ``heard``."""

    def __init__(self, within: Messenger, clock: Clock, telemetry: Telemetry, heard: Heard) -> None:
        self._within = within
        self._clock = clock
        self._telemetry = telemetry
        self._heard = heard
        self.platform = within.platform
        self.bot = within.bot
        self.in_flight = within.in_flight
        self.nonces_last = within.nonces_last
        self.longest = within.longest

    async def send(
        self,
        address: Address,
        message: Message,
        nonce: str,
        may_send: MaySend = always,
        beneath: Beneath | None = None,
        precedence: Precedence = Precedence.NOTICE,
    ) -> Outcome:
        """Deliver one message; see ``bot.ports.messenger``."""
        with timed(self._telemetry, self._clock, Step.SEND):
            outcome = await self._within.send(
                address, message, nonce, may_send, beneath, precedence
            )
        if outcome is NO_LONGER_MINE:
            return outcome  # nothing went out, so the platform answered nothing
        self._telemetry.tried(self.platform, outcome)
        self._heard(self.platform, outcome)
        return outcome

    def rests(self, address: Address) -> float:
        """For how long the chat's own pace lets nothing more through."""
        return self._within.rests(address)
