"""The terminal as a messenger: what is sent is on the screen at once."""

from __future__ import annotations

from datetime import timedelta

from adapters.terminal.commands import YOU
from adapters.terminal.screen import Screen
from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import Outcome, Sent
from bot.domain.posting import Beneath
from bot.domain.precedence import Precedence
from bot.ports.messenger import NO_LONGER_MINE, MaySend, always

REMEMBERED = 1_000
"""How many nonces are kept to recognize a message that was shown before."""


class TerminalMessenger:
    """Prints what is pushed. A message whose nonce was shown before is not shown again."""

    platform = YOU.platform
    bot = YOU.bot
    in_flight = 1
    nonces_last = timedelta(0)  # what is shown is remembered, though not over a restart

    longest = 20_000  # nothing limits it but patience

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._shown: dict[str, str] = {}
        self._count = 0

    async def send(
        self,
        address: Address,  # noqa: ARG002 - a terminal has one chat
        message: Message,
        nonce: str,
        may_send: MaySend = always,
        beneath: Beneath | None = None,  # noqa: ARG002 - it has no replies
        precedence: Precedence = Precedence.NOTICE,  # noqa: ARG002 - nothing waits there
    ) -> Outcome:
        """Show the message above what is being typed; the message id counts from 1."""
        if not may_send():
            return NO_LONGER_MINE
        if nonce not in self._shown:
            self._screen.push(message)
            self._count += 1
            self._shown[nonce] = str(self._count)
            if len(self._shown) > REMEMBERED:
                del self._shown[next(iter(self._shown))]
        return Sent(message_id=self._shown[nonce])

    def rests(self, address: Address) -> float:  # noqa: ARG002 - a terminal has one chat
        """A screen takes everything at once."""
        return 0.0
