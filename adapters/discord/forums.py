"""Posts in forums: one for each trial, found again where an answer was lost, tagged by its status.

A post takes no nonce, so Discord cannot tell a second try from a second post. The bot can: before
it posts it looks through the forum's open posts for one of its own that says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

import aiohttp
import discord
import structlog

from adapters.discord.client import Client
from adapters.discord.layout import contents
from adapters.discord.render import Part
from adapters.discord.wire import errand
from bot.domain.asking.words import STATUSES
from bot.domain.outcome import ChatGone, Outcome, Sent
from bot.domain.words import status_label

log = structlog.get_logger(platform="discord")

NAME = 100
"""The longest name of a thread."""

LOST_FOR = timedelta(minutes=15)
"""How old a post can be that is taken for the one whose answer was lost."""

TAGS = 5
"""Tags that a post can have."""

_NUMBER: Final = re.compile(r"NCT\d{8}")

_STATUS_TAGS = frozenset(status_label(status).casefold() for status in STATUSES)


class Forums:
    """Posts for one bot."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def is_forum(self, channel: int) -> bool:
        """Whether it is one, as far as the gateway brought it: that takes no messages."""
        return isinstance(self._client.get_channel(channel), discord.ForumChannel)

    async def post(self, channel: int, part: Part, nonce: str, tag: str | None) -> Outcome:
        """A new post, or the one that an earlier try made. Raises what the library raises."""
        forum = await self._forum(channel)
        if forum is None:
            return ChatGone("the channel holds neither messages nor posts")
        try:
            found = await self._lost(forum, part)
        except (discord.Forbidden, discord.NotFound) as error:
            # It may write there and not look: a double is better than a post that never comes.
            log.info("forum not looked through", why=f"HTTP {error.status}, code {error.code}")
            found = None
        if found is not None:
            thread, same = found
            if same:
                return Sent(thread, thread)
            # The same trial, and more to tell of it since: that belongs into the post.
            there = self._client.get_partial_messageable(int(thread))
            return Sent(str((await there.send(**contents(part), nonce=nonce)).id), thread)
        mark = _tag(forum, tag)
        given: dict[str, Any] = contents(part)
        if mark is not None:
            given["applied_tags"] = [mark]
        mine = errand.get()
        if mine is not None:
            mine.once, mine.tried = True, False
        try:
            made = await forum.create_thread(name=thread_name(part.title), **given)
        finally:
            if mine is not None:
                mine.once = False
        return Sent(str(made.message.id), str(made.thread.id))

    async def mark(self, channel: int, thread: str, tag: str | None) -> None:
        """Let a post's tag be the trial's status; tags that people gave it stay.

        That it cannot be done is no reason to fail.
        """
        forum = self._client.get_channel(channel)
        wanted = _tag(forum, tag) if isinstance(forum, discord.ForumChannel) else None
        if wanted is None or not isinstance(forum, discord.ForumChannel):
            return
        statuses = {str(one.id) for one in forum.available_tags if _is_status(one)}
        try:
            there: Any = await self._client.http.get_channel(int(thread))
            before = [str(one) for one in there.get("applied_tags") or ()]
            after = [str(wanted.id), *(one for one in before if one not in statuses)][:TAGS]
            if sorted(after) != sorted(before):
                await self._client.http.edit_channel(int(thread), applied_tags=after)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            log.info("post not tagged", why=type(error).__name__)

    async def _forum(self, channel: int) -> discord.ForumChannel | None:
        """The forum, also one of another process's servers."""
        forum = self._client.get_channel(channel) or await self._client.fetch_channel(channel)
        return forum if isinstance(forum, discord.ForumChannel) else None

    async def _lost(self, forum: discord.ForumChannel, part: Part) -> tuple[str, bool] | None:
        """The post of an earlier try whose answer was lost, and whether it says the same."""
        listed = await self._client.http.get_active_threads(forum.guild.id)
        since = self._client.clock.now() - LOST_FOR
        said = sorted(_texts(_components(part)))
        for one in listed["threads"]:
            mine = str(one.get("owner_id")) == self._client.bot
            here = int(one.get("parent_id") or 0) == forum.id
            if not (mine and here and one["name"] == thread_name(part.title)):
                continue
            if discord.utils.snowflake_time(int(one["id"])) < since:
                continue
            first: Any = await self._client.http.get_message(int(one["id"]), int(one["id"]))
            read = sorted(_texts(first.get("components") or ()))
            if read == said or _numbers(read) == _numbers(said):
                return str(one["id"]), read == said
        return None


def thread_name(title: str) -> str:
    """A title as a thread's name, in one line."""
    line = " ".join(title.split())
    return line if len(line) <= NAME else line[: NAME - 1].rstrip() + "…"


def _tag(forum: discord.ForumChannel, name: str | None) -> discord.ForumTag | None:
    """The forum's own tag of that name, if it has one that the bot may give."""
    if name is None:
        return None
    named = (one for one in forum.available_tags if one.name.casefold() == name.casefold())
    return next((one for one in named if not one.moderated), None)


def _is_status(tag: discord.ForumTag) -> bool:
    return tag.name.casefold() in _STATUS_TAGS


def _components(part: Part) -> Sequence[Any]:
    view = contents(part)["view"]
    components: Sequence[Any] = view.to_components()
    return components


def _texts(node: Any) -> Iterator[str]:
    """All that components say, wherever in them it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and key in ("content", "label"):
                yield " ".join(value.split())
            else:
                yield from _texts(value)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from _texts(one)


def _numbers(texts: Sequence[str]) -> set[str]:
    """The trials that are named, at least one."""
    return set(_NUMBER.findall(" ".join(texts))) or {"none"}
