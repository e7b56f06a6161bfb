"""Whether a database can be spoken to, before anything is kept in it."""

from __future__ import annotations

import asyncio
from typing import Final

from sqlalchemy import literal, select

from bot.ports.store_errors import StoreUnavailable
from storage.engine import make_engine
from storage.errors import translated

PATIENCE: Final = 15.0
"""Seconds until a server that says nothing is taken to be away."""


async def try_database(url: str) -> None:
    """Connect and ask one thing; an SQLite file is made. Raises StoreUnavailable, StoreError."""
    engine = make_engine(url)
    try:
        with translated():
            async with asyncio.timeout(PATIENCE), engine.connect() as connection:
                await connection.execute(select(literal(1)))
    except TimeoutError:
        raise StoreUnavailable("the database does not answer") from None
    finally:
        await engine.dispose()
