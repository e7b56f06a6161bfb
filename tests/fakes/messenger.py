"""A messenger that keeps what it is given; what it answers can be scripted."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import Outcome, Sent

Script = Callable[[Address, Message], Outcome | None]
"""Asked for each send; None lets it arrive."""


class RecordingMessenger:
    """One bot on a platform of its own; ``sent`` are the messages that arrived, in order."""

    def __init__(self, platform: str = "terminal", bot: str = "local", in_flight: int = 8) -> None:
        self.platform = platform
        self.bot = bot
        self.in_flight = in_flight
        self.sent: list[tuple[Address, Message]] = []
        self.tried = 0
        self.script: Script = lambda _address, _message: None

    async def send(self, address: Address, message: Message, nonce: str) -> Outcome:
        """Keep the message, unless the script answers otherwise."""
        assert len(nonce) <= 25
        self.tried += 1
        outcome = self.script(address, message)
        if outcome is not None:
            return outcome
        self.sent.append((address, message))
        return Sent(message_id=str(len(self.sent)))
