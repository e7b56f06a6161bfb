"""What a platform answered when a message was sent, as one of few values."""

from __future__ import annotations

import enum

import msgspec

from bot.domain.address import Address


class Scope(enum.StrEnum):
    """What has to wait: this chat alone, or everything that the token sends."""

    CHAT = "chat"
    TOKEN = "token"  # noqa: S105 - not a secret: the whole token waits


class Sent(msgspec.Struct, frozen=True):
    """The platform has it. ``message_id`` is the platform's, for replies and edits."""

    message_id: str | None = None
    thread: str | None = None
    """The thread of the trial's own that it stands in or opened, where there is one."""


class PerhapsDelivered(msgspec.Struct, frozen=True):
    """The answer was lost (a timeout): the message may or may not have arrived.

    It is sent again: once, or freely on a platform that drops doubles.
    """

    why: str


class TryLater(msgspec.Struct, frozen=True):
    """Not now. ``after`` is in seconds as the platform asks, or None when it does not say."""

    why: str
    after: float | None = None
    scope: Scope = Scope.CHAT


class ChatGone(msgspec.Struct, frozen=True):
    """The chat blocked the bot, threw it out or no longer exists."""

    why: str


class ChatMoved(msgspec.Struct, frozen=True):
    """The chat has a new address; the message was not sent and goes there."""

    to: Address


class TopicGone(msgspec.Struct, frozen=True):
    """The chat is there, the topic or thread in it is not."""

    why: str


class Refused(msgspec.Struct, frozen=True):
    """This message will never be taken as it is; another one may be."""

    why: str


class TokenRefused(msgspec.Struct, frozen=True):
    """The bot's token is no longer good: the platform stops until the operator acts."""

    why: str


Outcome = (
    Sent | PerhapsDelivered | TryLater | ChatGone | ChatMoved | TopicGone | Refused | TokenRefused
)
