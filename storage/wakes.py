"""Waking who sends, in whatever process: PostgreSQL's NOTIFY, committed with the debt itself.

On SQLite all work is in one process, which wakes itself; there is nothing to listen to.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

CHANNEL: Final = "trialbell_owed"
_ANNOUNCE: Final = text("SELECT pg_notify(:channel, '')").bindparams(channel=CHANNEL)


async def announce(connection: AsyncConnection) -> None:
    """Let everybody who listens know, when this transaction commits, that something is owed."""
    if connection.dialect.name == "postgresql":
        await connection.execute(_ANNOUNCE)


class SqlWakes:
    """Implements ``bot.ports.wakes.Wakes`` over a connection of its own."""

    def __init__(self, url: URL) -> None:
        self._url = url

    async def listen(self, wake: Callable[[], None], stop: asyncio.Event) -> None:
        """Call ``wake`` at each announcement until ``stop``; a lost connection is made again.

        After each new connection ``wake`` is called once, for what was announced meanwhile.
        """
        if self._url.get_backend_name() != "postgresql":
            await stop.wait()
            return
        # The driver takes 10 MB of memory, which nobody on SQLite has to pay.
        from storage.listening import listen_for_ever  # noqa: PLC0415 - see above

        listening = asyncio.create_task(listen_for_ever(self._url, CHANNEL, wake))
        try:
            await stop.wait()
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening
