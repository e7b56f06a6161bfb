"""Whom a 429 concerns: Telegram does not say whether it is the chat or the whole bot."""

from __future__ import annotations

from bot.domain.outcome import Scope

ONE_CAUSE = 60.0
"""Seconds within which refusals for several chats are taken for one of the whole token."""

KNOWN_FOR = 3600.0
"""Seconds for which a chat that was refused is known for it."""

GROUPS = 5
"""So many groups refused within a minute are taken for the token, where no private chat was: each
of them can have a slow mode, which anybody sets in a group of their own."""


class Refusals:
    """Tells a chat that is slow, by a group's slow mode or a flood of its own, from a slow token.

    A second chat's refusal within a minute is the token's, if one of the two is a private chat; of
    groups alone it takes more, and then everybody waits for a minute at most. A chat that was
    refused before lately never stops the others: its refusal is its own.
    """

    def __init__(self) -> None:
        self._refused: dict[str, float] = {}

    def judge(self, chat: str, seconds: float, now: float) -> tuple[Scope, float]:
        """Who has to wait, and for how long, after Telegram asked for it in this chat."""
        self._refused = {c: at for c, at in self._refused.items() if now - at < KNOWN_FOR}
        known = chat in self._refused
        self._refused[chat] = now
        if known:
            return Scope.CHAT, seconds
        lately = [c for c, at in self._refused.items() if now - at <= ONE_CAUSE]
        if len(lately) > 1 and not all(map(_is_group, lately)):
            return Scope.TOKEN, seconds
        if len(lately) >= GROUPS:
            return Scope.TOKEN, min(seconds, ONE_CAUSE)
        return Scope.CHAT, seconds


def _is_group(chat: str) -> bool:
    return chat.startswith("-")
