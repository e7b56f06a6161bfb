"""The program is asked to stop while it sends, and what it says in all its life."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from adapters.ctgov.sandbox import SandboxServer
from tests.end_to_end import processes, town
from tests.end_to_end.house import SECRET_KEY, house, say_to
from tests.end_to_end.processes import DISCORD_TOKEN, Process
from tests.end_to_end.town import Heard
from tests.fakes.telegram import TOKEN as TELEGRAM_TOKEN
from tests.pace import crowding

STOPPED_WITHIN = 10.0
"""Seconds on a quiet machine: what container engines give by default before they kill."""

SLOW = 1.0
"""Seconds until the platform answers, so that what is sent right now takes its time."""

WORDS = "sarcoma"
"""A condition that somebody follows; every trial of the town is about it."""


async def test_a_stop_amid_sending_settles_what_is_under_way(tmp_path: Path) -> None:
    """SIGTERM: exit code 0 within seconds, and the next start sends the rest, nothing again.

    Its whole log names no token, no key, no chat, and nothing that anybody follows in words.
    """
    database = f"sqlite:///{tmp_path / 'house.db'}"
    async with (
        SandboxServer(town.sandbox(days=1)) as registry,
        processes.telegram(delay=SLOW) as telegram,
        processes.discord() as discord,
    ):
        async with house(registry, tmp_path) as core:
            await town.follow_all(core)
            await say_to(core, f"/follow {WORDS}")
            await say_to(core, "consent")
        given = (tmp_path, database, registry, telegram, discord)
        heard = Heard(telegram, discord)
        registry.sandbox.step()
        async with await processes.run_program(*given) as program:
            await telegram.took(5)
            asked = time.monotonic()
            assert await program.terminate() == 0
            assert time.monotonic() - asked < STOPPED_WITHIN * crowding()
            assert not heard.caught_up("telegram", 1), "it had nothing left to send"
            assert unsettled(tmp_path / "house.db") == 0
        async with await processes.run_program(*given) as following:
            await heard.all_told(1)
            assert await following.terminate() == 0
    town.check_chains(heard.messages, day=1)
    assert town.doubles(heard.messages) == []
    for process in (program, following):
        assert process.log("stopped", logger="trialbell.run")
        check_discreet(process)


def unsettled(database: Path) -> int:
    """How many notices are neither settled nor waiting for their turn."""
    with closing(sqlite3.connect(database)) as connection:
        row = connection.execute("SELECT count(*) FROM notices WHERE state = 'claimed'").fetchone()
        return int(row[0])


def check_discreet(process: Process) -> None:
    """Nothing that it wrote tells who follows what, or how to speak as the bot."""
    written = "\n".join((*process.output, *process.errors))
    for secret in (TELEGRAM_TOKEN, TELEGRAM_TOKEN.partition(":")[2], DISCORD_TOKEN, SECRET_KEY):
        assert secret not in written
    for follower in town.followers():
        chat = re.escape(follower.address.chat.lstrip("-"))
        assert not re.search(rf"(?<!\d){chat}(?!\d)", written)
    assert WORDS not in written.lower()
    assert not re.search(r"NCT\d{8}", written), "which trials are followed can be read from it"
