"""Who waits for a turn: a lane for each chat, and the lanes in the order in which they may go.

Every step takes time that grows with the logarithm of how many wait.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Iterator

from adapters.telegram.windows import Windows
from bot.domain.precedence import Precedence

FORGET_AT = 2000
"""Chats remembered before those are dropped whose windows are over: some 2 MB at most."""

ONE_IN = 10
"""Of so many turns one is a notice's, where any can go, however many answers wait."""


class Waiter:
    """Somebody who waits for a turn in a chat. ``patience`` is in seconds of a pause."""

    def __init__(self, chat: str, precedence: Precedence, patience: float, ticket: int) -> None:
        self.chat = chat
        self.precedence = precedence
        self.patience = patience
        self.ticket = ticket
        self.turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Lane:
    """One chat: what limits it, and who waits there, answers ahead of notices."""

    def __init__(self, chat: str) -> None:
        self.chat = chat
        self.windows = Windows(chat)
        self.noted: int | None = None
        """The ticket under which it is noted as ready."""
        self.rests_until: float | None = None
        self._waiting: tuple[deque[Waiter], ...] = tuple(deque() for _ in Precedence)

    def __len__(self) -> int:
        return sum(len(queue) for queue in self._waiting)

    def __iter__(self) -> Iterator[Waiter]:
        return itertools.chain(*self._waiting)

    def join(self, waiter: Waiter) -> None:
        """One more waits here."""
        self._waiting[waiter.precedence].append(waiter)

    def first(self) -> Waiter | None:
        """Who goes next; whoever gave up waiting is let go."""
        for queue in self._waiting:
            while queue and queue[0].turn.done():
                queue.popleft()
            if queue:
                return queue[0]
        return None

    def leave(self, waiter: Waiter) -> None:
        """The first of its kind has its turn."""
        self._waiting[waiter.precedence].popleft()


class Lanes:
    """All chats. A lane is ready, or rests until a moment, or hangs on what is pending there."""

    def __init__(self) -> None:
        self._lanes: dict[str, Lane] = {}
        self._ready: tuple[list[tuple[int, str]], ...] = tuple([] for _ in Precedence)
        self._resting: list[tuple[float, str]] = []
        self._tickets = itertools.count()
        self._answers = 0
        """How many answers in a row had their turns."""
        self._forget_at = FORGET_AT

    def __len__(self) -> int:
        return len(self._lanes)

    def __iter__(self) -> Iterator[Lane]:
        return iter(self._lanes.values())

    def of(self, chat: str, now: float) -> Lane:
        """The lane of this chat."""
        lane = self._lanes.get(chat)
        if lane is None:
            if len(self._lanes) >= self._forget_at:
                self._forget(now)
            lane = self._lanes[chat] = Lane(chat)
        return lane

    def join(self, chat: str, precedence: Precedence, patience: float, now: float) -> Waiter:
        """Begin to wait for a turn in this chat."""
        lane = self.of(chat, now)
        waiter = Waiter(chat, precedence, patience, next(self._tickets))
        lane.join(waiter)
        self.place(lane, now)
        return waiter

    def place(self, lane: Lane, now: float) -> None:
        """Note when the first of this lane can go; a note that no longer holds is passed over."""
        first, free_at = lane.first(), lane.windows.free_at(now)
        if first is None or free_at is None:
            return
        if free_at > now:
            if lane.rests_until != free_at:
                lane.rests_until = free_at
                heapq.heappush(self._resting, (free_at, lane.chat))
        elif lane.noted != first.ticket:
            lane.noted = first.ticket
            heapq.heappush(self._ready[first.precedence], (first.ticket, lane.chat))

    def next(self, now: float, *, notices: bool) -> Waiter | None:
        """Who goes next of those whose chat is free; ``notices`` says whether it is time for one.

        It always is after many answers in a row.
        """
        self._end_rests(now)
        kinds: list[Precedence] = sorted(Precedence)
        if self._answers >= ONE_IN - 1:
            kinds.reverse()
        elif not notices:
            kinds.remove(Precedence.NOTICE)
        for kind in kinds:
            waiter = self._first_ready(kind, now)
            if waiter is not None:
                return waiter
        return None

    def go(self, waiter: Waiter) -> Lane:
        """This one has its turn."""
        lane = self._lanes[waiter.chat]
        lane.leave(waiter)
        heapq.heappop(self._ready[waiter.precedence])
        lane.noted = None
        self._answers = self._answers + 1 if waiter.precedence is Precedence.ANSWER else 0
        return lane

    def rested_at(self) -> float | None:
        """When the first lane has rested; None where none rests."""
        return self._resting[0][0] if self._resting else None

    def notice_ready(self) -> bool:
        """Whether a notice could go, as far as its chat is concerned."""
        return bool(self._ready[Precedence.NOTICE])

    def _first_ready(self, kind: Precedence, now: float) -> Waiter | None:
        ready = self._ready[kind]
        while ready:
            ticket, chat = ready[0]
            lane = self._lanes.get(chat)
            first = lane.first() if lane is not None else None
            if lane is not None and first is not None and first.ticket == ticket:
                free_at = lane.windows.free_at(now)
                if free_at is not None and free_at <= now:
                    return first
            heapq.heappop(ready)
            # It gave up, or an answer went ahead, or the chat rests: what holds now is noted anew.
            if lane is not None:
                lane.noted = None if lane.noted == ticket else lane.noted
                self.place(lane, now)
        return None

    def _end_rests(self, now: float) -> None:
        while self._resting and self._resting[0][0] <= now:
            until, chat = heapq.heappop(self._resting)
            lane = self._lanes.get(chat)
            if lane is not None:
                lane.rests_until = None if lane.rests_until == until else lane.rests_until
                self.place(lane, now)

    def _forget(self, now: float) -> None:
        for chat in [c for c, lane in self._lanes.items() if not lane and lane.windows.over(now)]:
            del self._lanes[chat]
        self._forget_at = max(FORGET_AT, 2 * len(self._lanes))
