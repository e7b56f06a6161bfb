"""Answers about the bot itself."""

from __future__ import annotations

from bot.domain import replies
from bot.domain.commands import Request
from bot.services.commands.means import Answer, Handlers, Means


class General:
    """Answers ``help`` and ``about``."""

    def __init__(self, means: Means) -> None:
        self._means = means

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {"help": self._help, "about": self._about}

    async def _help(self, _: Request) -> Answer:
        return (replies.help_message(),)

    async def _about(self, _: Request) -> Answer:
        state = await self._means.store.readings.state(self._means.registry.name)
        return (replies.about(state.done.date() if state.done else None),)
