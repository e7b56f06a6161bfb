"""A messenger that keeps what it is given; what it answers can be scripted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import Outcome, Sent
from bot.domain.posting import Beneath
from bot.domain.precedence import Precedence
from bot.ports.messenger import NO_LONGER_MINE, MaySend, always

Script = Callable[[Address, Message], Outcome | None]
"""Asked for each send; None lets it arrive."""


class RecordingMessenger:
    """One bot on a platform of its own; ``sent`` are the messages that arrived, in order."""

    def __init__(self, platform: str = "terminal", bot: str = "local", in_flight: int = 8) -> None:
        self.platform = platform
        self.bot = bot
        self.in_flight = in_flight
        self.nonces_last = timedelta(0)
        self.longest = 4096
        self.sent: list[tuple[Address, Message]] = []
        self.placed: list[Beneath | None] = []
        """Where each message that was tried was to stand."""
        self.tried = 0
        self.rest = 0.0
        self.precedences: list[Precedence] = []
        """Of each message that was tried."""
        self.script: Script = lambda _address, _message: None
        self._arrival = asyncio.Event()

    async def send(
        self,
        address: Address,
        message: Message,
        nonce: str,
        may_send: MaySend = always,
        beneath: Beneath | None = None,
        precedence: Precedence = Precedence.NOTICE,
    ) -> Outcome:
        """Keep the message, unless it may not be sent or the script answers otherwise."""
        assert len(nonce) <= 25
        if not may_send():
            return NO_LONGER_MINE
        self.tried += 1
        self.placed.append(beneath)
        self.precedences.append(precedence)
        outcome = self.script(address, message)
        if outcome is not None:
            return outcome
        self.sent.append((address, message))
        self._arrival.set()
        return Sent(message_id=str(len(self.sent)))

    def rests(self, address: Address) -> float:
        """For how long ``rest`` says that a chat takes nothing more."""
        return self.rest

    async def arrived(self, count: int) -> None:
        """Until so many messages arrived in all."""
        while len(self.sent) < count:
            self._arrival.clear()
            await self._arrival.wait()


class GatedMessenger(RecordingMessenger):
    """Lets nothing through until ``gate`` is set; ``most`` is how many sends waited at once."""

    def __init__(self, in_flight: int = 8) -> None:
        super().__init__(in_flight=in_flight)
        self.gate = asyncio.Event()
        self.full = asyncio.Event()
        """Set once as many sends wait as may be in flight."""
        self.most = 0
        self._waiting: list[Address] = []

    async def send(
        self,
        address: Address,
        message: Message,
        nonce: str,
        may_send: MaySend = always,
        beneath: Beneath | None = None,
        precedence: Precedence = Precedence.NOTICE,
    ) -> Outcome:
        """Wait for the gate, and never beside another send to the same chat."""
        assert address not in self._waiting
        self._waiting.append(address)
        self.most = max(self.most, len(self._waiting))
        if len(self._waiting) == self.in_flight:
            self.full.set()
        await self.gate.wait()
        await asyncio.sleep(0)
        self._waiting.remove(address)
        return await super().send(address, message, nonce, may_send, beneath, precedence)
