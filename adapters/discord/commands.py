"""Slash commands: from Discord's interactions to requests, and the answers back."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord
import msgspec
import structlog
from discord import app_commands

from adapters.discord.buttons import Buttons, may_turn, show, turn
from adapters.discord.client import Client
from bot.domain.address import Address
from bot.domain.commands import ACTIONS, COMMANDS, CommandSpec, Request
from bot.domain.importing import LARGEST
from bot.domain.message import Message
from bot.domain.words import say
from bot.ports.platform import Answer

log = structlog.get_logger(platform="discord")

Interaction = discord.Interaction[Client]

_PERSONAL = frozenset(spec.name for spec in COMMANDS if spec.personal) | frozenset(ACTIONS)


class Commands:
    """Registers the table of commands and answers whoever uses one or presses a button."""

    def __init__(self, client: Client, answer: Answer) -> None:
        self._client = client
        self._answer = answer
        self._running: set[asyncio.Task[Any]] = set()
        self._tree = _Tree(
            client,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        for spec in COMMANDS:
            self._tree.add_command(_command(spec, self.respond))
        Buttons(self.respond).answer_on(client)

    async def sync(self) -> bool:
        """Register the commands with Discord if it has others. Returns whether it had.

        Discord takes 200 new commands a day, so they are compared with what it has first.
        """
        there = await self._client.http.get_global_commands(self._client.application_key)
        here = [command.to_dict(self._tree) for command in self._tree.get_commands()]
        if {_shape(dict(command)) for command in there} == {_shape(command) for command in here}:
            return False
        await self._tree.sync()
        return True

    async def respond(
        self,
        interaction: Interaction,
        name: str,
        text: str,
        file: discord.Attachment | None = None,
        *,
        turns: bool = False,
    ) -> None:
        """Answer one command, or a press that ``turns`` the message it was made under.

        Whatever goes wrong, the person is told and the bot goes on.
        """
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        personal = name in _PERSONAL
        try:
            # Discord waits 3 s for the first sign, then 15 minutes for the answer.
            turns = turns and may_turn(interaction, personal=personal)
            await interaction.response.defer(ephemeral=personal, thinking=not turns)
            messages = await self._ask(interaction, name, text, file)
            if turns:
                await turn(interaction, messages, ephemeral=True)
                return
            for message in messages:
                await show(interaction, message, ephemeral=personal)
            if not messages:  # nothing is to be said: "thinking" is taken back
                await interaction.delete_original_response()
        except (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError) as error:
            # RuntimeError is what aiohttp raises when the session is closed under an answer.
            log.warning("answer not delivered", command=name, why=type(error).__name__)

    async def settle(self, seconds: float) -> None:
        """Wait for the answers that are being given, then drop those that are not ready."""
        running = set(self._running)
        if running:
            _, late = await asyncio.wait(running, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _ask(
        self, interaction: Interaction, name: str, text: str, file: discord.Attachment | None
    ) -> tuple[Message, ...]:
        if not name:
            return (Message(title=say("unknown.title"), lede=say("unknown.lede")),)
        try:
            request = await request_of(interaction, name, text)
            if file is not None and request.may_manage:
                request = msgspec.structs.replace(request, file=await _content_of(file))
            return await self._answer(request)
        except Exception as error:  # noqa: BLE001 - a fault in one answer must not stay silent
            # The message of an exception may hold what was typed; where it arose does not.
            at = traceback.extract_tb(error.__traceback__)[-1]
            log.error(
                "command failed",
                command=name,
                why=type(error).__name__,
                where=f"{at.filename}:{at.lineno}",
            )
            return (Message(title=say("error.title"), lede=say("error.lede")),)


async def request_of(interaction: Interaction, name: str, text: str) -> Request:
    """The command as a request, with the address where notices can reach the one who asked.

    A user may bring the bot along to places where it is no member: other private chats, and
    servers that did not add it. It cannot write there by itself later, so what is personal there
    belongs to the person's own chat with the bot, which is opened if need be.
    """
    client = interaction.client
    in_server = interaction.guild_id is not None
    visiting = (
        not interaction.is_guild_integration() if in_server else interaction.context.private_channel
    )
    thread = None
    if visiting and name in _PERSONAL:
        chat = (await interaction.user.create_dm()).id
    elif isinstance(interaction.channel, discord.Thread):
        chat, thread = interaction.channel.parent_id, str(interaction.channel.id)
    elif interaction.channel_id is not None:
        chat = interaction.channel_id
    else:
        raise LookupError("a kind of channel that the library does not know")
    return Request(
        command=name,
        text=text,
        address=Address("discord", client.bot, str(chat), thread),
        private=visiting or not in_server,
        may_manage=visiting or not in_server or interaction.permissions.manage_guild,
        person=str(interaction.user.id),
    )


async def _content_of(file: discord.Attachment) -> bytes:
    """What is in a file that somebody sent, as much of it as shows that it is too large."""
    return bytes(LARGEST + 1) if file.size > LARGEST else await file.read()


Respond = Callable[..., Awaitable[None]]
"""Takes the interaction, the command's name, its text, and where there is one the file."""


def _command(spec: CommandSpec, respond: Respond) -> app_commands.Command[Any, ..., None]:
    """One row of the table as a slash command: an option for its text, and one for a file."""
    argument = spec.argument

    async def bare(interaction: discord.Interaction[Any]) -> None:
        await respond(interaction, spec.name, "")

    async def required(interaction: discord.Interaction[Any], text: str) -> None:
        await respond(interaction, spec.name, text)

    async def optional(interaction: discord.Interaction[Any], text: str = "") -> None:
        await respond(interaction, spec.name, text)

    async def filed(
        interaction: discord.Interaction[Any],
        text: str = "",
        file: discord.Attachment | None = None,
    ) -> None:
        await respond(interaction, spec.name, text, file)

    if argument is None:
        return app_commands.Command(name=spec.name, description=spec.help, callback=bare)
    callback: Any = required if argument.required else optional
    if spec.takes_file:
        callback = app_commands.describe(file=say("import.option.file"))(filed)
    callback = app_commands.rename(text=argument.name)(callback)
    callback = app_commands.describe(text=argument.help)(callback)
    return app_commands.Command(name=spec.name, description=spec.help, callback=callback)


class _Tree(app_commands.CommandTree[Client]):
    async def on_error(
        self, _: discord.Interaction[Client], error: app_commands.AppCommandError, /
    ) -> None:
        """Log what the library could not hand on, such as a command of an older table."""
        log.warning("command not understood", why=type(error).__name__)


def _shape(command: dict[str, Any]) -> tuple[Any, ...]:
    """What decides whether two commands, as they go over the wire, are the same.

    Discord leaves out what is false or empty, and adds ids and versions. The library's own reading
    (``fetch_commands``) is of no use here: in 2.7.1 it loses one of the contexts.
    """
    options = [
        (option["type"], option["name"], option["description"], bool(option.get("required")))
        for option in command.get("options") or ()
    ]
    places = [tuple(sorted(command.get(key) or ())) for key in ("contexts", "integration_types")]
    return (command["name"], command["description"], *places, tuple(options))
