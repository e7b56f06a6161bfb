"""Answers about the bot itself."""

from __future__ import annotations

from bot.domain import replies
from bot.domain.commands import Request
from bot.services.commands.means import Answer, Handlers, Means


class General:
    """Answers ``help``, ``about`` and ``privacy``."""

    def __init__(self, means: Means) -> None:
        self._means = means

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {"help": self._help, "about": self._about, "privacy": self._privacy}

    async def _help(self, _: Request) -> Answer:
        return (replies.help_message(),)

    async def _about(self, _: Request) -> Answer:
        state = await self._means.store.readings.state(self._means.registry.name)
        return (replies.about(state.done.date() if state.done else None),)

    async def _privacy(self, _: Request) -> Answer:
        url, contact = self._means.privacy_url, self._means.contact
        return (replies.privacy(url, contact, self._means.pause_grace.days),)
