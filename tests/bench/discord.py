"""A wide day on Discord: 5,000 notices to 3,000 channels and 500 private chats, limits enforced.

The whole program sends, over real sockets, to a local Discord that answers after 150 ms and refuses
what comes faster than 5 messages in 5 seconds to a channel or 50 requests a second over all. Once
it is left alone, and compared with the best that these limits allow; once it is killed (``kill
-9``) amid sending and started again. Every chat has to be told of each trial that it follows, once.

The aims: within 5 % of the best, nothing refused, nothing lost, nothing twice.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from adapters.ctgov.parse import parse, read_page
from bot.domain.address import Address
from bot.domain.study import CTGOV
from bot.services.absorb import Absorber
from storage.chats import keep_bot, mark_of_address
from storage.engine import open_database
from storage.migrate import migrate
from storage.store import SqlStore
from storage.tables import chats, subscriptions
from tests.bench.children import child, first_line
from tests.bench.figures import aim, figure, seconds, title
from tests.bench.filling import KINDS, SECRET, fill_trials, insert_all
from tests.bench.material import DAY, DAY_BEFORE, Material, material, nct_id
from tests.bench.memory import DISCORD_TOKEN
from tests.fakes.discord import payloads
from tests.fakes.discord.pace import BUCKET, OVER_ALL
from trialbell.clock import SystemClock

CHANNELS, PRIVATE, NOTICES = 3_000, 500, 5_000
TRIALS = 100
ANSWERS_AFTER = 0.15
AIM = 1.05
"""Times the best."""

QUIET = 40.0
"""Seconds without a message after which no more is waited for."""

Told = tuple[str, str]
"""A channel, and the number of the trial that it was told of."""


def main(arguments: list[str]) -> None:
    """Run it both ways."""
    parser = argparse.ArgumentParser(prog="./run bench discord", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="of the figures above, for a try")
    parser.add_argument("--kills", type=int, default=1, help="so many in the second run")
    given = parser.parse_args(arguments)
    channels = int((CHANNELS + PRIVATE) * given.scale)
    notices = int(NOTICES * given.scale)
    of = material(made=False)
    with tempfile.TemporaryDirectory(prefix="bench") as name:
        folder = Path(name)
        owed = asyncio.run(_owe(folder / "owed.db", of, channels, notices))
        title(f"{notices} notices to {channels} Discord chats")
        with _sending(folder, "alone") as run:
            run.go_on()
            run.until(len(owed))
            run.stop()
        _print_pace(run)
        _print_told(run, owed)
        title(f"The same, killed {given.kills} time(s) amid sending")
        with _sending(folder, "killed") as run:
            for kill in range(given.kills):
                run.go_on()
                run.until(len(owed) * (kill + 1) // (given.kills + 1))
                run.kill()
            run.go_on()
            run.until(len(owed))
            run.stop()
        _print_told(run, owed)


async def _owe(file: Path, of: Material, many: int, notices: int) -> set[Told]:
    """A database in which so many chats are owed so many notices; says which."""
    url = f"sqlite:///{file}"
    await migrate(url)
    await fill_trials(url, of, TRIALS)
    database = open_database(url, SECRET.encode())
    channels = [str(710_000_000_000_000_000 + number) for number in range(many)]
    followed = [(at % many, (at + at // many) % TRIALS) for at in range(notices)]
    what = {"kinds": KINDS, "since": DAY_BEFORE, "interest_id": None}
    try:
        async with database.write() as connection:
            bot = await keep_bot(connection, database, "discord", payloads.BOT)
        consented = datetime.combine(DAY_BEFORE, datetime.min.time(), UTC)
        rows = [
            {
                "bot_id": bot,
                "mark": mark_of_address(database, Address("discord", payloads.BOT, channel)),
                "chat": channel,
                "thread": None,
                "consented_at": consented,
            }
            for channel in channels
        ]
        await insert_all(database, chats, rows)
        following = (
            {"chat_id": chat + 1, "study_id": trial + 1, **what} for chat, trial in followed
        )
        await insert_all(database, subscriptions, following)
    finally:
        await database.close()
    store = await SqlStore.open(url, SECRET.encode(), parsers={CTGOV: parse})
    try:
        await _change(store, of)
    finally:
        await store.close()
    return {(channels[chat], nct_id(trial)) for chat, trial in followed}


async def _change(store: SqlStore, of: Material) -> None:
    """Let every trial stop, which is told to whoever follows it."""
    day = []
    for number in range(TRIALS):
        raw = of.trial(number)
        status = raw["protocolSection"]["statusModule"]
        was = status.get("overallStatus")
        status["overallStatus"] = "TERMINATED" if was == "SUSPENDED" else "SUSPENDED"
        day.append(raw)
    page = read_page(msgspec.json.encode({"studies": day}), with_results=False)
    clock = SystemClock()
    await Absorber(store, clock).records(page.records, DAY)
    while await store.notices.spread(1000, clock.now()):
        pass


class Run:
    """The program over a copy of the database, and the Discord that it sends to."""

    def __init__(self, folder: Path, api_url: str, entries: Path) -> None:
        self._folder = folder
        self._entries = entries
        self._read = 0
        self._rest = ""
        self._program: subprocess.Popen[str] | None = None
        self._ends = contextlib.ExitStack()
        self.seen: list[dict[str, Any]] = []
        self._settings = {
            "TRIALBELL_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
            "TRIALBELL_SECRET_KEY": SECRET,
            "TRIALBELL_DISCORD_TOKEN": DISCORD_TOKEN,
            "TRIALBELL_DISCORD_API_URL": api_url,
            "TRIALBELL_ALIVE_FILE": str(folder / "alive"),
        }

    def go_on(self) -> None:
        """Start the program."""
        self._ends.close()
        self._program = self._ends.enter_context(
            child(
                *("-m", "trialbell", "run", "--only", "discord"),
                settings=self._settings,
                log=self._folder / "run.log",
            )
        )

    def kill(self) -> None:
        """``kill -9``."""
        assert self._program is not None
        self._program.kill()
        self._program.wait()

    def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        assert self._program is not None
        self._program.terminate()
        self._program.wait()
        self._look()
        self._ends.close()

    def until(self, many: int) -> None:
        """Wait until so many messages were taken, or none comes any more."""
        last = time.monotonic()
        while len(self.messages) < many and time.monotonic() - last < QUIET:
            time.sleep(0.2)
            if self._look():
                last = time.monotonic()

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What channels took, in the order of arrival."""
        return [one for one in self.seen if "channel_id" in one]

    def told(self) -> Counter[Told]:
        """How often each channel was told of each trial."""
        return Counter(
            (one["channel_id"], number)
            for one in self.messages
            for number in set(re.findall(r"NCT\d{8}", json.dumps(one["body"])))
        )

    def _look(self) -> bool:
        with self._entries.open(encoding="utf-8") as entries:
            entries.seek(self._read)
            lines = (self._rest + entries.read()).split("\n")
            self._read = entries.tell()
        self._rest = lines.pop()
        self.seen += map(json.loads, lines)
        return bool(lines)


@contextlib.contextmanager
def _sending(folder: Path, name: str) -> Iterator[Run]:
    place = folder / name
    place.mkdir()
    shutil.copy(folder / "owed.db", place / "bench.db")
    entries = place / "discord.jsonl"
    entries.touch()
    serve = ("--delay", str(ANSWERS_AFTER), "--log", str(entries), "--enforce")
    with child("-m", "tests.fakes.discord", *serve) as discord:
        yield Run(place, first_line(discord).strip(), entries)


def best(messages: list[dict[str, Any]]) -> float:
    """Seconds from the first message to the last that the limits allow, whoever sends.

    Of all messages those that make a whole second full cost that second, and so with each channel.
    """
    count, span = OVER_ALL
    over_all = (len(messages) - 1) // count * span
    count, span = BUCKET
    to_one = Counter(one["channel_id"] for one in messages)
    return max(over_all, *((many - 1) // count * span for many in to_one.values()))


def _print_pace(run: Run) -> None:
    arrived = [one["arrived"] for one in run.messages]
    took, floor = arrived[-1] - arrived[0], best(run.messages)
    beside = f"{took / floor:.3f} x the best, {aim(took <= AIM * floor, f'{AIM} x')}"
    figure("from the first message to the last", seconds(took), beside)
    figure("the best that the limits allow", seconds(floor))


def _print_told(run: Run, owed: set[Told]) -> None:
    told = run.told()
    twice = sum(many - 1 for many in told.values())
    refused = Counter(one["refused"] for one in run.seen if "refused" in one)
    channels = {one["channel_id"] for one in run.messages}
    figure("messages", f"{len(run.messages)}", f"to {len(channels)} chats")
    figure("owed and not told", f"{len(owed - set(told))}", aim(not owed - set(told), "0"))
    figure("told twice", f"{twice}", aim(twice == 0, "0"))
    again = sum("duplicate" in one for one in run.seen)
    figure("sent again and known by the nonce", f"{again}")
    few = sum(refused.values())
    figure("refused as too fast", f"{few}", f"{dict(refused) or ''} {aim(few == 0, '0')}".strip())
