"""Suggestions under an option while somebody types into it."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import structlog
from discord import app_commands

from adapters.discord.asking import Interaction, address_of, is_own
from bot.domain.commands.options import Suggests
from bot.domain.suggesting import Suggestion, Typing
from bot.ports.platform import Suggest

log = structlog.get_logger(platform="discord")

IN_TIME = 2.5
"""Seconds: Discord shows nothing after 3."""


class Suggestions:
    """Offers what the core suggests."""

    def __init__(self, suggest: Suggest) -> None:
        self._suggest = suggest

    async def offer(self, interaction: Interaction, suggests: Suggests, typed: str) -> None:
        """Answer in time, with nothing where there is nothing to say. It never raises.

        What the library would raise or log of it holds ids and what was typed.
        """
        found: tuple[Suggestion, ...] = ()
        try:
            async with asyncio.timeout(IN_TIME):
                found = await self._found(interaction, suggests, typed)
        except Exception as error:  # noqa: BLE001 - typing goes on, whatever went wrong in here
            log.warning("nothing suggested", why=type(error).__name__)
        try:
            await interaction.response.autocomplete(
                [app_commands.Choice(name=one.label, value=one.value) for one in found]
            )
        except (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError) as error:
            # Mostly the next letter was typed meanwhile, and nobody waits for this any more.
            log.info("suggestions not delivered", why=type(error).__name__)

    async def _found(
        self, interaction: Interaction, suggests: Suggests, typed: str
    ) -> tuple[Suggestion, ...]:
        personal = suggests is Suggests.FOLLOWED
        typing = Typing(
            suggests=suggests,
            text=str(typed),
            address=await address_of(interaction, personal=personal),
            private=is_own(interaction),
            person=str(interaction.user.id),
        )
        return await self._suggest(typing)
