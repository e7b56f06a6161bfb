"""Several callers' small writes in one transaction: they share its commit, the dearest part.

Whoever writes while another commits joins the next transaction. Each caller returns when its own
write is committed and not before, and hears of its own failure only; so to each of them it is as if
it had a transaction of its own.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports.store_errors import StoreError, StoreUnavailable
from storage.engine import Database

Work = Callable[[AsyncConnection], Awaitable[None]]
"""Writes of one caller. What it raises before it wrote anything is its caller's alone."""

_Waiting = tuple[Work, asyncio.Future[None]]

MOST: Final = 100
"""Writes in one transaction, so that the last of them need not wait for long."""


class Grouping:
    """Runs the writes of concurrent callers together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[_Waiting] = deque()
        self._running: asyncio.Task[None] | None = None

    async def write(self, work: Work) -> None:
        """Do this in a transaction, and return when it is committed.

        Raises what ``work`` raises, StoreUnavailable and StoreError. A caller that is cancelled
        does not know whether it was written.
        """
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._running is None or self._running.done():
            # A task of its own: no caller's cancellation may take the others' writes with it.
            self._running = asyncio.create_task(self._run())
        await done

    async def _run(self) -> None:
        while self._waiting:
            taken: list[_Waiting] = []
            try:
                await self._commit(taken)
            except StoreUnavailable as error:
                _fail(taken or self._take(), error)
            except Exception as error:  # noqa: BLE001 - whatever it is, its caller is to hear of it
                if len(taken) <= 1:
                    _fail(taken or self._take(), error)
                else:
                    await self._one_by_one(taken)
            except BaseException as error:  # the loop ends: nobody is left waiting
                _fail([*taken, *self._waiting], error)
                raise

    async def _one_by_one(self, taken: list[_Waiting]) -> None:
        """The database refused one of them and with it all: only that one is to hear of it."""
        for one in taken:
            try:
                await self._commit([], one)
            except Exception as error:  # noqa: BLE001 - as above
                _fail([one], error)

    async def _commit(self, taken: list[_Waiting], *these: _Waiting) -> None:
        """Run and commit these, or all that wait once it is their turn, which ``taken`` is told."""
        failed: dict[int, Exception] = {}
        async with self._database.write() as connection:
            taken += these or self._take()
            for at, (work, _) in enumerate(taken):
                try:
                    await work(connection)
                except StoreError as error:
                    failed[at] = error
        for at, (_, done) in enumerate(taken):
            if not done.done():
                if at in failed:
                    done.set_exception(failed[at])
                else:
                    done.set_result(None)

    def _take(self) -> list[_Waiting]:
        return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]


def _fail(these: list[_Waiting], error: BaseException) -> None:
    for _, done in these:
        if not done.done():
            done.set_exception(error)
