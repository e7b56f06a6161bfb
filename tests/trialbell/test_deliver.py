"""`trialbell deliver`: what is due is sent, once; what was given up is listed and sent again."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.ctgov.sandbox import SandboxServer
from bot.domain.address import Address
from storage.store import SqlStore
from tests.end_to_end.house import say_to
from tests.fakes.telegram import FakeTelegram
from tests.trialbell.program import KEY, Ended, trialbell
from trialbell.run import lease_name
from trialbell.settings import Settings
from trialbell.wiring import open_core

CHAT = 4242


class World:
    """A registry with a change, a chat on Telegram that follows the trial, and the program."""

    def __init__(self, folder: Path, registry: SandboxServer, telegram: FakeTelegram) -> None:
        self.telegram = telegram
        self.registry = registry
        self.url = f"sqlite:///{folder / 'program.db'}"
        self._folder = folder

    async def follow(self) -> None:
        """The chat follows trial number 1, with consent."""
        given = Settings(
            _env_file=None,
            registry_url=self.registry.url,
            registry_rate=50,
            database_url=self.url,
            secret_key=KEY,
        )
        address = Address("telegram", self.telegram.token.partition(":")[0], str(CHAT))
        async with open_core(given) as core:
            await core.reader.look()
            await say_to(core, "/follow NCT00000001", address)
            answer = await say_to(core, "consent", address)
            assert answer.title == "You follow NCT00000001"

    async def run(self, *arguments: str, **settings: str) -> Ended:
        """Run a command with the settings of this world."""
        mine = {
            "REGISTRY_URL": self.registry.url,
            "REGISTRY_RATE": "50",
            "TELEGRAM_TOKEN": self.telegram.token,
            "TELEGRAM_API_URL": self.telegram.url,
            "LOG_LEVEL": "ERROR",
        }
        return await trialbell(self._folder, *arguments, **{**mine, **settings})

    def end_waits(self) -> None:
        """Nothing that is due has to wait any longer."""
        with sqlite3.connect(self._folder / "program.db") as connection:
            connection.execute("UPDATE chats SET wait_until = NULL")
            connection.execute(
                "UPDATE notices SET due_at = '2026-01-01 00:00:00.000000' WHERE state = 'due'"
            )
        connection.close()

    async def store(self) -> SqlStore:
        """The database, open."""
        return await SqlStore.open(self.url, KEY.encode(), parsers={})


@pytest.fixture
async def world(tmp_path: Path, registry: SandboxServer) -> AsyncIterator[World]:
    """A world in which one message is owed."""
    async with FakeTelegram() as telegram:
        world = World(tmp_path, registry, telegram)
        await world.follow()
        registry.sandbox.step()
        polled = await world.run("poll")
        assert "1 messages owed" in polled.out
        yield world


async def test_what_is_due_is_sent_once(world: World) -> None:
    """The message arrives; delivering again sends nothing."""
    first = await world.run("deliver")
    again = await world.run("deliver")
    assert (first.code, first.out) == (0, "telegram: Messages dealt with: 1.\n")
    assert (again.code, again.out) == (0, "telegram: Messages dealt with: 0.\n")
    (message,) = world.telegram.messages
    assert message.chat_id == CHAT
    assert "NCT00000001" in message.text
    assert not world.telegram.complaints


async def test_it_waits_for_nobody_who_sends(world: World) -> None:
    """Where another process holds the token's lease it sends, and this one ends well."""
    store = await world.store()
    lease = await store.leases.acquire(
        lease_name("telegram", world.telegram.token), "another process", 60
    )
    assert lease is not None
    ended = await world.run("deliver")
    await store.close()
    assert ended.code == 0
    assert "Another process sends here now" in ended.out
    assert world.telegram.messages == []


async def test_refused_token_is_told_and_the_debt_stays(world: World) -> None:
    """A wrong token ends with code 1 and a sentence; with the right one the message goes out."""
    wrong = await world.run("deliver", TELEGRAM_TOKEN=f"{world.telegram.token[:-4]}zzzz")
    assert wrong.code == 1
    assert "Telegram refuses the bot's token. Make a new token and set it." in wrong.words
    assert "Traceback" not in wrong.words
    assert (await world.run("deliver")).code == 0
    assert len(world.telegram.messages) == 1


async def test_one_platform_out_does_not_keep_the_other(world: World) -> None:
    """Where Discord cannot be reached Telegram's message goes out, and the code says so."""
    ended = await world.run(
        "deliver", DISCORD_TOKEN="a-made-up-token", DISCORD_API_URL="http://127.0.0.1:1"
    )
    assert ended.code == 1
    assert "telegram: Messages dealt with: 1." in ended.out
    assert "discord: It could not be started" in ended.out
    assert len(world.telegram.messages) == 1


async def test_what_was_given_up_is_listed_and_sent_again(world: World) -> None:
    """A message that Telegram will not have is listed without the chat, and sent on demand."""
    world.telegram.bad_request("message is too strange")
    assert (await world.run("deliver", "--list")).out == "No message was given up.\n"
    assert (await world.run("deliver")).code == 0
    listed = await world.run("deliver", "--list")
    assert listed.code == 0
    assert "NCT00000001" in listed.out
    assert str(CHAT) not in listed.out
    assert world.telegram.messages == []
    revived = await world.run("deliver", "--dead")
    assert revived.code == 0
    assert "NCT00000001" in revived.out
    assert len(world.telegram.messages) == 1
    assert (await world.run("deliver", "--list")).out == "No message was given up.\n"


async def test_what_was_perhaps_delivered_is_listed_and_sent_again(world: World) -> None:
    """An answer that Telegram lost twice is left to the operator, as a kind of its own."""
    for _ in range(2):
        world.telegram.lose_answer()
        assert (await world.run("deliver")).code == 0
        world.end_waits()
    assert (await world.run("deliver")).code == 0
    assert len(world.telegram.messages) == 2
    listed = await world.run("deliver", "--list")
    assert "perhaps delivered" in listed.out
    assert str(CHAT) not in listed.out
    assert (await world.run("deliver", "--dead")).out.startswith("No message was given up.")
    assert len(world.telegram.messages) == 2
    revived = await world.run("deliver", "--perhaps")
    assert "perhaps delivered" in revived.out
    assert len(world.telegram.messages) == 3
    assert (await world.run("deliver", "--list")).out == "No message was given up.\n"
