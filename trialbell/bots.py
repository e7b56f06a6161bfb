"""What can be asked of a token's bot before it is started: nothing is heard and nothing is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from adapters.discord.invite import invitation as invite_to_discord
from adapters.discord.platform import identify as identify_discord
from adapters.discord.reaching import reach as reach_on_discord
from adapters.telegram.advice import advise as advise_on_telegram
from adapters.telegram.platform import identify as identify_telegram
from adapters.telegram.reaching import reach as reach_on_telegram
from trialbell.clock import SystemClock
from trialbell.settings import Settings

IDENTIFY: dict[str, Callable[[Settings, str], Awaitable[str]]] = {
    "telegram": lambda settings, token: identify_telegram(token, settings.telegram_api_url),
    "discord": lambda settings, token: identify_discord(
        token, settings.discord_api_url, SystemClock()
    ),
}
"""Who a token's bot is, without hearing or sending anything."""


ADVISE: dict[str, Callable[[Settings, str], Awaitable[tuple[str, ...]]]] = {
    "telegram": lambda settings, token: advise_on_telegram(token, settings.telegram_api_url),
}
"""What should be set otherwise at the platform itself; not every platform has such a thing."""


async def _invite_telegram(settings: Settings, token: str) -> str:
    name = await identify_telegram(token, settings.telegram_api_url)
    return f"https://t.me/{name.removeprefix('@')}"


INVITE: dict[str, Callable[[Settings, str], Awaitable[str]]] = {
    "telegram": _invite_telegram,
    "discord": lambda settings, token: invite_to_discord(
        token, settings.discord_api_url, SystemClock()
    ),
}
"""Where people find a token's bot or take it into their server."""


REACH: dict[str, Callable[[Settings, str, str], Awaitable[str | None]]] = {
    "telegram": lambda settings, token, chat: reach_on_telegram(
        token, settings.telegram_api_url, chat
    ),
    "discord": lambda settings, token, chat: reach_on_discord(
        token, settings.discord_api_url, SystemClock(), chat
    ),
}
"""The name of a chat, or None where the bot does not see it and could not write there."""
