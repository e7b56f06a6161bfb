"""Sending to Discord channels, threads and private chats as one bot."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import msgspec

from adapters.discord.client import Client
from adapters.discord.forums import Forums
from adapters.discord.layout import contents
from adapters.discord.outcomes import outcome_of
from adapters.discord.render import Part, render
from adapters.discord.threads import Threads
from adapters.discord.wire import Errand, NotAgain, Withheld, errand
from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import (
    Outcome,
    PerhapsDelivered,
    Refused,
    Scope,
    Sent,
    TokenRefused,
    TopicGone,
    TryLater,
)
from bot.domain.posting import Beneath
from bot.domain.precedence import Precedence
from bot.ports.messenger import NO_LONGER_MINE, MaySend, always

NONCE = 25
"""The longest nonce that Discord takes."""

NONCES_LAST = timedelta(minutes=2)
"""How long Discord surely knows an enforced nonce again: "in the past few minutes", it says.

Source: https://discord.com/developers/docs/resources/message#create-message.
"""

LONGEST = 3000
"""Characters of a message that go into one of 4,000: some are written with a backslash."""

_HOLDS_POSTS = 50008


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
        self._threads = Threads(client)
        self._forums = Forums(client)
        self._wire = client.wire

    async def send(
        self,
        address: Address,
        message: Message,
        nonce: str,
        may_send: MaySend = always,
        beneath: Beneath | None = None,
        precedence: Precedence = Precedence.NOTICE,
    ) -> Outcome:
        """Send all parts, in order; the first that is not taken decides what is answered.

        A thread is a channel of its own to Discord. ``Sent`` names the first part. ``may_send`` is
        asked once more right before the request is written, behind all waiting of the library's.
        Where so much was refused of late that Discord may shut the bot out, notices wait.
        """
        wait = self._wire.refusals.wait()
        if wait > 0 and precedence > Precedence.ANSWER:
            return TryLater("Discord refused too much of late", after=wait, scope=Scope.TOKEN)
        errand.set(Errand(may_send=may_send, precedence=precedence))
        spot = await self._spot(address, beneath)
        outcome = await self._send_to(spot, message, nonce, may_send)
        if isinstance(outcome, TopicGone) and spot.own_thread:
            # The trial's own thread was deleted, and not the chat: it begins anew there.
            tag = None if beneath is None else beneath.tag
            spot, beneath = _spot_of(address, tag), Beneath(thread_name=message.title, tag=tag)
            outcome = await self._send_to(spot, message, nonce, may_send)
        if not isinstance(outcome, Sent) or outcome.message_id is None:
            return outcome
        if spot.own_thread is not None:
            await self._forums.mark(int(address.chat), spot.own_thread, spot.tag)
        named = beneath.thread_name if beneath else None
        if named is None or outcome.thread is not None or address.thread is not None:
            return outcome
        thread = await self._threads.open(spot.channel, outcome.message_id, named)
        return msgspec.structs.replace(outcome, thread=thread)

    def rests(self, address: Address) -> float:
        """For how long the channel's own bucket is empty, as Discord said with its last answer."""
        return self._wire.rests(address.thread or address.chat)

    async def _spot(self, address: Address, beneath: Beneath | None) -> _Spot:
        """The trial's own thread, be it opened only now, or the chat with what is replied to."""
        if beneath is None:
            return _spot_of(address)
        spot = _spot_of(address, beneath.tag)
        own, earlier, named = beneath.post.thread, beneath.post.message_id, beneath.thread_name
        if own is None and earlier and named and address.thread is None:
            own = await self._threads.open(spot.channel, earlier, named)
        if own is not None:
            return _Spot(channel=int(own), in_thread=True, own_thread=own, tag=beneath.tag)
        return msgspec.structs.replace(spot, reply_to=earlier)

    async def _send_to(
        self, spot: _Spot, message: Message, nonce: str, may_send: MaySend
    ) -> Outcome:
        first: Sent | None = None
        for index, part in enumerate(render(message)):
            if not may_send():
                return NO_LONGER_MINE
            outcome = await self._send_part(spot, part, part_nonce(nonce, index))
            if not isinstance(outcome, Sent):
                return outcome
            first = first or outcome
            if outcome.thread and not spot.in_thread:  # a forum's post: the rest goes into it
                spot = _Spot(channel=int(outcome.thread), in_thread=True, own_thread=outcome.thread)
        return first or Refused("nothing to send")

    async def _send_part(self, spot: _Spot, part: Part, nonce: str) -> Outcome:
        if self._client.refused is not None:
            return TokenRefused(self._client.refused)
        if self._client.is_closed():
            return TryLater("not connected to Discord", scope=Scope.TOKEN)
        try:
            async with asyncio.timeout(self._patience):
                if not spot.in_thread and self._forums.is_forum(spot.channel):
                    return await self._forums.post(spot.channel, part, nonce, spot.tag)
                return await self._write(spot, part, nonce)
        except discord.RateLimited as error:
            mine = errand.get()
            scope = Scope.CHAT if mine is None else mine.scope
            return TryLater("rate limit", after=error.retry_after, scope=scope)
        except NotAgain:
            return PerhapsDelivered("Discord could not say what became of it")
        except discord.HTTPException as error:
            own = spot.own_thread is not None
            return outcome_of(error, in_thread=spot.in_thread, own_thread=own)
        except aiohttp.ClientConnectorError as error:
            return TryLater(f"Discord cannot be reached ({type(error).__name__})")
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            if isinstance(error.__cause__, Withheld):
                return NO_LONGER_MINE
            return PerhapsDelivered(f"Discord's answer was lost ({type(error).__name__})")

    async def _write(self, spot: _Spot, part: Part, nonce: str) -> Outcome:
        """One message in a channel or thread."""
        channel = self._client.get_partial_messageable(spot.channel)
        reference: Any = None
        if spot.reply_to is not None:
            reference = discord.MessageReference(
                message_id=int(spot.reply_to), channel_id=spot.channel, fail_if_not_exists=False
            )
        try:
            sent = await channel.send(**contents(part), nonce=nonce, reference=reference)
        except discord.HTTPException as error:
            if error.code != _HOLDS_POSTS or spot.in_thread:
                raise
            # A forum of which the gateway brought nothing yet.
            return await self._forums.post(spot.channel, part, nonce, spot.tag)
        return Sent(str(sent.id), spot.own_thread)


class _Spot(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message goes: a channel or thread by its id, as a reply where that is set."""

    channel: int
    in_thread: bool = False
    own_thread: str | None = None
    """The thread, where it is one that a trial has for itself."""
    reply_to: str | None = None
    tag: str | None = None
    """What a post in a forum is to be tagged with."""


def _spot_of(address: Address, tag: str | None = None) -> _Spot:
    in_thread = address.thread is not None
    return _Spot(channel=int(address.thread or address.chat), in_thread=in_thread, tag=tag)


def part_nonce(nonce: str, index: int) -> str:
    """The nonce of one part: the message's own for the first, derived from it for the others."""
    if index == 0:
        return nonce
    return hashlib.blake2b(f"{nonce}/{index}".encode(), digest_size=NONCE // 2).hexdigest()
