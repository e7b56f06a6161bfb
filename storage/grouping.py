"""Several callers' small writes in one transaction: they share its commit, the dearest part.

Whoever writes while another commits joins the next transaction. Each caller returns when its own
write is committed and not before, and hears of its own failure only; so to each of them it is as if
it had a transaction of its own. What is alike is written by one statement for all of them.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Hashable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports.store_errors import StoreError, StoreUnavailable
from storage.engine import Database

Work = Callable[[AsyncConnection], Awaitable[None]]
"""Writes of one caller. What it raises before it wrote anything is its caller's alone."""

Alike = TypeVar("Alike", bound=Hashable)

AtOnce = Callable[[AsyncConnection, Sequence[Alike]], Awaitable[Collection[Alike]]]
"""Writes all of these by one statement. Returns those that it wrote; of the others nothing is."""

MOST: Final = 100
"""Writes in one transaction, so that the last of them need not wait for long."""


class _Waiting(NamedTuple, Generic[Alike]):
    work: Work
    alike: Alike | None
    done: asyncio.Future[None]


class Grouping(Generic[Alike]):
    """Runs the writes of concurrent callers together."""

    def __init__(self, database: Database, at_once: AtOnce[Alike] | None = None) -> None:
        self._database = database
        self._at_once = at_once
        self._waiting: deque[_Waiting[Alike]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def write(self, work: Work, alike: Alike | None = None) -> None:
        """Do this in a transaction, and return when it is committed.

        What is ``alike`` need not be done by itself, if it can be written at once with its like.
        Raises what ``work`` raises, StoreUnavailable and StoreError. A caller that is cancelled
        does not know whether it was written.
        """
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(work, alike, done))
        if self._running is None or self._running.done():
            # A task of its own: no caller's cancellation may take the others' writes with it.
            self._running = asyncio.create_task(self._run())
        await done

    async def _run(self) -> None:
        while self._waiting:
            taken: list[_Waiting[Alike]] = []
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

    async def _one_by_one(self, taken: list[_Waiting[Alike]]) -> None:
        """The database refused one of them and with it all: only that one is to hear of it."""
        for one in taken:
            try:
                await self._commit([], one)
            except Exception as error:  # noqa: BLE001 - as above
                _fail([one], error)

    async def _commit(self, taken: list[_Waiting[Alike]], *these: _Waiting[Alike]) -> None:
        """Run and commit these, or all that wait once it is their turn, which ``taken`` is told."""
        failed: dict[int, Exception] = {}
        async with self._database.write() as connection:
            taken += these or self._take()
            written = await self._alike(connection, taken)
            for at, one in enumerate(taken):
                if one.alike in written:
                    continue
                try:
                    await one.work(connection)
                except StoreError as error:
                    failed[at] = error
        for at, one in enumerate(taken):
            if not one.done.done():
                if at in failed:
                    one.done.set_exception(failed[at])
                else:
                    one.done.set_result(None)

    async def _alike(
        self, connection: AsyncConnection, taken: Sequence[_Waiting[Alike]]
    ) -> Collection[Alike | None]:
        alike = [one.alike for one in taken if one.alike is not None]
        return await self._at_once(connection, alike) if self._at_once and alike else ()

    def _take(self) -> list[_Waiting[Alike]]:
        return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]


def _fail(these: Sequence[_Waiting[Alike]], error: BaseException) -> None:
    for one in these:
        if not one.done.done():
            one.done.set_exception(error)
