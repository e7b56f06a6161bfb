"""Sending to one platform as one bot. It never raises for what a platform answers."""

from __future__ import annotations

from typing import Protocol

from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import Outcome


class Messenger(Protocol):
    """One bot account on one platform.

    ``in_flight`` is how many sends to different chats may run at once; order within one chat is
    kept by the caller, who sends to a chat one message after the other.
    """

    platform: str
    bot: str
    in_flight: int

    async def send(self, address: Address, message: Message, nonce: str) -> Outcome:
        """Deliver one message. What the platform answered is a value, never an exception.

        ``nonce`` (at most 25 characters) is the same for every try of the same notice; a platform
        that can drop a double by it does.
        """
        ...
