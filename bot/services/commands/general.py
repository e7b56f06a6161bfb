"""Answers about the bot itself."""

from __future__ import annotations

from bot.domain.commands.request import Request
from bot.domain.replies import answers as replies
from bot.services.commands.means import Answer, Handlers, Means


class General:
    """Answers ``help``, ``about`` and ``privacy``."""

    def __init__(self, means: Means) -> None:
        self._means = means

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {
            "help": self._help,
            "about": self._about,
            "privacy": self._privacy,
            "joined": self._joined,
        }

    async def _help(self, _: Request) -> Answer:
        return (replies.help_message(),)

    async def _joined(self, request: Request) -> Answer:
        """The bot was let into a chat: a group in which it is new is told what can be done."""
        if request.private or request.text != "new":
            return ()
        chats = self._means.store.chats
        chat = await chats.find(request.address)
        known = chat is not None and await chats.subscriptions(chat.id)
        return () if known else (replies.greeting(),)

    async def _about(self, _: Request) -> Answer:
        state = await self._means.store.readings.state(self._means.registry.name)
        return (replies.about(state.done.date() if state.done else None),)

    async def _privacy(self, _: Request) -> Answer:
        url, contact = self._means.privacy_url, self._means.contact
        return (replies.privacy(url, contact, self._means.pause_grace.days),)
