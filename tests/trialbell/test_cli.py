"""The commands as an operator gives them: what they do, and how they end where they cannot."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import socket
import sys
from pathlib import Path

import msgspec
import pytest

from adapters.ctgov.sandbox import SandboxServer
from tests.fakes.ctgov import FORBIDDEN, FakeCtgov, serving
from tests.fakes.telegram import TOKEN
from tests.forked import ROOT
from tests.postgres import Postgres
from tests.trialbell.conftest import two_days
from tests.trialbell.program import environment, trialbell
from trialbell.bots import IDENTIFY
from trialbell.cli import WORK, app
from trialbell.run import PARTS
from trialbell.wiring import PLATFORMS

HEAVY = ("discord", "telegram", "sqlalchemy", "aiohttp", "httpx")


@pytest.mark.parametrize("work", WORK.values())
def test_each_command_has_who_does_it(work: str) -> None:
    """Every entry of the table is there, and can be awaited."""
    module, _, name = work.partition(":")
    assert inspect.iscoroutinefunction(getattr(importlib.import_module(module), name))


def test_each_work_is_wanted() -> None:
    """The table holds the commands' own names, and the second half of one of them."""
    commands = {
        command.callback.__name__ for command in app.registered_commands if command.callback
    }
    assert set(WORK) - {"revive"} == commands


def test_platforms_are_in_every_table() -> None:
    """A platform that is wired can be identified and run by itself."""
    assert set(PLATFORMS) == set(IDENTIFY) == set(PARTS) - {"reading", "sending"}


async def test_help_loads_no_heavy_library(tmp_path: Path) -> None:
    """Help is quick, because what a command needs is loaded when it is called."""
    told = f"import sys, trialbell.cli; print(sorted(set(sys.modules) & set({HEAVY})))"
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", told),
        env=environment(tmp_path, {}),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await child.communicate()
    assert out == b"[]\n"


async def test_help_names_every_command(tmp_path: Path) -> None:
    """Without arguments it says what there is."""
    ended = await trialbell(tmp_path)
    for command in set(WORK) - {"revive"}:
        assert f" {command} " in ended.out + ended.errors


@pytest.mark.parametrize(
    ("command", "settings", "words"),
    [
        ("poll", {"REGISTRY_URL": "clinicaltrials.gov"}, "TRIALBELL_REGISTRY_URL: must be an"),
        ("run", {"REGISTRY_RATE": "often"}, "TRIALBELL_REGISTRY_RATE"),
        ("health", {"LOG_LEVEL": "loud"}, "TRIALBELL_LOG_LEVEL"),
        ("migrate", {"DATABASE_URL": "mysql://x"}, "must begin with sqlite:/// "),
        ("migrate", {"DATABASE_URL": "sqlite://"}, "needs a file"),
        ("migrate", {"DATABASE_URL": "postgresql://u:pw@h:port/n"}, "cannot be read"),
        ("run", {"DATABASE_URL": "postgresql://u:pw@h:port/n"}, "cannot be read"),
        ("run", {"DATABASE_URL": "sqlite:////dev/null/trialbell.db"}, "cannot be made"),
        ("poll", {"DATABASE_URL": "sqlite:////dev/null/trialbell.db"}, "cannot be made"),
        ("migrate", {"DATABASE_URL": "sqlite:////dev"}, "cannot be made"),
        ("migrate", {"DATABASE_URL": "postgresql://u:pw@127.0.0.1:1/n"}, "DATABASE_URL"),
        ("poll", {"SECRET_KEY": "short"}, "TRIALBELL_SECRET_KEY is too short"),
        ("deliver", {}, "set TRIALBELL_TELEGRAM_TOKEN or TRIALBELL_DISCORD_TOKEN"),
        ("run --only moon", {}, "There is no part moon"),
        ("sandbox none", {}, "No such file"),
        ("sandbox .", {}, "no file named YYYY-MM-DD"),
    ],
)
async def test_what_an_operator_can_mend_ends_in_a_sentence(
    tmp_path: Path, command: str, settings: dict[str, str], words: str
) -> None:
    """Code 1 and words that say what to do; no traceback, no password."""
    ended = await trialbell(tmp_path, *command.split(), **settings)
    assert ended.code == 1
    assert words in ended.words
    assert ended.words.rstrip()[-1] in ".?"
    assert "Traceback" not in ended.words
    assert "pw" not in ended.words


async def test_port_that_is_taken(tmp_path: Path) -> None:
    """A sandbox whose port is taken says how to choose another."""
    (tmp_path / "2026-03-02.jsonl").write_bytes(msgspec.json.encode(two_days().popitem()[1][0]))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = await trialbell(tmp_path, "sandbox", ".", "--port", port)
    assert ended.code == 1
    assert f"port {port}" in ended.words
    assert "--port" in ended.words
    assert "Traceback" not in ended.words


async def test_mistake_of_the_program_is_logged_without_tokens(tmp_path: Path) -> None:
    """What nobody foresaw is one line with its traceback and code 70, and no token in it."""
    told = (
        "import trialbell.cli as cli\n"
        f"def fails(): raise RuntimeError('{TOKEN}')\n"
        "cli.load_settings = fails\n"
        "import sys; sys.argv = ['trialbell', 'poll']\n"
        "cli.main()\n"
    )
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", told),
        env=environment(tmp_path, {}),
        cwd=ROOT,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await child.communicate()
    assert child.returncode == 70
    line = msgspec.json.decode(errors)
    assert "RuntimeError" in line["exception"]
    assert TOKEN not in errors.decode()


async def test_poll_reads_once_a_day(tmp_path: Path, registry: SandboxServer) -> None:
    """The first look reads the data, the second finds nothing new, the next day's reads again."""
    reading = {"REGISTRY_URL": registry.url, "REGISTRY_RATE": "50"}
    first = await trialbell(tmp_path, "poll", **reading)
    again = await trialbell(tmp_path, "poll", **reading)
    registry.sandbox.step()
    next_day = await trialbell(tmp_path, "poll", **reading)
    assert [ended.code for ended in (first, again, next_day)] == [0, 0, 0]
    assert first.out.startswith("Read the data of 2026-03-02: 2 records")
    assert again.out == "Nothing new: the data of 2026-03-02 were read before.\n"
    assert next_day.out.startswith("Read the data of 2026-03-03: ")


async def test_poll_says_why_a_registry_cannot_be_read(tmp_path: Path) -> None:
    """A registry that lets nobody in ends it with what was tried, in a sentence."""
    fake = FakeCtgov()
    fake.rule = lambda _: FORBIDDEN
    async with serving(fake):
        ended = await trialbell(tmp_path, "poll", REGISTRY_URL=fake.base_url, REGISTRY_RATE="50")
    assert ended.code == 1
    assert ended.errors.splitlines()[-1].startswith("The registry cannot be read: ")
    assert "TLS 1.2" in ended.words
    assert "Traceback" not in ended.words


async def test_migrate_can_be_said_again(tmp_path: Path, postgres: Postgres) -> None:
    """A database that is up to date stays as it is, on either engine."""
    for url in (f"sqlite:///{tmp_path / 'some.db'}", postgres.new_database()):
        for _ in range(2):
            ended = await trialbell(tmp_path, "migrate", DATABASE_URL=url)
            assert (ended.code, ended.out) == (0, "The database has this release's schema.\n")


async def test_other_file_is_not_taken_for_a_database(tmp_path: Path) -> None:
    """A file that is no database is refused and left as it is."""
    (tmp_path / "program.db").write_bytes(b"something else entirely" * 99)
    ended = await trialbell(tmp_path, "migrate")
    assert ended.code == 1
    assert "Traceback" not in ended.words
    assert (tmp_path / "program.db").read_bytes() == b"something else entirely" * 99


async def test_chat_ends_cleanly_where_nothing_is_typed(tmp_path: Path) -> None:
    """Its input ends at once and nobody answers for the registry: a greeting, and no traceback."""
    ended = await trialbell(tmp_path, "chat", REGISTRY_URL="http://127.0.0.1:1")
    assert ended.code == 0
    assert "/help" in ended.out
    assert "Traceback" not in ended.errors
    assert '"level": "error"' not in ended.errors
