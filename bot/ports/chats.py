"""Chats and what they follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.address import Address
from bot.domain.kept import Kept
from bot.domain.notice import Occurrence
from bot.domain.posting import Post
from bot.domain.settings.chat import ChatSettings
from bot.domain.study import StudyKey
from bot.domain.watch import Chat, Interest, Listening, Subscription


class Chats(Protocol):
    """Chats and what they follow."""

    async def chat(self, address: Address) -> Chat:
        """What is kept of this chat; an unknown one is taken in with nothing but its address."""
        ...

    async def find(self, address: Address) -> Chat | None:
        """What is kept of this chat; None where it is unknown, and it stays so."""
        ...

    async def ask_consent(self, chat_id: int, asked: str) -> None:
        """Remember (sealed) what was to be followed when consent was asked for."""
        ...

    async def consent(self, chat_id: int, now: datetime) -> None:
        """Consent was given; what was asked is forgotten."""
        ...

    async def forget_asked(self, address: Address) -> None:
        """Consent was refused: what was asked and searched for is forgotten.

        An otherwise empty chat goes with it.
        """
        ...

    async def keep_searches(self, chat_id: int, searches: Sequence[str]) -> None:
        """Keep (sealed) what buttons ask that is too long for them, in place of what was kept."""
        ...

    async def follow_study(
        self, chat_id: int, key: StudyKey, *, kinds: int, since: date
    ) -> tuple[Subscription, bool]:
        """Follow a trial that is in the store. Returns the subscription and whether it is new."""
        ...

    async def follow_interest(
        self, chat_id: int, interest: Interest, *, kinds: int, since: date
    ) -> tuple[Subscription, bool]:
        """Follow a condition. A condition that nobody followed before owes itself a baseline."""
        ...

    async def subscriptions(self, chat_id: int) -> tuple[Subscription, ...]:
        """What this chat follows, in the order in which it began to."""
        ...

    async def listening(self, chat_id: int) -> Listening:
        """What this chat follows, muted and chose: all that telling it something asks for."""
        ...

    async def unfollow(self, chat_id: int, subscription_id: int) -> Subscription | None:
        """Stop. Returns what was followed, or None if this chat has no such subscription."""
        ...

    async def configure(self, chat_id: int, settings: ChatSettings) -> None:
        """Keep (sealed) what the chat chose, in place of what it had chosen.

        What was put off because of that is due again, to be looked at by what it chose now.
        """
        ...

    async def adjust(
        self,
        chat_id: int,
        subscription_id: int,
        *,
        kinds: int | None = None,
        paused: bool | None = None,
    ) -> None:
        """Change the kinds of a subscription of this chat, or let it rest; None leaves it."""
        ...

    async def mute(self, chat_id: int, key: StudyKey) -> None:
        """Tell this chat nothing of this trial. An unknown trial is muted in nothing."""
        ...

    async def unmute(self, chat_id: int, key: StudyKey) -> None:
        """Tell it again."""
        ...

    async def muted(self, chat_id: int) -> tuple[StudyKey, ...]:
        """What a chat muted, in the order of the trials' numbers."""
        ...

    async def post_of(self, chat_id: int, key: StudyKey) -> Post | None:
        """Where a chat was first told of a trial; None in a person's own chat, which has none.

        It is kept with the settlement of a notice that was sent.
        """
        ...

    async def newest(self, chat_id: int, most: int) -> tuple[Occurrence, ...]:
        """The newest occurrences that touch what a chat follows, told or not, the newest first.

        At most ``most`` of them.
        """
        ...

    async def kept(self, chat_id: int) -> Kept:
        """All that is kept of a chat and that no other method gives, to be shown to it."""
        ...

    async def erase(self, chat_id: int) -> None:
        """Forget the chat: address, settings, what it followed, what it was owed and told."""
        ...

    async def pause(self, chat_id: int, now: datetime) -> None:
        """The chat was tried and cannot be reached: its debts wait.

        The first moment of a pause is kept.
        """
        ...

    async def resume(self, chat_id: int) -> None:
        """The chat is there again."""
        ...

    async def pause_all(self, address: Address, now: datetime) -> None:
        """Pause the chat at this address, where it is known, and all topics and threads in it."""
        ...

    async def try_again(self, address: Address) -> None:
        """The chat at this address and what is in it may be there again.

        A paused one stays so, with its first moment, and its oldest debt is tried at once.
        """
        ...

    async def move(self, chat_id: int, to: Address) -> None:
        """The chat has a new address. Where both are known, what the old one has joins the new."""
        ...
