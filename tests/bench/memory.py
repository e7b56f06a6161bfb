"""Memory of ``trialbell run`` while nothing happens, with both platforms on.

Telegram, Discord and the registry are stand-ins on this machine, each in a process of its own. It
is measured some seconds after both platforms are up and a registry of 300 records is read. The
floor is a Python that has only imported the libraries that speak to them and to the database.

The aim: under 200 MB, and at most twice the floor.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import json
import tempfile
import time
from pathlib import Path

import msgspec
import psutil

from tests.bench.children import child, first_line, registry
from tests.bench.figures import aim, figure, megabytes, peak_memory, title
from tests.bench.filling import SECRET
from tests.bench.material import DAY, first_posted, material
from tests.fakes.discord import payloads

LIBRARIES = (
    *("discord", "telegram.ext", "httpx", "aiosqlite", "sqlmodel", "sqlalchemy.ext.asyncio"),
    *("alembic.command", "apscheduler.schedulers.asyncio", "cryptography.fernet", "typer"),
    *("pydantic_settings", "structlog", "msgspec", "zstandard"),
)
DISCORD_TOKEN = ".".join(
    (base64.b64encode(payloads.BOT.encode()).decode().rstrip("="), "made_up", "for-benches" * 3)
)
RECORDS = 300
PATIENCE = 60.0
IDLE_SECONDS = 10.0

AIM_BYTES = 200 * 2**20
AIM_TIMES = 2.0


def main(arguments: list[str]) -> None:
    """Run it."""
    parser = argparse.ArgumentParser(prog="./run bench memory", description=__doc__)
    parser.add_argument("--servers", type=int, default=2500, help="Discord servers of 50 channels")
    given = parser.parse_args(arguments)
    floor = _libraries_alone()
    with tempfile.TemporaryDirectory(prefix="bench") as folder, contextlib.ExitStack() as stack:
        idle, most = _run_idle(Path(folder), stack, given.servers)
    title(f"trialbell run, idle, with Telegram and Discord in {given.servers} servers")
    reached = idle < AIM_BYTES and idle < AIM_TIMES * floor
    words = f"{megabytes(AIM_BYTES)} and {AIM_TIMES:.0f} x the floor"
    figure("resident memory", megabytes(idle), f"{idle / floor:.2f} x, {aim(reached, words)}")
    figure("the most it held up to then", megabytes(most))
    figure("floor: the libraries alone, imported", megabytes(floor))


def _libraries_alone() -> int:
    lines = [f"import {name}" for name in LIBRARIES]
    lines += ["import sys", "print('ready', flush=True)", "sys.stdin.read()"]
    with child("-c", "\n".join(lines)) as process:
        first_line(process)
        return int(psutil.Process(process.pid).memory_info().rss)


def _run_idle(folder: Path, stack: contextlib.ExitStack, servers: int) -> tuple[int, int]:
    """Memory now, and the most up to now, in bytes."""
    telegram = stack.enter_context(child("-m", "tests.fakes.telegram"))
    stands = json.loads(first_line(telegram))
    discord = stack.enter_context(child(*("-m", "tests.fakes.discord"), "--servers", str(servers)))
    settings = {
        "TRIALBELL_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "TRIALBELL_REGISTRY_URL": stack.enter_context(registry(_write_day(folder / "registry"))),
        "TRIALBELL_REGISTRY_RATE": "50",
        "TRIALBELL_SECRET_KEY": SECRET,
        "TRIALBELL_TELEGRAM_TOKEN": stands["token"],
        "TRIALBELL_TELEGRAM_API_URL": stands["url"],
        "TRIALBELL_DISCORD_TOKEN": DISCORD_TOKEN,
        "TRIALBELL_DISCORD_API_URL": first_line(discord).strip(),
        "TRIALBELL_ALIVE_FILE": str(folder / "alive"),
    }
    log = folder / "run.log"
    running = stack.enter_context(child("-m", "trialbell", "run", settings=settings, log=log))
    _wait_until_up(log)
    if servers:
        assert first_line(discord).startswith("told")
    time.sleep(IDLE_SECONDS)
    assert running.poll() is None, log.read_text()
    return int(psutil.Process(running.pid).memory_info().rss), peak_memory(running.pid)


def _write_day(folder: Path) -> Path:
    """A registry of so many records, all of the day."""
    folder.mkdir()
    of = material(made=False)
    records = (msgspec.json.encode(first_posted(of.trial(number))) for number in range(RECORDS))
    (folder / f"{DAY}.jsonl").write_bytes(b"\n".join(records))
    return folder


def _wait_until_up(log: Path) -> None:
    """Until both platforms are started and the registry is read."""
    deadline = time.monotonic() + PATIENCE
    while True:
        said = log.read_text()
        if said.count("platform started") == 2 and "registry read" in said:
            return
        assert time.monotonic() < deadline, said
        time.sleep(0.2)
