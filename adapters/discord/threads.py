"""A thread for each trial: under its first post, or as a post where a channel holds only posts."""

from __future__ import annotations

from typing import Final

import aiohttp
import discord
import structlog

from adapters.discord.client import Client
from adapters.discord.layout import contents
from adapters.discord.render import Part
from bot.domain.outcome import ChatGone, Outcome, Sent

log = structlog.get_logger(platform="discord")

NAME = 100
"""The longest name of a thread."""

ARCHIVED_AFTER: Final = 10080
"""Minutes, a week, without a message; the next message in it opens it again."""

_THERE = 160004
"""A message has its thread already: the answer to an earlier request was lost."""


class Threads:
    """Opens threads and posts for one bot."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def holds_posts(self, channel: int) -> bool:
        """Whether it is a forum, as far as the gateway brought it: that takes no messages."""
        return isinstance(self._client.get_channel(channel), discord.ForumChannel)

    async def post(self, channel: int, part: Part) -> Outcome:
        """A new post in a forum. Raises what the library raises.

        It takes no nonce: where its answer is lost, the next try makes a second one.
        """
        forum = self._client.get_channel(channel) or await self._client.fetch_channel(channel)
        if not isinstance(forum, discord.ForumChannel):
            return ChatGone("the channel holds neither messages nor posts")
        made = await forum.create_thread(name=_name(part.title), **contents(part))
        return Sent(str(made.message.id), str(made.thread.id))

    async def open(self, channel: int, message: str, name: str) -> str | None:
        """The thread under a message; None where there can be none, which is no reason to fail.

        A thread that is made from a message has the message's id.
        """
        try:
            await self._client.http.start_thread_with_message(
                channel, int(message), name=_name(name), auto_archive_duration=ARCHIVED_AFTER
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


def _name(title: str) -> str:
    """A title as a thread's name, in one line."""
    line = " ".join(title.split())
    return line if len(line) <= NAME else line[: NAME - 1].rstrip() + "…"
