"""Slash commands: from Discord's interactions to requests, and the answers back."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import discord
import msgspec
import structlog
from discord import app_commands

from adapters.discord.asking import PERSONAL, Interaction, request_of
from adapters.discord.buttons import Buttons, may_turn, reply, turn
from adapters.discord.client import Client
from adapters.discord.lacking import lacking
from adapters.discord.menu import look_up
from adapters.discord.slash import Given, Translations, commands
from adapters.discord.suggestions import Suggestions
from adapters.discord.syncing import registered, same, written
from adapters.discord.wire import Errand, errand
from bot.domain.commands.table import COMMANDS
from bot.domain.importing import LARGEST
from bot.domain.message import Message
from bot.domain.words import say
from bot.ports.messenger import MaySend, always
from bot.ports.platform import Answer, Suggest

log = structlog.get_logger(platform="discord")


class Commands:
    """Registers the table of commands and answers whoever uses one or presses a button."""

    def __init__(
        self,
        client: Client,
        answer: Answer,
        suggest: Suggest,
        *,
        may_answer: MaySend = always,
        translations: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """``may_answer`` is asked before the first sign of each answer.

        ``translations`` are what stands in the table in other languages, by Discord's locale.
        """
        self._translations = Translations(translations) if translations else None
        self._client = client
        self._answer = answer
        self._may_answer = may_answer
        self._running: set[asyncio.Task[Any]] = set()
        self._tree = _Tree(
            client,
            self.refuse,
            may_answer,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        for command in commands(COMMANDS, self._fill, Suggestions(suggest).offer):
            self._tree.add_command(command)
        self._tree.add_command(look_up(self._fill))
        Buttons(self.respond).answer_on(client)

    async def sync(self) -> bool:
        """Register the commands with Discord if it has others. Returns whether it had.

        Discord takes 200 new commands a day, so they are compared with what it has first.
        """
        if self._translations is not None:
            await self._tree.set_translator(self._translations)
        if same(await registered(self._client), await written(self._tree)):
            return False
        await self._tree.sync()
        return True

    async def respond(
        self, interaction: Interaction, name: str, text: str, *, turns: bool = False
    ) -> None:
        """Answer what a button asks; one that ``turns`` changes the message it stands under."""
        await self._fill(interaction, Given(command=name, text=text), turns=turns)

    async def refuse(self, interaction: Interaction, command: str = "") -> None:
        """Say to the one who asked that there is no such command, or nothing of it to choose."""
        await self._fill(interaction, Given(command=command, text=None))

    async def _fill(self, interaction: Interaction, given: Given, *, turns: bool = False) -> None:
        """Answer one command. Whatever goes wrong, the person is told and the bot goes on."""
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        personal = _is_personal(given)
        try:
            turns = turns and may_turn(interaction, personal=personal)
            if not await self._sign(interaction, ephemeral=personal, thinking=not turns):
                return
            messages = await self._ask(interaction, given)
            if turns:
                await turn(interaction, messages, ephemeral=True)
            else:
                await reply(interaction, messages, personal=personal)
        except (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError) as error:
            # RuntimeError is what aiohttp raises when the session is closed under an answer.
            log.warning("answer not delivered", command=given.command, why=type(error).__name__)

    async def _sign(self, interaction: Interaction, *, ephemeral: bool, thinking: bool) -> bool:
        """Tell Discord that an answer comes; False where that is for another process to do.

        Discord waits 3 s for this sign, then 15 minutes for the answer. It takes one sign, so
        whoever gave it has the interaction for itself, and answers whoever may send by then. A
        process that was frozen asks before it whether anything is its affair any more: right before
        the sign is written, too.
        """
        if not self._may_answer():
            return False
        look = errand.set(Errand(may_send=self._may_answer))
        try:
            await interaction.response.defer(ephemeral=ephemeral, thinking=thinking)
        finally:
            errand.reset(look)
        return True

    async def settle(self, seconds: float) -> None:
        """Wait for the answers that are being given, then drop those that are not ready."""
        running = set(self._running)
        if running:
            _, late = await asyncio.wait(running, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _ask(self, interaction: Interaction, given: Given) -> tuple[Message, ...]:
        if not given.command and given.text is not None:  # a button, of which nothing is known
            return (Message(title=say("button.old.title"), lede=say("button.unknown")),)
        if not given.command:
            return (Message(title=say("unknown.title"), lede=say("unknown.lede")),)
        if given.text is None:
            return (Message(title=say("option.absurd.title"), lede=say("option.absurd.lede")),)
        try:
            request = await request_of(interaction, given.command, given.text)
            if given.file is not None and request.may_manage:
                request = msgspec.structs.replace(request, file=await _content_of(given.file))
            answers = await self._answer(request)
            lacks = lacking(interaction, given) if request.may_manage else None
            return answers if lacks is None else (lacks, *answers)
        except Exception as error:  # noqa: BLE001 - a fault in one answer must not stay silent
            # The message of an exception may hold what was typed; where it arose does not.
            at = traceback.extract_tb(error.__traceback__)[-1]
            log.error(
                "command failed",
                command=given.command,
                why=type(error).__name__,
                where=f"{at.filename}:{at.lineno}",
            )
            return (Message(title=say("error.title"), lede=say("error.lede"), aside=True),)


async def _content_of(file: discord.Attachment) -> bytes:
    """What is in a file that somebody sent, as much of it as shows that it is too large."""
    return bytes(LARGEST + 1) if file.size > LARGEST else await file.read()


def _is_personal(given: Given) -> bool:
    """Whether only the one who asked sees the answer. What is said of a mistake is for them."""
    if not given.command or given.text is None:
        return True
    return given.command in PERSONAL if given.share is None else not given.share


class _Tree(app_commands.CommandTree[Client]):
    def __init__(
        self,
        client: Client,
        refuse: Callable[[Interaction, str], Awaitable[None]],
        may_answer: MaySend,
        **places: Any,
    ) -> None:
        super().__init__(client, **places)
        self._refuse = refuse
        self._may_answer = may_answer

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Whether it is handed on: suggestions are given as commands are answered (``_sign``)."""
        typing = interaction.type is discord.InteractionType.autocomplete
        return self._may_answer() if typing else True

    async def _call(self, interaction: Interaction) -> None:
        """Answer too what breaks the library before it has found the command's own handlers."""
        try:
            await super()._call(interaction)
        except (ValueError, TypeError, LookupError, AttributeError) as error:  # what parsing raises
            await self.on_error(interaction, app_commands.AppCommandError(type(error).__name__))

    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Say in words what the library could not hand on.

        That is a command of an older table, or values that no option of ours has.
        """
        log.warning("command not understood", why=type(error).__name__)
        if interaction.type is discord.InteractionType.application_command:
            known = not isinstance(error, app_commands.CommandNotFound)
            await self._refuse(interaction, "help" if known else "")
