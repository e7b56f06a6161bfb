"""What a platform asked to wait for, kept across restarts: a chat, or all that a bot sends."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.address import Address


class Waits(Protocol):
    """Until when a chat or a bot has to wait. Of two waits the longer one counts.

    Nothing is claimed for whoever has to wait: a notice that could not go keeps no claim.
    """

    async def let_bot_wait(self, platform: str, bot: str, until: datetime) -> None:
        """Everything that this bot sends has to wait."""
        ...

    async def let_chat_wait(self, address: Address, until: datetime) -> None:
        """This chat has to wait, where it is known; its topics are asked for one by one."""
        ...

    async def bot_waits_until(self, platform: str, bot: str) -> datetime | None:
        """Until when all of the bot was last asked to wait, be it over or not."""
        ...
