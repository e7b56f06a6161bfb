"""Whether a chat can be written to, asked without writing to it."""

from __future__ import annotations

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from adapters.telegram.platform import silence_libraries, start_failed
from bot.ports.platform import StartFailed


async def reach(token: str, api_url: str, chat: str) -> str | None:
    """The name of the chat; None where the token's bot does not see it. Raises StartFailed.

    Telegram shows a bot the persons who wrote to it, and the groups and channels that it is in.
    """
    silence_libraries()
    failure: StartFailed
    try:
        async with Bot(token, base_url=f"{api_url}/bot") as bot:
            found = await bot.get_chat(int(chat))
            return found.effective_name or chat
    except (BadRequest, Forbidden):
        return None
    except TelegramError as error:
        failure = start_failed(error)
    # Raised out here, so that the library's error, which holds the token, is not its context.
    raise failure
