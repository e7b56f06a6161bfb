"""What tests anywhere can ask for: databases that are really there."""

from __future__ import annotations

import asyncio
import fcntl
import gc
import itertools
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from storage.migrate import migrate
from storage.store import SqlStore
from tests import statements
from tests.fakes import telegram_described
from tests.fakes.discord import spec
from tests.postgres import MIGRATED, Postgres
from tests.studies import PARSERS, SECRET

# No deadline: a machine that tests in several processes, or does something else, is slow at times.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", _PATIENT, max_examples=50)
settings.register_profile("thorough", _PATIENT, max_examples=1000)
settings.load_profile("quick")  # ``--hypothesis-profile thorough`` looks longer

ENGINES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of tests that can go on for longer, and one that writes.

    ``--kills N``: how often the test of crashes kills the program; its seed is printed.
    ``--blows N``: how often one of three processes is killed or frozen; its seed is printed too.
    ``--soak SECONDS``: how long the soak lets the program run.
    ``--month-chats N``: how many chats live through the month; 2000 have 2,000 changes planted.
    ``--cards-sent N``: how many cards go to Discord before one looks at what memory kept of them.
    ``--golden-write``: renews what ``tests/bot/domain/test_golden.py`` compares with.
    """
    parser.addoption(
        "--all-records",
        action="store_true",
        help="make the cards of all recorded trials, in place of one in twelve",
    )
    parser.addoption("--kills", type=int, default=8, help="kills of the program (default: 8)")
    parser.addoption(
        "--soak", type=float, default=30, help="seconds of the soak (default: 30; an hour: 3600)"
    )
    parser.addoption(
        "--read-only", type=float, default=4, help="seconds without writing (default: 4)"
    )
    parser.addoption("--month-chats", type=int, default=30, help="chats of the month (default: 30)")
    parser.addoption("--cards-sent", type=int, default=60, help="cards to Discord (default: 60)")
    parser.addoption(
        "--blows", type=int, default=12, help="kills and freezes of one of three (default: 12)"
    )
    parser.addoption(
        "--lease",
        type=float,
        default=3.0,
        help="seconds that the three's leases last (default: 3; in earnest: 6)",
    )
    parser.addoption("--kills-seed", type=int, help="draws the moments of the kills again")
    parser.addoption(
        "--golden-write", action="store_true", help="renews the messages in tests/golden"
    )


def pytest_configure() -> None:
    """Spend no time on looks, or on the same statement twice.

    Log in plain lines: to draw an error with all its values takes a third of a second each.
    """
    statements.share()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["level", "event"]),
        ]
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """Look for no garbage meanwhile: next to nothing of what is loaded is ever given back."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Name a test's group in its id: by that ``--dist loadgroup`` keeps groups together.

    pytest-xdist 3.8 does so itself, but where pytest 9.2 does not read it any more.
    """
    if not config.getoption("loadgroup", default=False):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark is not None and not item.nodeid.endswith(f"@{mark.args[0]}"):
            item._id = item.id.parse(f"{item.nodeid}@{mark.args[0]}")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Pass over the tests and modules from now on, and look for garbage less often."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


_FIGURE = "figure"


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Takes a line that is printed at the end, from whichever process it was measured in."""
    return partial(record_property, _FIGURE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests measured, and which platform's description they could not be held to."""
    described = (
        (telegram_described.DESCRIPTION, telegram_described.ABSENT),
        (spec.PATH, spec.ABSENT),
    )
    for description, absent in described:
        if not description.is_file():
            terminalreporter.write_line(absent)
    reports = itertools.chain.from_iterable(terminalreporter.stats.values())
    for report in reports:
        if getattr(report, "when", None) == "call":
            for name, value in report.user_properties:
                if name == _FIGURE:
                    terminalreporter.write_line(f"{report.nodeid}: {value}")


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a server with a migrated database, made once for all processes of the tests."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / "cluster.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the first one makes it, and the others wait
        if not (folder / "cluster").exists():
            server = Postgres()
            asyncio.run(migrate(server.new_database(MIGRATED)))
            server.keep(folder / "cluster")
    return folder / "cluster"


@pytest.fixture(scope="session")
def postgres(cluster: Path) -> Iterator[Postgres]:
    """A running server with a migrated database, one for each process that runs tests."""
    server = Postgres(cluster)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables, once on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture(params=ENGINES)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database with nothing in it, once on each engine."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("migrated_sqlite")
        return f"sqlite:///{shutil.copy(template, tmp_path / 'store.db')}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.emptied()


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[SqlStore]:
    """An open store over it."""
    opened = await SqlStore.open(store_url, SECRET, parsers=PARSERS)
    yield opened
    await opened.close()
