"""What an operator sees of a busy house: its log and its metrics."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from tests.end_to_end.processes import Process
from tests.fakes.discord import FakeDiscord
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.records import record
from tests.trialbell.program import environment, trialbell
from trialbell.logs import KEYS

FIRST_DAY = date(2026, 3, 2)
OPERATOR, FOLLOWER, LEAVER = 5_612_340_001, 5_612_340_002, 5_612_340_003
OWN_KEYS = {"event", "level", "logger", "timestamp", "exception", *KEYS}
PATIENCE = 30.0


def days() -> Sandbox:
    """Two days on which a trial changes, with a new one on the second."""
    second = FIRST_DAY + timedelta(days=1)
    return Sandbox.from_days(
        {
            FIRST_DAY: [record(1, FIRST_DAY), record(2, FIRST_DAY)],
            second: [
                record(1, second, enrollment=120, status="SUSPENDED"),
                record(2, FIRST_DAY),
                record(3, second, first_posted=second),
            ],
        }
    )


class House:
    """The program in a process of its own, with all that it speaks to in this one."""

    def __init__(
        self, folder: Path, server: SandboxServer, telegram: FakeTelegram, discord: FakeDiscord
    ) -> None:
        self.folder, self.server = folder, server
        self.telegram, self.discord = telegram, discord

    def settings(self, **more: str) -> dict[str, str]:
        """What this house is set to; ``more`` in front of it."""
        return {
            "REGISTRY_URL": self.server.url,
            "REGISTRY_RATE": "50",
            "POLL_INTERVAL": "0.3",
            "TELEGRAM_TOKEN": self.telegram.token,
            "TELEGRAM_API_URL": self.telegram.url,
            "DISCORD_TOKEN": self.discord.token,
            "DISCORD_API_URL": self.discord.api_url,
            "OPERATOR": f"telegram:{OPERATOR}",
            "OPERATOR_DAILY": "0",
            "METRICS_PORT": "0",
            "ALIVE_FILE": str(self.folder / "alive"),
            **more,
        }


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A registry of two days, a Telegram and a Discord."""
    async with (
        SandboxServer(days()) as server,
        FakeTelegram() as telegram,
        FakeDiscord() as discord,
    ):
        yield House(tmp_path, server, telegram, discord)


@asynccontextmanager
async def running(house: House) -> AsyncIterator[Process]:
    """The program at work until the end of the block; it must stop in order."""
    given = environment(house.folder, house.settings())
    async with await Process.start("trialbell", "run", environment=given) as process:
        await process.logged("platform started", times=2)
        await process.logged("registry read")
        yield process
        assert await process.terminate() == 0, process.log_text()


async def scraped(url: str) -> dict[tuple[str, ...], float]:
    """Every number of a process, by name and the values of its labels, sorted by label."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/metrics") as answer:
        families = text_string_to_metric_families(await answer.text())
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in families
            for sample in family.samples
        }


async def follow(telegram: FakeTelegram, chat: int) -> None:
    """Follow the first trial in a private chat, with consent."""
    telegram.type(chat, "/follow NCT00000001")
    await telegram.wait_until(lambda: heard(telegram, chat) == 1, PATIENCE)
    telegram.press(chat, "consent")
    await telegram.wait_until(lambda: heard(telegram, chat) == 2, PATIENCE)


def heard(telegram: FakeTelegram, chat: int) -> int:
    """How many messages a chat has."""
    return sum(message.chat_id == chat for message in telegram.messages)


async def work(house: House, process: Process) -> None:
    """Follows, a change that is told, and a chat that is gone."""
    for chat in (FOLLOWER, LEAVER):
        await follow(house.telegram, chat)
    house.telegram.blocked(when=lambda call: str(call["chat_id"]) == str(LEAVER))
    house.server.sandbox.step()
    await process.logged("registry read", times=2)
    await process.logged("chat paused")


async def test_a_busy_house_shows_its_work_in_metrics_and_log(house: House) -> None:
    """What was read, found, sent and refused can be scraped; who holds which work can be asked.

    Every line of the log is JSON with known keys, and none has a token, a chat or what is followed.
    """
    async with running(house) as process, aiohttp.ClientSession() as session:
        await work(house, process)
        url = (await process.logged("metrics served"))["url"]
        async with session.get(f"{url}/readyz") as answer:
            ready = await answer.text()
            assert answer.status == 200, ready
        assert all(name in ready for name in ("read:ctgov", "send:telegram", "send:discord"))
        check_metrics(await scraped(url))
    check_log([json.loads(line) for line in process.errors])
    for secret in (TOKEN, house.discord.token, str(FOLLOWER), str(LEAVER), str(OPERATOR)):
        assert secret not in process.log_text()


def check_metrics(seen: dict[tuple[str, ...], float]) -> None:
    """The numbers of two readings, a change, a message that arrived and one that was refused."""
    assert seen["trialbell_reading_size", "records"] >= 2
    assert seen["trialbell_changes_total", "enrollment"] == 1
    assert seen["trialbell_sends_total", "chat_gone", "telegram"] == 1
    assert seen["trialbell_sends_total", "sent", "telegram"] >= 1
    assert seen["trialbell_debts", "telegram", "paused"] == 1
    assert seen["trialbell_lease_held", "ctgov", "read"] == 1
    assert seen["trialbell_step_seconds_count", "read"] == 2
    assert seen["trialbell_step_seconds_count", "settle"] >= 2


def check_log(lines: list[dict[str, Any]]) -> None:
    """One event a line, in keys that are known."""
    assert len(lines) > 12
    for line in lines:
        assert line.keys() <= OWN_KEYS, line
        assert {"event", "level", "logger", "timestamp"} <= line.keys(), line
    assert not re.search(r"NCT0|sarcoma", json.dumps(lines), re.IGNORECASE)
    assert {line["platform"] for line in lines if "platform" in line} == {"telegram", "discord"}


async def test_a_taken_port_ends_the_start_with_a_sentence(house: House) -> None:
    """Whoever relies on metrics does not run without them unawares."""
    port = house.telegram.url.rpartition(":")[2]
    ended = await trialbell(house.folder, "run", **house.settings(METRICS_PORT=port))
    assert ended.code == 1
    assert "TRIALBELL_METRICS_PORT" in ended.words
    assert "Traceback" not in ended.words
