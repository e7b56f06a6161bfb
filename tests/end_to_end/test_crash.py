"""The real program is killed again and again, and nobody misses or is spared anything for it.

What arrived is judged by what the chat servers wrote down: they are processes of their own and
outlive the program. The moments of the kills are drawn at random; the seed is printed.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from adapters.ctgov.sandbox import SandboxServer
from tests.end_to_end import processes, town
from tests.end_to_end.house import house
from tests.end_to_end.processes import ANSWERS_AFTER, ChatServer, Process
from tests.end_to_end.town import Heard, Told

IN_FLIGHT = 20
"""Sends that each platform's messenger has under way at most."""

SETTLED_WITHIN = 5.0
"""Seconds from a platform's answer until it is written down, on a machine that is busy."""

DRAINED_WITHIN = 600.0
"""Seconds for what many kills left over: Telegram takes a message a second for a chat."""


class Kill(msgspec.Struct, frozen=True):
    """One kill: when (monotonic clock), amid what, and what was claimed in the database then."""

    at: float
    amid: str
    claimed: Counter[str]


class Killer:
    """Finds the moments: something that is heard, and then a while by chance."""

    def __init__(
        self,
        registry: SandboxServer,
        telegram: ChatServer,
        discord: ChatServer,
        database: Path,
        seed: int | None,
    ) -> None:
        self.seed = random.randrange(2**32) if seed is None else seed
        self._chance = random.Random(self.seed)
        self._registry = registry
        self._asked = asyncio.Event()
        self._servers = {"telegram": telegram, "discord": discord}
        self._database = database
        registry.fault = self._note

    def _note(self, request: object) -> None:
        """Hear of a request to the registry; it is answered as ever."""
        if getattr(request, "path", "").endswith("/studies"):
            self._asked.set()

    async def kill(self, program: Process, amid: str) -> Kill:
        """Kill it amid reading, or amid sending on one of the platforms."""
        chance = self._chance
        if amid == "reading":
            self._asked.clear()
            await asyncio.wait_for(self._asked.wait(), processes.PATIENCE)
            await asyncio.sleep(chance.uniform(0, 0.4))
        elif amid == "start":
            await program.logged("platform started")
            await asyncio.sleep(chance.uniform(0, 1.5))
        else:
            server = self._servers[amid]
            # No more than a day surely brings where most of it comes in digests.
            await server.took(server.count + chance.randint(1, 12))
            await asyncio.sleep(chance.uniform(0, ANSWERS_AFTER))
        assert not program.over, program.log_text()
        at = time.monotonic()
        await program.kill()
        return Kill(at, amid, claimed(self._database))


AMID = ("telegram", "reading", "discord", "start")


def claimed(database: Path) -> Counter[str]:
    """How many notices each platform's sender had taken and not settled."""
    return _counted(database, "state = 'claimed'")


def unsettled(database: Path) -> Counter[str]:
    """How many notices each platform owes still, or did not send."""
    return _counted(database, "state <> 'sent'")


def _counted(database: Path, condition: str) -> Counter[str]:
    query = f"""SELECT bots.platform, count(*) FROM notices
        JOIN bots ON bots.id = notices.bot_id WHERE {condition} GROUP BY bots.platform"""
    with closing(sqlite3.connect(database)) as connection:
        return Counter(dict(connection.execute(query).fetchall()))


def check_doubles(
    found: Iterable[tuple[Told, Told]], starts: Sequence[float], kills: Sequence[Kill]
) -> None:
    """Each double was in flight at a kill, and no kill made more of them than it had in flight.

    What arrives between a kill and the next start was still in the sockets' buffers.
    """
    made: Counter[int] = Counter()
    for once, again in found:
        assert once.platform == "telegram", "Discord drops a nonce that it has seen"
        lives = [bisect(starts, message.arrived) - 1 for message in (once, again)]
        assert lives[0] < lives[1], f"told twice by one process: {once} {again}"
        kill = kills[lives[0]]
        assert kill.at - once.arrived < ANSWERS_AFTER + SETTLED_WITHIN
        made[lives[0]] += 1
    for at, count in made.items():
        assert count <= min(kills[at].claimed["telegram"], IN_FLIGHT)


class Town:
    """The program's surroundings: they stay while it comes and goes."""

    def __init__(
        self, folder: Path, registry: SandboxServer, telegram: ChatServer, discord: ChatServer
    ) -> None:
        self.database = folder / "house.db"
        self.telegram, self.discord = telegram, discord
        self.heard = Heard(telegram, discord)
        self.kills: list[Kill] = []
        self.starts: list[float] = []
        self._folder = folder
        self._registry = registry
        self._day = 0

    async def start(self) -> Process:
        """A new data day, and the program."""
        self._registry.sandbox.step()
        self._day += 1
        self.starts.append(time.monotonic())
        return await processes.run_program(
            self._folder, f"sqlite:///{self.database}", self._registry, self.telegram, self.discord
        )

    async def follow(self) -> None:
        """Everybody follows, before the program runs for the first time."""
        async with house(self._registry, self._folder) as core:
            await town.follow_all(core)

    async def all_told(self) -> None:
        """Until everybody has heard of the present day."""
        await self.heard.all_told(self._day, DRAINED_WITHIN)

    def check(self) -> list[tuple[Told, Told]]:
        """Everything was told, nothing else, and no more doubles than there were in flight."""
        town.check_chains(self.heard.messages, self._day)
        assert not unsettled(self.database)
        found = town.doubles(self.heard.messages)
        check_doubles(found, self.starts, self.kills)
        told_again = {(once.chat, once.text) for once, _ in found}
        assert len(told_again) <= _counted(self.database, "possibly_double")["telegram"]
        return found


@pytest.mark.timeout(0)  # every wait has its own end, and how many there are is an option
async def test_no_kill_loses_or_invents_anything(
    tmp_path: Path, pytestconfig: pytest.Config, figures: Callable[[str], None]
) -> None:
    """Kill -9 amid reading and amid sending: all is told in the end, and little of it twice."""
    times, seed = pytestconfig.getoption("kills"), pytestconfig.getoption("kills_seed")
    async with (
        SandboxServer(town.sandbox(days=times + 1)) as registry,
        processes.telegram() as telegram,
        processes.discord() as discord,
    ):
        place = Town(tmp_path, registry, telegram, discord)
        await place.follow()
        killer = Killer(registry, telegram, discord, place.database, seed)
        figures(f"kills at moments of seed {killer.seed}")
        for at in range(times):
            async with await place.start() as program:
                place.kills.append(await killer.kill(program, AMID[at % len(AMID)]))
        async with await place.start() as program:
            await place.all_told()
            assert not program.log("standing by"), "nobody else can be there on SQLite"
            assert await program.terminate() == 0
    found = place.check()
    figures(summary(place.kills, place.heard.messages, found, discord))


def summary(
    kills: Sequence[Kill],
    messages: Sequence[Told],
    found: Sequence[tuple[Told, Told]],
    discord: ChatServer,
) -> str:
    """What happened, in figures."""
    amid = Counter(kill.amid for kill in kills)
    in_flight = sum((kill.claimed for kill in kills), Counter[str]())
    notices = Counter(message.platform for message in messages)
    dropped = sum("duplicate" in entry for entry in discord.entries)
    return (
        f"kills: {len(kills)} ({', '.join(f'{name} {n}' for name, n in amid.items())}); "
        f"in flight at them: {dict(in_flight)}; messages: {dict(notices)}; "
        f"doubles: telegram {len(found)}, discord 0 ({dropped} resends dropped by nonce)"
    )
