"""Bringing a database to this release's tables, by one process at a time."""

from __future__ import annotations

from storage.engine import make_engine
from storage.errors import translated
from storage.resting import put_right
from storage.schema import is_current


async def migrate(url: str) -> None:
    """Run all migrations that are missing, in one transaction. Raises StoreUnavailable, StoreError.

    What processes of an earlier release wrote beside this one's is put right with them.

    Of two processes that start together one waits for the other and then finds nothing to do: on
    PostgreSQL by a lock that ends with the transaction, on SQLite by the write lock that every
    transaction of ours begins with.
    """
    engine = make_engine(url)
    try:
        with translated():
            async with engine.begin() as connection:
                if not await connection.run_sync(is_current):
                    # Alembic takes 10 MB of memory, which is spared where there is nothing to run.
                    from storage.upgrade import upgrade  # noqa: PLC0415 - see above

                    await connection.run_sync(upgrade)
                await put_right(connection)
    finally:
        await engine.dispose()
