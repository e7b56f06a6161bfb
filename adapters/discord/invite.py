"""The link by which a server's administrator takes the bot in, with no more rights than it uses."""

from __future__ import annotations

import discord

from adapters.discord.platform import logged_in
from bot.ports.clock import Clock

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""All that is used: to see the channel it is to write in, to write there and show an embed, to open
a thread for a trial, to answer with a file, and to reply to its own earlier message or find it."""

SCOPES = ("bot", "applications.commands")


async def invitation(token: str, api_url: str, clock: Clock) -> str:
    """The link for the token's bot. Raises StartFailed."""
    async with logged_in(token, api_url, clock) as client:
        application = await client.application_info()
    return discord.utils.oauth_url(application.id, permissions=PERMISSIONS, scopes=SCOPES)
