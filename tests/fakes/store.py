"""A real store whose calls fail, wait or lose their answer as they are told."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from bot.ports.absorbing import Absorbing
from bot.ports.store import Store


class ShakyStore:
    """Hands everything on to a store, by default; methods are named without their aggregate.

    ``before`` holds errors that are raised, one a call, in place of the call; ``after`` those that
    are raised when it is done, as where a commit's answer is lost. A call waits for its ``gate``.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.before: defaultdict[str, deque[Exception]] = defaultdict(deque)
        self.after: defaultdict[str, deque[Exception]] = defaultdict(deque)
        self.gates: dict[str, asyncio.Event] = {}
        self.calls: Counter[str] = Counter()
        self._called = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        return _Shaky(self, found) if name in _AGGREGATES else found

    def absorbing(self) -> AbstractAsyncContextManager[Absorbing]:
        """The transaction of a change, which may fail to begin."""
        if self.before["absorbing"]:
            raise self.before["absorbing"].popleft()
        return self._store.absorbing()

    def note_call(self) -> None:
        """Wake who waits for calls."""
        self._called.set()

    async def until_called(self, name: str, times: int) -> None:
        """Until so many calls of this method began in all."""
        while self.calls[name] < times:
            self._called.clear()
            await self._called.wait()


_AGGREGATES = frozenset({"studies", "readings", "chats", "notices", "leases", "waits"})


class _Shaky:
    def __init__(self, store: ShakyStore, aggregate: object) -> None:
        self._store = store
        self._aggregate = aggregate

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        store, method = self._store, getattr(self._aggregate, name)

        async def call(*args: Any, **kwargs: Any) -> Any:
            store.calls[name] += 1
            store.note_call()
            if name in store.gates:
                await store.gates[name].wait()
            if store.before[name]:
                raise store.before[name].popleft()
            answer = await method(*args, **kwargs)
            if store.after[name]:
                raise store.after[name].popleft()
            return answer

        return call
