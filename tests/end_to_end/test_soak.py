"""The program at work for long: its memory stays flat, and nothing is left behind.

A data day follows the other as soon as the last is told, or after ``SHORTEST_DAY``; meanwhile a
person types. ``--soak 3600`` goes on for an hour.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import msgspec
import psutil
import pytest

from adapters.ctgov.sandbox import SandboxServer
from tests.end_to_end import processes, town
from tests.end_to_end.house import house
from tests.end_to_end.processes import ChatServer, Process
from tests.end_to_end.test_crash import unsettled
from tests.end_to_end.test_operating import scraped
from tests.end_to_end.town import Heard

SHORTEST_DAY = 5.0
"""Seconds: shorter days would be one to the program, which looks for a new one every second."""

DAILY_RECORDS = 1_920
"""Records that are new or updated on a usual working day: 170 and 1,750."""

WARM_UP = 0.25
"""The part of the soak after which the first measure of memory is taken as the usual one."""

FLAT = 8_000_000
"""Bytes by which the memory may have grown from the first quarter to the last, however long."""

LONG_ENOUGH = 30.0
"""Seconds from which on the number of open files says something: pools are full by then."""

TASKS_MORE = 3
"""Tasks that may be under way at the end of a day beyond those of the first: open requests."""

LEASE_SECONDS = 60
"""Longer than a machine that does much else lets a process wait: nobody else is there to take it,
and a lease that is lost is a warning."""

VISITOR = 5_699_000_001
LINES = ("/help", "/trial NCT00000007", "/search trial", "/following", "/nonsense", "/about")


class Sample(msgspec.Struct, frozen=True):
    """The program between two data days: bytes resident, tasks and descriptors."""

    at: float
    resident: int
    tasks: int
    files: int


class Soak:
    """A program at work, and what is measured of it."""

    def __init__(self, program: Process, registry: SandboxServer, telegram: ChatServer) -> None:
        self.samples: list[Sample] = []
        self._program = program
        self._registry = registry
        self._telegram = telegram
        self._lines = itertools.cycle(LINES)
        self._url = ""

    async def run(self, heard: Heard, seconds: float) -> int:
        """Day after day for so many seconds. Returns how many days it was."""
        self._url = (await self._program.logged("metrics served"))["url"]
        began = time.monotonic()
        for day in itertools.count(1):
            self._registry.sandbox.step()
            shortest = asyncio.create_task(asyncio.sleep(SHORTEST_DAY))
            await self._type()
            await heard.all_told(day)
            await shortest
            self.samples.append(await self._sample(time.monotonic() - began))
            if time.monotonic() - began >= seconds:
                return day
        raise AssertionError("days do not end")

    async def _type(self) -> None:
        said = {"chat_id": VISITOR, "text": next(self._lines)}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self._telegram.url}/type", json=said) as answer,
        ):
            assert answer.status == 200, await answer.text()

    async def _sample(self, at: float) -> Sample:
        seen = psutil.Process(self._program.pid)
        metrics = await scraped(self._url)
        return Sample(at, seen.memory_info().rss, int(metrics["trialbell_tasks",]), seen.num_fds())


def quarters(samples: list[Sample], of: Callable[[Sample], float]) -> tuple[float, float]:
    """The medians of what was measured in the quarter after the warm-up, and in the last one."""
    end = samples[-1].at
    first = [of(one) for one in samples if WARM_UP * end <= one.at <= 2 * WARM_UP * end]
    last = [of(one) for one in samples if one.at >= (1 - WARM_UP) * end]
    return median(first or [of(samples[0])]), median(last)


@asynccontextmanager
async def at_work(folder: Path, days: int) -> AsyncIterator[tuple[Soak, Heard]]:
    """The program on SQLite with both platforms, a town of followers and so many days to come."""
    async with (
        SandboxServer(town.sandbox(days)) as registry,
        processes.telegram() as telegram,
        processes.discord() as discord,
    ):
        async with house(registry, folder) as core:
            await town.follow_all(core)
        url = f"sqlite:///{folder / 'house.db'}"
        async with await processes.run_program(
            folder,
            url,
            registry,
            telegram,
            discord,
            fresh=True,
            TRIALBELL_METRICS_PORT="0",
            TRIALBELL_LEASE_SECONDS=str(LEASE_SECONDS),
        ) as program:
            yield Soak(program, registry, telegram), Heard(telegram, discord, strangers=(VISITOR,))
            check_log(program)
            assert await program.terminate() == 0, program.log_text()


def check_log(program: Process) -> None:
    """Nothing that anybody would have to look at."""
    lines: list[dict[str, Any]] = [msgspec.json.decode(line) for line in program.errors]
    assert [line for line in lines if line["level"] not in ("debug", "info")] == []


@pytest.mark.timeout(0)  # every wait has its own end, and how long it goes on is an option
async def test_at_work_for_long_it_grows_in_nothing(
    folder: Path, pytestconfig: pytest.Config, figures: Callable[[str], None]
) -> None:
    """Memory, tasks and open files stay, no line warns, and everything is told once."""
    seconds: float = pytestconfig.getoption("soak")
    async with at_work(folder, days=int(seconds / SHORTEST_DAY) + 2) as (soak, heard):
        days = await soak.run(heard, seconds)
        figures(summary(soak.samples, days, len(heard.messages)))
    town.check_chains(heard.messages, days)
    assert town.doubles(heard.messages) == []
    assert unsettled(folder / "house.db") == {}
    memory, tasks, files = (
        quarters(soak.samples, of)
        for of in (lambda one: one.resident, lambda one: one.tasks, lambda one: one.files)
    )
    assert memory[1] - memory[0] < FLAT
    assert tasks[1] - tasks[0] <= TASKS_MORE
    if seconds >= LONG_ENOUGH:  # before that, connections are opened still
        assert files[1] - files[0] <= TASKS_MORE


def summary(samples: list[Sample], days: int, messages: int) -> str:
    """What happened, in figures."""
    took = samples[-1].at
    load = days * town.TRIALS / DAILY_RECORDS
    memory = quarters(samples, lambda one: one.resident / 1e6)
    tasks, files = (
        quarters(samples, lambda one: one.tasks),
        quarters(samples, lambda one: one.files),
    )
    return (
        f"{days} data days in {took:.0f} s, {messages} messages; the records of {load:.1f} working "
        f"days ({load * 86_400 / took:.0f} times the daily load); memory {memory[0]:.1f} -> "
        f"{memory[1]:.1f} MB, tasks {tasks[0]:.0f} -> {tasks[1]:.0f}, files {files[0]:.0f} -> "
        f"{files[1]:.0f}"
    )
