"""When chats are told that they are still watched for."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.reminding import Reminder
from bot.ports.leases import Lease


class Reminders(Protocol):
    """Moments of the weekly line; ``Chats.configure`` begins and ends them."""

    async def due(self, platform: str, bot: str, now: datetime, limit: int) -> tuple[Reminder, ...]:
        """Chats whose moment has come, the longest ago first.

        Not those that are paused or have to wait, and none of a bot that has to.
        """
        ...

    async def plan(self, lease: Lease, chat_id: int, at: datetime) -> None:
        """The next moment of a chat that still wants the line. Raises LeaseLost."""
        ...
