"""Whether a channel can be written to, asked without writing to it."""

from __future__ import annotations

import aiohttp
import discord

from adapters.discord.platform import logged_in
from bot.ports.clock import Clock
from bot.ports.platform import StartFailed


async def reach(token: str, api_url: str, clock: Clock, channel: str) -> str | None:
    """The name of the channel; None where the token's bot does not see it. Raises StartFailed."""
    async with logged_in(token, api_url, clock) as client:
        try:
            return str(await client.fetch_channel(int(channel)))
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            return None
        except (discord.DiscordException, aiohttp.ClientError, OSError):
            failure = StartFailed("Discord cannot be reached", token_refused=False)
    # Raised out here, so that the library's error, whose request holds the token, is no context.
    raise failure
