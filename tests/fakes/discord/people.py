"""People who type commands and press buttons: interactions and the answers to them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from tests.fakes.discord import payloads


class Asked:
    """One interaction: what the bot answered to it.

    ``deferred`` is the body of the first sign; ``answers`` are the messages after it, ``edits``
    what took the place of the message that was pressed; ``at`` is the moment of asking, on the
    monotonic clock.
    """

    def __init__(self, token: str, channel: str) -> None:
        self.token = token
        self.channel = channel
        self.at = time.monotonic()
        self.deferred: dict[str, Any] | None = None
        self.answers: list[dict[str, Any]] = []
        self.edits: list[dict[str, Any]] = []
        self.taken_back = False
        self._changed = asyncio.Event()

    @property
    def ephemeral(self) -> bool:
        """Whether only the one who asked sees the answer."""
        return bool((self.deferred or {}).get("data", {}).get("flags", 0) & 64)

    async def answered(self, count: int = 1) -> list[dict[str, Any]]:
        """Wait for so many messages, and return all that have come."""
        async with asyncio.timeout(10):
            while len(self.answers) < count:
                self._changed.clear()
                await self._changed.wait()
        return self.answers

    async def edited(self) -> dict[str, Any]:
        """Wait until the pressed message was changed, and return what it says now."""
        async with asyncio.timeout(10):
            while not self.edits:
                self._changed.clear()
                await self._changed.wait()
        return self.edits[-1]

    async def silenced(self) -> None:
        """Wait until the first sign was taken back without an answer."""
        async with asyncio.timeout(10):
            while not self.taken_back:
                self._changed.clear()
                await self._changed.wait()

    async def acknowledged(self) -> dict[str, Any]:
        """Wait for the first sign, and return its body."""
        async with asyncio.timeout(10):
            while self.deferred is None:
                self._changed.clear()
                await self._changed.wait()
        return self.deferred

    def tell(self) -> None:
        """Wake those who wait."""
        self._changed.set()


ALLOWED = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 35 | 1 << 38
"""View Channel, Send Messages, Embed Links, Attach Files, Create Public Threads, Send Messages in
Threads: what the bot's invitation asks for.

Source: https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags.
"""


class Place:
    """Where somebody is when they use the bot."""

    def __init__(
        self,
        channel_id: str = payloads.CHANNEL,
        *,
        guild_id: str | None = None,
        parent_id: str | None = None,
        installed: bool = True,
        group: bool = False,
        manages: bool = False,
        roles: Sequence[str] = (),
        allowed: int = ALLOWED,
    ) -> None:
        """In a server (``guild_id``), in its thread (``parent_id``), or in private.

        ``installed`` is False in a server where the bot is no member and somebody brought it
        along; ``group`` is a private chat between people; ``manages``: who asks has the permission
        Manage Server; ``roles`` are the ids of their roles; ``allowed``: what the bot may do
        there.
        """
        self.roles = list(roles)
        self.allowed = allowed
        self.manages = manages
        self.channel_id = channel_id
        self.guild_id = guild_id
        self.parent_id = parent_id
        self.installed = installed
        self.group = group

    @property
    def context(self) -> int:
        """0 in a server, 1 in private with the bot, 2 in private between people."""
        if self.guild_id is not None:
            return 0
        return 2 if self.group else 1

    @property
    def integration(self) -> int:
        """0 where the server added the bot, 1 where the person did."""
        return 0 if self.guild_id is not None and self.installed else 1

    def channel(self) -> dict[str, Any]:
        """The channel as an interaction brings it."""
        if self.guild_id is None:
            return payloads.private_channel(self.channel_id, group=self.group)
        if self.parent_id is not None:
            return payloads.thread(self.channel_id, self.parent_id, self.guild_id)
        return payloads.text_channel(self.channel_id, self.guild_id)


def interaction(kind: int, data: dict[str, Any], place: Place, person: str) -> dict[str, Any]:
    """An INTERACTION_CREATE of a command (2) or a button (3)."""
    owner = place.guild_id if place.integration == 0 else person
    payload = {
        "id": payloads.snowflake(),
        "application_id": payloads.APPLICATION,
        "type": kind,
        "token": f"interaction-{payloads.snowflake()}",
        "version": 1,
        "data": data,
        "channel": place.channel(),
        "channel_id": place.channel_id,
        "context": place.context,
        "authorizing_integration_owners": {str(place.integration): owner},
        "entitlements": [],
        "app_permissions": str(place.allowed),
        "attachment_size_limit": 10_485_760,
        "locale": "en-US",
    }
    who = payloads.user(person)
    if place.guild_id is None:
        return payload | {"user": who}
    member = {
        "user": who,
        "roles": place.roles,
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": str(0x20 if place.manages else 0),
    }
    return payload | {"guild_id": place.guild_id, "member": member}
