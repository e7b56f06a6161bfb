"""A command in the menu of a message: looking up the trials that are named in it.

Discord sends the message along with the command, so nothing is read of what people write otherwise,
and of it only the numbers are handed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import discord
from discord import app_commands

from adapters.discord.asking import Interaction
from adapters.discord.slash import Given, Respond
from bot.domain.nct import find_keys
from bot.domain.words import say

_READ: Final = ("content", "embeds", "components", "message_snapshots", "message")
"""Of a message what its writer wrote; a forwarded one stands in its snapshots."""

_TEXTS: Final = frozenset(
    {"content", "title", "description", "name", "value", "text", "url", "label"}
)


def look_up(respond: Respond) -> app_commands.ContextMenu:
    """The command for the menu; its answer is for whoever asked alone."""

    async def callback(interaction: Interaction, message: discord.Message) -> None:
        numbers = [key.number for key in find_keys("\n".join(_texts(_raw(interaction, message))))]
        command = "trial" if len(numbers) == 1 else "mentioned"
        await respond(interaction, Given(command=command, text=" ".join(numbers), share=False))

    # The library reads the types off the annotations, which are only text in this file.
    callback.__annotations__.update(interaction=discord.Interaction, message=discord.Message)
    key = "menu.look_up"
    name = app_commands.locale_str(say(key), key=f"{key}.name")
    return app_commands.ContextMenu(name=name, callback=callback)


def _raw(interaction: Interaction, message: discord.Message) -> dict[str, Any]:
    """The message as it came: the library's own reading leaves out some kinds of components."""
    data: dict[str, Any] = dict(interaction.data or {})
    found: dict[str, Any] = data["resolved"]["messages"][str(message.id)]
    return {key: found[key] for key in _READ if key in found}


def _texts(node: Any, key: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _texts(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value, key)
    elif isinstance(node, str) and key in _TEXTS:
        yield node
