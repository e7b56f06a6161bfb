"""A thread for each trial, under its first post in a channel."""

from __future__ import annotations

from typing import Final

import aiohttp
import discord
import structlog

from adapters.discord.client import Client
from adapters.discord.forums import thread_name

log = structlog.get_logger(platform="discord")

ARCHIVED_AFTER: Final = 10080
"""Minutes, a week, without a message; the next message in it opens it again."""

_THERE = 160004
"""A message has its thread already: the answer to an earlier request was lost."""


class Threads:
    """Opens threads for one bot."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def open(self, channel: int, message: str, name: str) -> str | None:
        """The thread under a message; None where there can be none, which is no reason to fail.

        A thread that is made from a message has the message's id.
        """
        try:
            await self._client.http.start_thread_with_message(
                channel, int(message), name=thread_name(name), auto_archive_duration=ARCHIVED_AFTER
            )
        except discord.HTTPException as error:
            if error.code == _THERE:
                return message
            log.info("thread not opened", why=f"HTTP {error.status}, code {error.code}")
            return None
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            log.info("thread not opened", why=type(error).__name__)
            return None
        return message
