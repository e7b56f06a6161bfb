"""The services over a sandbox on a real socket and an SQLite file, in one hand."""

from __future__ import annotations

import copy
import random
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from adapters.ctgov.parse import parse
from adapters.ctgov.registry import CtgovRegistry
from adapters.ctgov.sandbox import Sandbox, SandboxServer
from adapters.ctgov.sandbox.days import Day, from_records
from bot.domain.address import Address
from bot.domain.mass import DEFAULT_LIMITS
from bot.domain.message import Message
from bot.domain.retry import RetryPolicy
from bot.domain.study import CTGOV
from bot.ports.clock import Clock
from bot.services.breaker import Breaker
from storage.store import SqlStore
from tests.end_to_end.house import send_all
from tests.fakes.clock import HeldClock
from tests.fakes.ctgov import HurriedClock
from tests.fakes.messenger import RecordingMessenger
from tests.records import record
from tests.studies import SECRET
from trialbell.settings import Settings
from trialbell.wiring import Core

FIRST = date(2026, 3, 2)
LONG_AGO = date(2026, 1, 5)
"""An update that no reading by date looks back to."""

YOU = Address("terminal", "local", "you")
OTHER = Address("terminal", "local", "other")

Raw = dict[str, Any]


def day(number: int) -> date:
    """The data day so many days after the first."""
    return FIRST + timedelta(days=number)


class Refreshing(Sandbox):
    """Each step is a new processing of the data; several may be of one data day."""

    def __init__(self, *steps: tuple[int, Sequence[Raw]]) -> None:
        self._step = -1
        data_days: list[Day] = []
        for number, records in steps:
            data_days.extend(from_records({day(number): records}))
        super().__init__(data_days)

    def step(self) -> bool:
        """To the next processing."""
        moved = super().step()
        self._step += moved
        return moved

    @property
    def data_timestamp(self) -> str:
        """Later by a minute with each step."""
        return f"{self.day}T09:{self._step:02}:06"


@asynccontextmanager
async def house(
    file: Path | str, *steps: Sequence[Raw] | tuple[int, Sequence[Raw]], clock: Clock | None = None
) -> AsyncIterator[tuple[SandboxServer, Core]]:
    """A core over a sandbox of these days, each a day after the one before unless it is numbered.

    ``file`` is of an SQLite database, or the URL of any.

    The registry's own waits pass at once; the services' time stands still unless ``clock`` moves.
    """
    numbered = [
        one if isinstance(one, tuple) else (number, one) for number, one in enumerate(steps)
    ]
    async with SandboxServer(Refreshing(*numbered)) as server, core(server, file, clock) as made:
        yield server, made


@asynccontextmanager
async def core(
    server: SandboxServer, file: Path | str, clock: Clock | None = None
) -> AsyncIterator[Core]:
    """A core over a running sandbox and a migrated database."""
    url = file if isinstance(file, str) else f"sqlite:///{file}"
    settings = Settings(_env_file=None, registry_url=server.url, secret_key=SecretStr("x" * 40))
    store = await SqlStore.open(url, SECRET, parsers={CTGOV: parse})
    registry = CtgovRegistry(
        server.url,
        rate=1000,
        clock=HurriedClock(),
        random=random.Random(7),
        retry=RetryPolicy(first=1, longest=1, tries=2),
    )
    try:
        yield Core(settings, store, registry, clock or HeldClock(), random.Random(7))
    finally:
        await registry.close()
        await store.close()


async def read(made: Core) -> Any:
    """One reading that succeeds."""
    reading = await made.reader.look()
    assert reading is not None
    return reading


async def let_go(made: Core, data_day: date) -> int:
    """What was taken in by pages is owed, as at the end of a reading."""
    return await Breaker(made.store, made.clock, DEFAULT_LIMITS).let_go(data_day, 0)


async def next_day(server: SandboxServer, made: Core) -> Any:
    """The data move, and are read."""
    assert server.sandbox.step()
    return await read(made)


def mend(server: SandboxServer, made: Core) -> None:
    """The registry answers again, and is asked again: its client's own waits are over."""
    server.fault = None
    assert isinstance(made.registry, CtgovRegistry)
    clock = made.registry._client._clock
    assert isinstance(clock, HurriedClock)
    clock.time += timedelta(hours=1)


def later(made: Core, seconds: float = 600) -> None:
    """Time passes, by default enough for the data date to be asked for again."""
    assert isinstance(made.clock, HeldClock)
    made.clock.let_pass(seconds)


async def told(made: Core) -> list[Message]:
    """What is sent now, in order."""
    messenger = RecordingMessenger()
    await send_all(made, messenger)
    return [message for _, message in messenger.sent]


def numbers(messages: Sequence[Message]) -> list[str]:
    """Which trials these are about; of a digest each once."""
    return [number for message in messages for number in _numbers(message)]


def _numbers(message: Message) -> list[str]:
    if message.facts:
        return [message.facts[0].value]
    return [section.heading[-12:-1] for section in message.sections]


def lines(message: Message) -> str:
    """All that a message says besides its facts."""
    said = [line for part in message.sections for line in (part.heading, *part.lines)]
    return "\n".join([message.title, message.lede or "", *said])


def failing(where: Callable[[web.Request], bool], status: int = 500) -> Any:
    """A fault of the sandbox for the requests that ``where`` chooses."""

    def fault(request: web.Request) -> web.Response | None:
        return web.Response(status=status, text="no") if where(request) else None

    return fault


def by_number(request: web.Request) -> bool:
    """A batch of trials."""
    return "filter.ids" in request.query


def alone(request: web.Request) -> bool:
    """One trial by itself."""
    return "/studies/" in request.path


def anything(_: web.Request) -> bool:
    """Every request."""
    return True


def old(number: int, **fields: Any) -> Raw:
    """A record that was last updated long ago."""
    return record(number, LONG_AGO, **fields)


def with_criteria(raw: Raw, text: str) -> Raw:
    """The record with these criteria."""
    changed = copy.deepcopy(raw)
    changed["protocolSection"]["eligibilityModule"] = {"eligibilityCriteria": text}
    return changed


def with_alias(raw: Raw, *numbers: int) -> Raw:
    """The record with old numbers of its own."""
    changed = copy.deepcopy(raw)
    identification = changed["protocolSection"]["identificationModule"]
    identification["nctIdAliases"] = [nct(number) for number in numbers]
    return changed


def unfiled(raw: Raw) -> Raw:
    """The record as one of another condition: not under sarcoma in any way."""
    changed = copy.deepcopy(raw)
    changed["protocolSection"]["conditionsModule"] = {"conditions": ["Asthma"]}
    changed["derivedSection"]["conditionBrowseModule"] = {
        "meshes": [{"id": "D001249", "term": "Asthma"}],
        "ancestors": [],
    }
    return changed


def nct(number: int) -> str:
    """The number as the registry writes it."""
    return f"NCT{number:08d}"


def gone(number: int) -> Raw:
    """The record leaves the registry on this day."""
    return {"removed": nct(number)}


def sql(file: Path, statement: str) -> list[Any]:
    """Do something to the database behind everybody's back."""
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(statement).fetchall()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process writes, and nobody else can."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
