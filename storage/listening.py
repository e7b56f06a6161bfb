"""Listening on PostgreSQL, over a connection that is made again whenever it is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

import psycopg
import structlog
from psycopg import sql
from sqlalchemy.engine import URL

_AGAIN_SECONDS: Final = 2.0
"""Between tries to listen again where the connection was lost."""

log = structlog.get_logger()


async def listen_for_ever(url: URL, channel: str, wake: Callable[[], None]) -> None:
    """Call ``wake`` at each notification, and once after each new connection."""
    deaf = False
    while True:
        try:
            async with await _connect(url) as connection:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
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


async def _connect(url: URL) -> psycopg.AsyncConnection:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return await psycopg.AsyncConnection.connect(
        plain, autocommit=True, application_name="trialbell", keepalives_idle=30
    )
