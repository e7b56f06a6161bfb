"""Posting at once in a chat, by whoever sends there in this process."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import Outcome
from bot.domain.posting import Beneath
from bot.domain.precedence import Precedence
from bot.ports.messenger import Messenger


class Posting:
    """The messengers of this process, each under its platform and bot.

    ``nonce`` makes one that no other message has.
    """

    def __init__(self, nonce: Callable[[], str]) -> None:
        self._nonce = nonce
        self._messengers: dict[tuple[str, str], Messenger] = {}

    def join(self, messenger: Messenger) -> None:
        """This one sends from now on for its bot."""
        self._messengers[messenger.platform, messenger.bot] = messenger

    async def post(
        self, address: Address, message: Message, beneath: Beneath | None = None
    ) -> Outcome | None:
        """Post it; None where nobody here sends for that bot."""
        messenger = self._messengers.get((address.platform, address.bot))
        if messenger is None:
            return None
        return await messenger.send(
            address, message, self._nonce(), beneath=beneath, precedence=Precedence.ANSWER
        )
