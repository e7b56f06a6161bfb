"""What the operator should turn on or off with BotFather: no bot can do it by itself."""

from __future__ import annotations

from adapters.telegram.platform import me
from bot.domain.words import say


async def advise(token: str, api_url: str) -> tuple[str, ...]:
    """A sentence for each setting of the token's bot that is not as it should be.

    Raises StartFailed.
    """
    bot = await me(token, api_url)
    said = []
    if not bot.supports_inline_queries:
        said.append(say("advice.telegram.inline"))
    if bot.can_read_all_group_messages:
        said.append(say("advice.telegram.privacy"))
    return tuple(said)
