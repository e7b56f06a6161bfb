"""What the bot lacks where somebody makes or tests a feed, said at once and in Discord's words.

Discord sends with each interaction what the bot may do in that very channel, all roles and
overwrites reckoned in.
"""

from __future__ import annotations

import discord

from adapters.discord.slash import Given
from bot.domain.message import Message, Tone
from bot.domain.words import say

FEEDS = frozenset(("follow", "confirm", "feed"))
"""Commands by which a feed is made, looked at or tested."""

RIGHTS = (
    *("view_channel", "send_messages", "send_messages_in_threads", "create_public_threads"),
    "embed_links",
)


def lacking(interaction: discord.Interaction[discord.Client], given: Given) -> Message | None:
    """What is to be said before the answer; None where nothing lacks, or nothing is to be posted.

    A server that somebody brought the bot along to has no feed of it.
    """
    at_home = interaction.guild_id is not None and interaction.is_guild_integration()
    if not at_home or given.command not in FEEDS:
        return None
    in_thread = isinstance(interaction.channel, discord.Thread)
    lacks = missing(
        interaction.app_permissions,
        in_thread=in_thread,
        threads=(given.text or "").strip() == "threads on",
    )
    if not lacks:
        return None
    named = ", ".join(say(f"right.{name}") for name in lacks)
    where = getattr(interaction.channel, "name", None) or say("right.here")
    return Message(
        title=say("lacking.title", rights=named, channel=where),
        lede=say("lacking.lede"),
        tone=Tone.CAUTION,
        aside=True,
    )


def missing(may: discord.Permissions, *, in_thread: bool, threads: bool) -> tuple[str, ...]:
    """The rights that are not there and are needed, in the order in which Discord shows them."""
    needed = {"view_channel", "embed_links"}
    needed.add("send_messages_in_threads" if in_thread else "send_messages")
    if threads:
        needed |= {"create_public_threads", "send_messages_in_threads"}
    return tuple(name for name in RIGHTS if name in needed and not getattr(may, name))
