"""Where a message goes: a chat on a platform, as one bot (token) of ours knows it."""

from __future__ import annotations

import msgspec


class Address(msgspec.Struct, frozen=True, order=True):
    """One chat, and the topic or thread in it where there is one.

    ``bot`` is the platform's own id of the bot account, because the same chat can hold two bots.
    ``chat`` and ``thread`` are the platform's ids as text: they pass 2**53 on Discord and are
    negative for Telegram groups, and nobody calculates with them.
    """

    platform: str
    bot: str
    chat: str
    thread: str | None = None

    def __repr__(self) -> str:
        """Name the platform only: a chat id beside a condition must not reach a log."""
        return f"<Address on {self.platform}>"

    __str__ = __repr__
