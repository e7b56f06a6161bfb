"""Buttons under what the bot says: a press is the command that the button stands for."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, Self

import discord

from adapters.discord.client import Client
from adapters.discord.layout import ACTION_PREFIX, CHOICE_PREFIX, TURN_PREFIX, contents
from adapters.discord.render import render
from bot.domain.commands.request import parse_line
from bot.domain.message import Message

Interaction = discord.Interaction[Client]


class Respond(Protocol):
    """Answers a command; ``turns``: in place of the message that the button stands under."""

    def __call__(
        self, interaction: Interaction, name: str, text: str, *, turns: bool
    ) -> Awaitable[None]:
        """Takes the command's name and its text."""
        ...


class Buttons:
    """Answers whoever presses a button of ours, also one that an earlier run sent."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def answer_on(self, client: Client) -> None:
        """Take the presses that this client hears of."""
        pressed = f"(?:{re.escape(ACTION_PREFIX)}|{re.escape(TURN_PREFIX)}).+"
        chosen = f"{re.escape(CHOICE_PREFIX)}.+"
        client.add_dynamic_items(
            _answering(pressed, discord.ui.Button, self._pressed),
            _answering(chosen, discord.ui.Select, self._chosen),
        )

    async def _pressed(self, interaction: Interaction, item: discord.ui.Button[Any]) -> None:
        await self.press(interaction, item.custom_id or "")

    async def _chosen(self, interaction: Interaction, item: discord.ui.Select[Any]) -> None:
        """What is chosen in a list is a button's ``custom_id``."""
        await self.press(interaction, item.values[0])

    async def press(self, interaction: Interaction, custom_id: str) -> None:
        """Answer one button as the command that it stands for."""
        prefix, colon, action = custom_id.partition(":")
        turns = prefix + colon == TURN_PREFIX
        name, text = parse_line(action) or ("", action)
        await self._respond(interaction, name, text, turns=turns)


def may_turn(interaction: Interaction, *, personal: bool) -> bool:
    """Whether the answer may stand where the button does.

    What others see turns for everybody, but no answer that is somebody's own is shown there.
    """
    message = interaction.message
    if message is None:
        return False
    return not personal or message.flags.ephemeral or interaction.context.dm_channel


async def turn(interaction: Interaction, messages: tuple[Message, ...], *, ephemeral: bool) -> None:
    """Put the answer in place of the message that was pressed, or below it where that cannot be.

    An answer from which no button leads on in place is no other side of the sheet, but says what
    went wrong: the sheet stays. The interaction was acknowledged as an update.
    """
    parts = [part for message in messages for part in render(message)]
    sides = [one for one in messages if any(button.turns for button in one.buttons)]
    if len(parts) == 1 and sides and not parts[0].files:
        try:
            await interaction.edit_original_response(**contents(parts[0]))
        except discord.NotFound:
            pass  # it was dismissed or deleted meanwhile
        else:
            return
    for message in messages:
        await show(interaction, message, ephemeral=ephemeral)


async def reply(interaction: Interaction, messages: tuple[Message, ...], *, personal: bool) -> None:
    """Give all messages in answer to an interaction that "thinks" for all, or for one (personal).

    What went wrong is for whoever asked alone: "thinking" is taken back then, as it is where
    nothing is to be said.
    """
    aside = not personal and all(message.aside for message in messages)
    if aside or not messages:
        await interaction.delete_original_response()
    for message in messages:
        await show(interaction, message, ephemeral=personal or aside)


async def show(interaction: Interaction, message: Message, *, ephemeral: bool) -> None:
    """Give one message in answer to an interaction that was acknowledged."""
    for part in render(message):
        await interaction.followup.send(**contents(part), ephemeral=ephemeral)


def _answering(
    template: str,
    item: type[discord.ui.Button[Any] | discord.ui.Select[Any]],
    press: Callable[[Interaction, Any], Awaitable[None]],
) -> type[discord.ui.DynamicItem[Any]]:
    """The class that answers every ``item`` of ours, also those sent before a restart."""

    class Answering(discord.ui.DynamicItem[Any], template=template):
        @classmethod
        async def from_custom_id(
            cls,
            _interaction: discord.Interaction[Any],
            _item: discord.ui.Item[Any],
            match: re.Match[str],
            /,
        ) -> Self:
            return cls(item(custom_id=match.string))

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await press(interaction, self.item)

    return Answering
