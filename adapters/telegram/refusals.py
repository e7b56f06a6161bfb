"""Whom a 429 concerns: Telegram does not say whether it is the chat or the whole bot."""

from __future__ import annotations

from bot.domain.outcome import Scope

ONE_CAUSE = 60.0
"""Seconds within which refusals for two chats are taken for one of the whole token."""

KNOWN_FOR = 3600.0
"""Seconds for which a chat that was refused is known for it."""


class Refusals:
    """Tells a chat that is slow, by a group's slow mode or a flood of its own, from a slow token.

    A second chat's refusal within a minute is the token's. A chat that was refused before lately
    never stops the others: its refusal is its own.
    """

    def __init__(self) -> None:
        self._refused: dict[str, float] = {}
        self._last: tuple[str, float] | None = None

    def scope(self, chat: str, now: float) -> Scope:
        """Who has to wait after Telegram asked for it in this chat."""
        self._refused = {c: at for c, at in self._refused.items() if now - at < KNOWN_FOR}
        known, last = chat in self._refused, self._last
        self._refused[chat] = now
        if known:
            return Scope.CHAT
        self._last = (chat, now)
        if last is None or last[0] == chat or now - last[1] > ONE_CAUSE:
            return Scope.CHAT
        return Scope.TOKEN
