"""Answers about what a chat follows: listing it, and stopping."""

from __future__ import annotations

from bot.domain import replies
from bot.domain.address import Address
from bot.domain.commands import Request
from bot.domain.nct import find_key
from bot.domain.phrases import phrase
from bot.domain.watch import Subscription
from bot.services.commands.means import Answer, Handlers, Means


class Following:
    """Answers ``following`` and ``unfollow``."""

    def __init__(self, means: Means) -> None:
        self._chats = means.store.chats

    @property
    def handlers(self) -> Handlers:
        """What is answered here."""
        return {"following": self._following, "unfollow": self._unfollow}

    async def _following(self, request: Request) -> Answer:
        return (replies.following(await self._subscriptions(request.address)),)

    async def _unfollow(self, request: Request) -> Answer:
        followed = await self._subscriptions(request.address)
        if not followed:
            return (replies.nothing_followed(),)
        if not request.text:
            return (replies.unfollow_what(),)
        meant = find_subscription(request.text, followed)
        if meant is None:
            return (replies.not_followed(),)
        await self._chats.unfollow(meant.chat_id, meant.id)
        return (replies.unfollowed(meant),)

    async def _subscriptions(self, address: Address) -> tuple[Subscription, ...]:
        chat = await self._chats.find(address)
        return await self._chats.subscriptions(chat.id) if chat else ()


def find_subscription(text: str, subscriptions: tuple[Subscription, ...]) -> Subscription | None:
    """Which subscription is meant: by its place in the list, an NCT number, or its words."""
    text = text.strip().rstrip(".")
    key, words = find_key(text), phrase(text)
    for position, subscription in enumerate(subscriptions, start=1):
        if text == f"#{subscription.id}" or text == str(position):
            return subscription
        if key is not None and subscription.study == key:
            return subscription
        if subscription.interest is not None and phrase(subscription.interest.words) == words:
            return subscription
    return None
