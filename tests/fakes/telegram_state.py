"""What the stand-in for the Bot API remembers, and how a test waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from tests.fakes.telegram_shapes import Accepted
from tests.fakes.telegram_trouble import Trouble

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"

CALLER: ContextVar[str] = ContextVar("caller", default="")
"""Who makes the call that is being answered; each connection has a task of its own."""

PATIENCE = 10.0
"""Seconds after which a test that waits for the bot is told that nothing came."""


class State(Trouble):
    """One bot's Bot API, as far as it is remembered.

    ``delay`` is how long, in seconds, the answer to an accepted message takes. ``messages`` are
    those accepted, ``calls`` all method calls with their parameters, ``confirmed`` the presses
    that were confirmed, ``opened`` the links that presses were led to, and ``complaints`` what was
    refused because the bot called wrongly. ``administrators`` are (chat, person); ``names`` lead
    from ``@name`` to a chat's id. ``standings`` are the bot's own in chats, with whether it may
    post; where none is said it may, and an empty one is of a chat that it does not know.
    """

    def __init__(self, token: str | None, delay: float, log: Path | None) -> None:
        super().__init__()
        self._only = token
        self.token = token or TOKEN
        self.delay = delay
        self.messages: list[Accepted] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.confirmed: list[str] = []
        self.opened: list[str] = []
        self.administrators: set[tuple[int, int]] = set()
        self.names: dict[str, int] = {}
        self.standings: dict[int, tuple[str, bool]] = {}
        self.complaints: list[str] = []
        self._files: dict[str, bytes] = {}
        self._uploaded = b""
        self._log = log
        self._last_id = 0
        self._changed = asyncio.Condition()
        self._over = asyncio.Event()

    async def wait_for_messages(
        self, count: int, patience: float = PATIENCE
    ) -> tuple[Accepted, ...]:
        """Wait until so many messages were accepted. Raises TimeoutError."""
        await self.wait_until(lambda: len(self.messages) >= count, patience)
        return tuple(self.messages)

    async def wait_until(self, done: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait until a call brings about what is asked for. Raises TimeoutError."""
        async with asyncio.timeout(patience), self._changed:
            await self._changed.wait_for(done)

    @property
    def _bot_id(self) -> int:
        return int(self.token.partition(":")[0])

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()
