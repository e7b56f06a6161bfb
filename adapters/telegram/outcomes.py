"""What python-telegram-bot raises, as one of the few outcomes that the core knows.

In that library ``BadRequest`` and ``TimedOut`` are both ``NetworkError``: the order here matters.
The texts are Telegram's own and not a contract, so they are matched without regard to case.
"""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import msgspec
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.domain.address import Address
from bot.domain.outcome import (
    ChatGone,
    ChatMoved,
    Outcome,
    PerhapsDelivered,
    Refused,
    Scope,
    TokenRefused,
    TopicGone,
    TryLater,
)

CHAT_GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "peer_id_invalid",
    "group chat was deactivated",
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "bot is not a member",
)
"""Bad requests that mean that nothing can be written in this chat, whatever is written."""

TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")

MARKUP_REFUSED = "can't parse entities"

NOT_MODIFIED = "message is not modified"

NEVER_WRITTEN = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""Failures before a byte of the request was on its way: sending again cannot be a double."""

_TOKEN = re.compile(r"(?:bot)?\d+:[\w-]{10,}|bot\d+:[\w-]+")


def translate(error: TelegramError, address: Address) -> Outcome:
    """The outcome of a send to ``address`` that ended in this error."""
    match error:
        case ChatMigrated():
            return ChatMoved(msgspec.structs.replace(address, chat=str(error.new_chat_id)))
        case RetryAfter():
            return TryLater("Telegram asks to wait", after=seconds(error), scope=Scope.CHAT)
        case Forbidden():
            return ChatGone(describe(error, address))
        case InvalidToken():
            return TokenRefused("Telegram refuses the bot's token")
        case Conflict():
            return TryLater("another program uses the bot's token", scope=Scope.TOKEN)
        case BadRequest():
            return _bad_request(describe(error, address))
        case NetworkError():
            return _network(error, address)
        case _:
            # Only an answer that could not be read is raised as the bare class.
            return PerhapsDelivered("Telegram's answer could not be read")


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait; the library gives a timedelta or, by setting, a number."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def markup_refused(error: TelegramError) -> bool:
    """Whether the text would be taken without its markup."""
    return isinstance(error, BadRequest) and MARKUP_REFUSED in str(error).lower()


def reads_so_already(error: TelegramError) -> bool:
    """Whether an edit was refused because the message says the same already."""
    return isinstance(error, BadRequest) and NOT_MODIFIED in str(error).lower()


def describe(error: TelegramError, address: Address | None = None) -> str:
    """Telegram's words in one short line, without the token and without the chat."""
    words = redact(str(error))
    for secret in (address.chat, address.thread) if address else ():
        if secret:
            words = re.sub(rf"(?<!\d){re.escape(secret)}(?!\d)", "[chat]", words)
    return words[:200]


def redact(text: str) -> str:
    """The text with every token of a bot taken out, alone or as in an address of the Bot API."""
    return _TOKEN.sub("[token]", text)


def _bad_request(words: str) -> Outcome:
    lowered = words.lower()
    if any(phrase in lowered for phrase in TOPIC_GONE):
        return TopicGone(words)
    if any(phrase in lowered for phrase in CHAT_GONE):
        return ChatGone(words)
    return Refused(words)


def _network(error: NetworkError, address: Address) -> Outcome:
    cause = error.__cause__
    if isinstance(cause, NEVER_WRITTEN):
        return TryLater(f"Telegram cannot be reached ({type(cause).__name__})")
    if isinstance(cause, httpx.HTTPError):
        return PerhapsDelivered(f"Telegram's answer was lost ({type(cause).__name__})")
    # Telegram answered, with a fault of its own (5xx): it did not take the message.
    return TryLater(describe(error, address))
