"""Sending to one platform as one bot. It never raises for what a platform answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import Outcome, TryLater
from bot.domain.posting import Beneath
from bot.domain.precedence import Precedence

MaySend = Callable[[], bool]
"""Whether this process may still send: asked right before a request goes out."""


def always() -> bool:
    """Whoever answers a person needs no lease."""
    return True


NO_LONGER_MINE = TryLater("another process may send by now", after=0.0)
"""What a messenger answers where it may not send any more. Nothing went out."""


class Messenger(Protocol):
    """One bot account on one platform.

    ``in_flight`` is how many sends to different chats may run at once; order within one chat is
    kept by the caller, who sends to a chat one message after the other. ``nonces_last`` is for how
    long the platform knows a nonce again and drops the double; nought where it knows none.
    ``longest`` is how many characters (UTF-16 units) of text surely go into one message there.
    """

    platform: str
    bot: str
    in_flight: int
    nonces_last: timedelta
    longest: int

    async def send(
        self,
        address: Address,
        message: Message,
        nonce: str,
        may_send: MaySend = always,
        beneath: Beneath | None = None,
        precedence: Precedence = Precedence.NOTICE,
    ) -> Outcome:
        """Deliver one message. What the platform answered is a value, never an exception.

        ``nonce`` (at most 25 characters) is the same for every try of the same notice; a platform
        that can drop a double by it does. ``may_send`` is asked after all waiting for the pace and
        right before each request: a process that was frozen there, while another took over, sends
        nothing when it wakes (``NO_LONGER_MINE``).

        ``beneath`` says where in its chat the message belongs, as far as the platform can: what it
        would reply to may be gone, and it arrives all the same. ``Sent`` names the thread that is
        the trial's own, be it made now or before.

        What an ANSWER waits for is at most the pace of its chat: it goes ahead of notices. Where
        the platform itself asked for a longer wait, the answer is ``TryLater`` at once.
        """
        ...

    def rests(self, address: Address) -> float:
        """For how many seconds this chat's own pace lets nothing more through.

        Whoever has much to send goes to others meanwhile: waiting for one chat keeps up no send.
        """
        ...
