"""Buttons under what the bot says: a press is the command that the button stands for."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord

from adapters.discord.client import Client
from adapters.discord.layout import contents
from adapters.discord.render import ACTION_PREFIX, render
from bot.domain.commands import parse_line
from bot.domain.message import Message

Interaction = discord.Interaction[Client]

Respond = Callable[[Interaction, str, str], Awaitable[None]]
"""Takes the interaction, the command's name and its text, and answers."""

Press = Callable[[Interaction, str], Awaitable[None]]


class Buttons:
    """Answers whoever presses a button of ours, also one that an earlier run sent."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def answer_on(self, client: Client) -> None:
        """Take the presses that this client hears of."""
        client.add_dynamic_items(_action_button(self.press))

    async def press(self, interaction: Interaction, action: str) -> None:
        """Answer one button as the command that it stands for."""
        name, text = parse_line(action) or ("", action)
        await self._respond(interaction, name, text)


async def show(interaction: Interaction, message: Message, *, ephemeral: bool) -> None:
    """Give one message in answer to an interaction that was acknowledged."""
    for part in render(message):
        await interaction.followup.send(**contents(part), ephemeral=ephemeral)


def _action_button(press: Press) -> type[discord.ui.DynamicItem[Any]]:
    """The class that answers every button of ours, also those sent before a restart."""

    class ActionButton(
        discord.ui.DynamicItem[discord.ui.Button[Any]],
        template=re.escape(ACTION_PREFIX) + r"(?P<action>.+)",
    ):
        @classmethod
        async def from_custom_id(
            cls,
            _interaction: discord.Interaction[Any],
            _item: discord.ui.Item[Any],
            match: re.Match[str],
            /,
        ) -> Self:
            return cls(discord.ui.Button(custom_id=match.string))

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await press(interaction, self.custom_id.removeprefix(ACTION_PREFIX))

    return ActionButton
