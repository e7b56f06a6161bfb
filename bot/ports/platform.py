"""A chat platform that is running: it hears commands, and has a messenger to send with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

import msgspec

from bot.domain.address import Address
from bot.domain.commands.request import Request
from bot.domain.instant import Entries, Typed
from bot.domain.message import Message
from bot.domain.outcome import TryLater
from bot.domain.suggesting import Suggestion, Typing
from bot.ports.messenger import MaySend, Messenger, always

Answer = Callable[[Request], Awaitable[tuple[Message, ...]]]
"""What a platform asks for every command: the desk."""

Suggest = Callable[[Typing], Awaitable[tuple[Suggestion, ...]]]
"""What a platform asks while somebody types into an option: an answer from the store alone."""

Find = Callable[[Typed], Awaitable[Entries]]
"""What a platform asks while somebody types: it is answered at once, and never raises."""

Heard = Callable[[Address], Awaitable[None]]
"""What a platform calls when a chat went away or came back."""


class Waiting(Protocol):
    """What the platform asked to wait for, kept across restarts. Neither method raises."""

    async def asked(self, address: Address, outcome: TryLater) -> None:
        """It refused an answer for now, for this chat or for the whole bot.

        Of a notice its sender keeps it.
        """
        ...

    async def until(self, platform: str, bot: str) -> datetime | None:
        """Until when all of the bot was last asked to wait; None where it never was."""
        ...


class NotKept:
    """Nothing is kept: for a platform without a store."""

    async def asked(self, address: Address, outcome: TryLater) -> None:
        """Let it go."""

    async def until(self, platform: str, bot: str) -> datetime | None:  # noqa: ARG002 - none is known
        """Nobody asked before."""
        return None


Moved = Callable[[Address, Address], Awaitable[None]]
"""What a platform calls when a chat has another address: the old one, and the new one."""


class StartFailed(Exception):
    """The platform could not be started; the message says why, without token or address.

    ``token_refused`` tells a token that is no longer good, which only the operator can mend, from
    an outage, after which starting again helps.
    """

    def __init__(self, why: str, *, token_refused: bool) -> None:
        super().__init__(why)
        self.token_refused = token_refused


class Deaf(msgspec.Struct, frozen=True):
    """Why a platform will not be heard again until it is started anew."""

    why: str
    """Without token or address."""
    sends: bool
    """Whether it still takes messages, and only the operator's settings can let it be heard."""


class Platform(Protocol):
    """One bot account on one platform, from its start to its stop, in a shared event loop."""

    @property
    def messenger(self) -> Messenger:
        """What sends as this bot; only there once started."""
        ...

    async def start(self, may_send: MaySend = always, /) -> None:
        """Begin to hear commands. Raises StartFailed.

        ``may_send`` is asked before answers that another process could give as well.
        """
        ...

    async def deaf(self) -> Deaf:
        """Wait, after the start, until it will not be heard again; that may never be."""
        ...

    async def stop(self) -> None:
        """Hear no more and let go of all connections; answers under way are finished.

        Also after a start that was broken off.
        """
        ...
