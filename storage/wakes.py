"""Waking who sends, in whatever process: PostgreSQL's NOTIFY, committed with the debt itself.

On SQLite all work is in one process, which wakes itself; there is nothing to listen to.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

import psycopg
import structlog
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

_CHANNEL: Final = "trialbell_owed"
_ANNOUNCE: Final = text("SELECT pg_notify(:channel, '')").bindparams(channel=_CHANNEL)
_AGAIN_SECONDS: Final = 2.0
"""Between tries to listen again where the connection was lost."""

log = structlog.get_logger()


async def announce(connection: AsyncConnection) -> None:
    """Let everybody who listens know, when this transaction commits, that something is owed."""
    if connection.dialect.name == "postgresql":
        await connection.execute(_ANNOUNCE)


class SqlWakes:
    """Implements ``bot.ports.store.Wakes`` over a connection of its own."""

    def __init__(self, url: URL) -> None:
        self._url = url

    async def listen(self, wake: Callable[[], None], stop: asyncio.Event) -> None:
        """Call ``wake`` at each announcement until ``stop``; a lost connection is made again.

        After each new connection ``wake`` is called once, for what was announced meanwhile.
        """
        if self._url.get_backend_name() != "postgresql":
            await stop.wait()
            return
        listening = asyncio.create_task(self._listen_for_ever(wake))
        try:
            await stop.wait()
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening

    async def _listen_for_ever(self, wake: Callable[[], None]) -> None:
        deaf = False
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute(f"LISTEN {_CHANNEL}")
                    if deaf:
                        log.info("listening for debts again")
                        deaf = False
                    wake()
                    async for _ in connection.notifies():
                        wake()
            except psycopg.Error as error:
                if not deaf:
                    log.warning("not listening for debts", why=type(error).__name__)
                    deaf = True
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _connect(self) -> psycopg.AsyncConnection:
        plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        return await psycopg.AsyncConnection.connect(
            plain, autocommit=True, application_name="trialbell", keepalives_idle=30
        )
