"""Three Trialbells on one database, and somebody who kills and freezes them at random."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from types import TracebackType
from typing import Self

import msgspec

from tests.end_to_end.processes import PATIENCE, Process

SEATS = ("a", "b", "c")
RIGHTS = {"read": "reading", "send:telegram": "telegram", "send:discord": "discord"}
"""What one process does at a time, by how its lease is called."""

AWAKE_AFTER = 1.0
"""Seconds in which a process that was frozen finds out what it has lost."""

FROZEN = (1.0, 3.0)
"""Seconds that a process stands still beyond its lease."""

PAUSE = (0.1, 0.6)
"""Lengths of a lease from one blow to the next."""

ONSET = 0.3
"""Seconds after it is heard that something goes on, within which it is struck at."""

Start = Callable[[str], Awaitable[Process]]
Claimed = Callable[[], Counter[str]]


class Tenure(msgspec.Struct, frozen=True):
    """That a process had a right, by its own log, from a moment on (monotonic clock)."""

    since: float
    right: str
    life: str
    fence: int


class Blow(msgspec.Struct, frozen=True):
    """One kill or freeze: whom, when, what it held, and how much was claimed then by platform."""

    at: float
    life: str
    frozen: bool
    held: frozenset[str]
    claimed: Counter[str]


class Life:
    """One process from its start to its end. Its name says in which seat, and the how manieth."""

    def __init__(self, name: str, process: Process) -> None:
        self.name = name
        self.process = process
        self.standing = False
        """Whether it is frozen now."""

    def tenures(self) -> list[Tenure]:
        """Each time that it took a lease."""
        return [
            Tenure(_moment(line["timestamp"]), _right(line["lease"]), self.name, line["fence"])
            for line in self.process.log("lease held")
        ]


class Trio:
    """Three processes of which those that are killed are started again, while it is open.

    ``start`` starts a process of this name, ``claimed`` looks into the database; ``lease`` is how
    many seconds their leases last.
    """

    def __init__(self, start: Start, claimed: Claimed, chance: random.Random, lease: float) -> None:
        self.lives: list[Life] = []
        self.blows: list[Blow] = []
        self._chance = chance
        self._start = start
        self._claimed = claimed
        self._lease = lease
        self._up: dict[str, Life] = {}
        self._changed = asyncio.Condition()
        self._later: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await asyncio.gather(*(self._seat(seat) for seat in SEATS))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self._later:
            task.cancel()
        await asyncio.gather(*self._later, return_exceptions=True)
        await asyncio.gather(*(life.process.kill() for life in self.lives))

    async def strike(self, at_right: str, heard: Callable[[], Awaitable[None]]) -> Blow:
        """After a while, and once something is ``heard``, kill or freeze one; who has the right.

        At least one other is up and about then: three machines that fail at once need no standby.
        Where nobody has the right at this moment, it strikes anybody.
        """
        chance = self._chance
        await asyncio.sleep(self._lease * chance.uniform(*PAUSE))
        await heard()
        await asyncio.sleep(chance.uniform(0, ONSET))
        await self._until(lambda: len(self._about()) > 1)
        about, holders = self._about(), {one.right: one.life for one in self.tenures()}
        life = chance.choice([one for one in about if holders.get(at_right) == one.name] or about)
        held = frozenset(right for right, holder in holders.items() if holder == life.name)
        freeze = len(self.blows) % 2 == 1
        at = time.monotonic()
        if freeze:
            life.process.freeze()
            life.standing = True
            self._do_later(self._thaw(life, self._lease + chance.uniform(*FROZEN)))
        else:
            del self._up[life.name[0]]
            await life.process.kill()
            self._do_later(self._seat(life.name[0]))
        claimed = await asyncio.to_thread(self._claimed)
        self.blows.append(Blow(at, life.name, freeze, held, claimed))
        return self.blows[-1]

    async def whole(self) -> None:
        """Until all three are up again, and none is frozen."""
        await self._until(lambda: len(self._about()) == len(SEATS))

    async def end(self) -> list[int]:
        """Ask all three to stop; their exit codes."""
        return await asyncio.gather(*(life.process.terminate() for life in self._up.values()))

    def tenures(self) -> list[Tenure]:
        """Who had which right, in the order of the fences.

        Not by the log alone: who is frozen right after it took a lease says so when it wakes.
        """
        return sorted((one for life in self.lives for one in life.tenures()), key=_fence)

    def _about(self) -> list[Life]:
        for task in self._later:
            if task.done():
                task.result()
        return [life for life in self._up.values() if not (life.standing or life.process.over)]

    async def _until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(done)

    def _do_later(self, doing: Awaitable[None]) -> None:
        self._later.add(asyncio.ensure_future(doing))

    async def _seat(self, seat: str) -> None:
        """Start one there, and let it be struck at once it is up."""
        name = f"{seat}{sum(life.name[0] == seat for life in self.lives)}"
        life = Life(name, await self._start(name))
        self.lives.append(life)
        await life.process.logged("started")
        async with self._changed:
            self._up[seat] = life
            self._changed.notify_all()

    async def _thaw(self, life: Life, seconds: float) -> None:
        await asyncio.sleep(seconds)
        life.process.thaw()
        await asyncio.sleep(AWAKE_AFTER)
        async with self._changed:
            life.standing = False
            self._changed.notify_all()


def _fence(tenure: Tenure) -> int:
    return tenure.fence


def _right(lease: str) -> str:
    return next(right for name, right in RIGHTS.items() if lease.startswith(name))


def _moment(timestamp: str) -> float:
    """A log's time on this machine's monotonic clock."""
    return datetime.fromisoformat(timestamp).timestamp() - (time.time() - time.monotonic())
