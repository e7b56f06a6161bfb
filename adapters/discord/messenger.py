"""Sending to Discord channels, threads and private chats as one bot."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta

import aiohttp
import discord

from adapters.discord.client import Client, Withheld, limited, may_send_now
from adapters.discord.render import Part, render, view_of
from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import (
    ChatGone,
    Outcome,
    PerhapsDelivered,
    Refused,
    Scope,
    Sent,
    TokenRefused,
    TopicGone,
    TryLater,
)
from bot.ports.messenger import NO_LONGER_MINE, MaySend, always

NONCE = 25
"""The longest nonce that Discord takes."""

NONCES_LAST = timedelta(minutes=2)
"""How long Discord surely knows an enforced nonce again: "in the past few minutes", it says.

Source: https://discord.com/developers/docs/resources/message#create-message.
"""

LONGEST = 4500
"""Characters of a message that go into one embed of 6,000: some are written with a backslash."""

_GONE = {
    10003: "the channel no longer exists",
    50001: "the bot cannot see the channel",
    50007: "the person takes no messages from the bot",
    50008: "the channel holds posts, not messages",
    50013: "the bot may not write in the channel",
    50083: "the thread is archived and locked",
    160005: "the thread is locked",
}
"""Nothing can be written there, whatever is written.

A thread that is only archived is opened again by a message; what was locked was closed on purpose,
so the channel around it is not written to instead. Where a forum's post was deleted, the forum
itself takes no messages.
"""
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


class DiscordMessenger:
    """``bot.ports.messenger.Messenger`` for one Discord bot.

    The chat of a person is the id of their private channel with the bot, kept when they followed:
    opening private channels in numbers trips Discord's protection against spam.

    Every message carries an enforced nonce: within minutes Discord answers the same nonce with the
    message that it already has, so a retry then makes no double. The library itself retries 429
    and server errors up to five times; there is no second loop here.

    ``patience`` is how many seconds one message may take with all the library's own waiting, which
    is up to 30 s at a rate limit and 25 s over five server errors.
    """

    platform = "discord"
    nonces_last = NONCES_LAST
    longest = LONGEST

    def __init__(self, client: Client, *, in_flight: int = 20, patience: float = 90.0) -> None:
        self.bot = client.bot
        self.in_flight = in_flight
        self._client = client
        self._patience = patience

    async def send(
        self, address: Address, message: Message, nonce: str, may_send: MaySend = always
    ) -> Outcome:
        """Send all parts, in order; the first that is not taken decides what is answered.

        A thread is a channel of its own to Discord. ``Sent`` names the first part. ``may_send`` is
        asked once more right before the request is written, behind all waiting of the library's.
        """
        channel = self._client.get_partial_messageable(int(address.thread or address.chat))
        first: Outcome | None = None
        may_send_now.set(may_send)
        for index, part in enumerate(render(message)):
            if not may_send():
                return NO_LONGER_MINE
            outcome = await self._send_part(
                channel, part, part_nonce(nonce, index), in_thread=address.thread is not None
            )
            if not isinstance(outcome, Sent):
                return outcome
            first = first or outcome
        return first or Refused("nothing to send")

    async def _send_part(
        self, channel: discord.PartialMessageable, part: Part, nonce: str, *, in_thread: bool
    ) -> Outcome:
        if self._client.refused is not None:
            return TokenRefused(self._client.refused)
        if self._client.is_closed():
            return TryLater("not connected to Discord", scope=Scope.TOKEN)
        limited.set(Scope.CHAT)
        try:
            async with asyncio.timeout(self._patience):
                sent = await channel.send(
                    embeds=[part.embed],
                    view=view_of(part.buttons),
                    nonce=nonce,
                    allowed_mentions=discord.AllowedMentions.none(),
                )
        except discord.RateLimited as error:
            return TryLater("rate limit", after=error.retry_after, scope=limited.get())
        except discord.HTTPException as error:
            return outcome_of(error, in_thread=in_thread)
        except aiohttp.ClientConnectorError as error:
            return TryLater(f"Discord cannot be reached ({type(error).__name__})")
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            if isinstance(error.__cause__, Withheld):
                return NO_LONGER_MINE
            return PerhapsDelivered(f"Discord's answer was lost ({type(error).__name__})")
        return Sent(str(sent.id))


def part_nonce(nonce: str, index: int) -> str:
    """The nonce of one part: the message's own for the first, derived from it for the others."""
    if index == 0:
        return nonce
    return hashlib.blake2b(f"{nonce}/{index}".encode(), digest_size=NONCE // 2).hexdigest()


def outcome_of(error: discord.HTTPException, *, in_thread: bool) -> Outcome:
    """What Discord's answer means. The reason holds numbers only, never what was sent or where."""
    why = f"HTTP {error.status}, code {error.code}"
    if error.status == 401:
        return TokenRefused(why)
    if in_thread and error.code in _TOPIC_GONE:
        return TopicGone(f"{why}: {_TOPIC_GONE[error.code]}")
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
