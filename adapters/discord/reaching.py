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
            found = await client.fetch_channel(int(channel))
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            return None
        except (discord.DiscordException, aiohttp.ClientError, OSError):
            raise StartFailed("Discord cannot be reached", token_refused=False) from None
        return str(found)
