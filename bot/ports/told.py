"""What a chat was told, and is owed: for saying why."""

from __future__ import annotations

from typing import Protocol

from bot.domain.study import StudyKey
from bot.domain.told import Owed, Standing, ToldNotice


class Told(Protocol):
    """Notices as the chat that they belong to asks after them. What is long done is forgotten."""

    async def recent(self, chat_id: int, limit: int) -> tuple[ToldNotice, ...]:
        """What this chat was told last, the newest first; of a group each one."""
        ...

    async def standing(self, chat_id: int, key: StudyKey) -> Standing:
        """What is known of this trial (or the one that it became) for this chat."""
        ...

    async def owed(self, chat_id: int) -> Owed:
        """How much this chat is owed, and when it comes."""
        ...
