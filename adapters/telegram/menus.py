"""What Telegram itself shows of the bot: its commands while somebody types, and who it is.

Each scope offers what whoever is in it can use: in groups the commands that change nothing, for
their administrators all of them. Nothing is set that stands there already: Telegram counts the
calls, and an operator sees in BotFather what was set last.
"""

from __future__ import annotations

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.messenger import PLATFORM
from adapters.telegram.outcomes import describe
from bot.domain.commands.request import needs_manager
from bot.domain.commands.table import COMMANDS
from bot.domain.words import say

log = structlog.get_logger()

LANGUAGES = ("",)
"""For which of Telegram's language codes it is set; the empty one is for everybody without one.

There is one catalogue of sentences so far.
"""

SCOPES: tuple[tuple[BotCommandScope, bool], ...] = (
    (BotCommandScopeAllPrivateChats(), True),
    (BotCommandScopeAllGroupChats(), False),
    (BotCommandScopeAllChatAdministrators(), True),
)
"""Each kind of chat, and whether whoever writes there may manage it."""


def menu(*, manages: bool) -> tuple[BotCommand, ...]:
    """The commands of the table that somebody may give who manages the chat, or does not."""
    return tuple(
        BotCommand(spec.name, spec.help)
        for spec in COMMANDS
        if manages or not needs_manager(spec.name)
    )


async def introduce(bot: Bot) -> None:
    """Have Telegram show the commands and the bot as the table and the catalogue have them.

    What it refuses is logged and left for the next start: nobody is less well served for it.
    Raises InvalidToken.
    """
    try:
        for language in LANGUAGES:
            await _set_menus(bot, language)
            await _set_descriptions(bot, language)
    except InvalidToken:
        raise
    except TelegramError as error:
        log.warning("menus not set", platform=PLATFORM, why=describe(error))


async def _set_menus(bot: Bot, language: str) -> None:
    for scope, manages in SCOPES:
        wanted = menu(manages=manages)
        if await bot.get_my_commands(scope, language) != wanted:
            await bot.set_my_commands(wanted, scope, language)


async def _set_descriptions(bot: Bot, language: str) -> None:
    """What an empty chat with the bot says, and what its profile and shared links say."""
    whole, short = say("introduction.whole"), say("introduction.short")
    if (await bot.get_my_description(language)).description != whole:
        await bot.set_my_description(whole, language)
    if (await bot.get_my_short_description(language)).short_description != short:
        await bot.set_my_short_description(short, language)
