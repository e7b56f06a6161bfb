"""What Discord's answers mean for a notice."""

from __future__ import annotations

import discord

from bot.domain.outcome import (
    ChatGone,
    Outcome,
    Refused,
    Scope,
    TokenRefused,
    TopicGone,
    TryLater,
)

_GONE = {
    10003: "the channel no longer exists",
    50001: "the bot cannot see the channel",
    50007: "the person takes no messages from the bot",
    50013: "the bot may not write in the channel",
    50083: "the thread is archived and locked",
    160005: "the thread is locked",
}
"""Nothing can be written there, whatever is written.

A thread that is only archived is opened again by a message; what was locked was closed on purpose,
so the channel around it is not written to instead. Where a forum's post was deleted, the forum
itself takes no messages.
"""
_LOCKED = (50083, 160005)
_TOPIC_GONE = {10003: "the thread no longer exists"}
_LATER = {
    20016: "slow mode",
    20028: "the channel's write limit",
    40003: "private chats are opened too fast",
    40062: "Discord's own limit",
}
"""Discord's error codes that mean something to us.

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json.
"""


def outcome_of(
    error: discord.HTTPException, *, in_thread: bool, own_thread: bool = False
) -> Outcome:
    """What Discord's answer means. The reason holds numbers only, never what was sent or where.

    ``own_thread``: it is one that a trial has for itself, and the chat is around it.
    """
    why = f"HTTP {error.status}, code {error.code}"
    if error.status == 401:
        return TokenRefused(why)
    if in_thread and error.code in _TOPIC_GONE:
        return TopicGone(f"{why}: {_TOPIC_GONE[error.code]}")
    if own_thread and error.code in _LOCKED:
        return Refused(f"{why}: {_GONE[error.code]}")  # this trial's only: the feed goes on
    if error.code in _GONE:
        return ChatGone(f"{why}: {_GONE[error.code]}")
    if error.code in _LATER:
        return TryLater(f"{why}: {_LATER[error.code]}", after=_retry_after(error))
    if error.status == 429 or (error.code == 0 and error.status in (403, 404)):
        # Without a code of Discord's it was what stands before Discord that answered (Cloudflare,
        # a proxy), and it means all our requests: 10,000 such answers in ten minutes bring a ban.
        return TryLater(why, after=_retry_after(error), scope=Scope.TOKEN)
    if error.status >= 500:
        return TryLater(why)
    if error.status == 403:
        # Going on calling what forbids counts towards that ban, so an unknown code pauses the chat.
        return ChatGone(why)
    return Refused(why)


def _retry_after(error: discord.HTTPException) -> float | None:
    """The wait that the answer asks for, in seconds."""
    asked = error.response.headers.get("Retry-After", "")
    try:
        return float(asked)
    except ValueError:
        return None  # not given, or given as a date, which Discord does not do
