"""A process that wakes from being frozen: it neither sends nor answers what another does by now."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import pytest

from adapters.telegram.platform import TelegramPlatform
from bot.domain.commands.request import Request
from bot.domain.message import Message
from bot.domain.outcome import Sent
from bot.ports.messenger import NO_LONGER_MINE
from tests.adapters.telegram.support import QuickClock, RunningBot, chat
from tests.fakes.telegram import FakeTelegram


@pytest.mark.parametrize("asked", [0, 1, 2], ids=["by us", "before the head", "before the body"])
async def test_nothing_is_written_once_another_may_send(
    fake: FakeTelegram, bot: RunningBot, asked: int
) -> None:
    """Wherever it was frozen on the way to the socket, Telegram takes nothing from it any more."""
    answers = itertools.chain(itertools.repeat(True, asked), itertools.repeat(False))
    messenger = bot.platform.messenger
    outcome = await messenger.send(chat(7), Message(title="T"), "n", lambda: next(answers))
    assert outcome == NO_LONGER_MINE
    assert isinstance(await messenger.send(chat(7), Message(title="After"), "m"), Sent)
    (message,) = fake.messages
    assert "After" in message.text


async def test_woken_process_leaves_the_answers_to_another(fake: FakeTelegram) -> None:
    """What it was asked, and what it was still looking up, another one answers."""
    mine = True
    asked = asyncio.Event()
    found = asyncio.Event()

    async def answer(_: Request) -> tuple[Message, ...]:
        asked.set()
        await found.wait()
        return (Message(title="Found"),)

    platform = TelegramPlatform(fake.token, fake.url, answer, QuickClock())
    await platform.start(lambda: mine)
    fake.type(7, "/about")
    await asked.wait()
    mine = False
    found.set()
    asked.clear()
    fake.type(8, "/about")
    await fake.wait_until(lambda: not fake._updates)
    await platform.stop()
    assert not asked.is_set()
    assert fake.messages == []


async def test_start_that_is_broken_off_leaves_nothing_behind(fake: FakeTelegram) -> None:
    """Whoever loses the right while it logs in does not go on hearing."""
    bot = RunningBot(fake)
    starting = asyncio.create_task(bot.platform.start())
    await fake.wait_until(lambda: "deleteWebhook" in {name for name, _ in fake.calls})
    assert not starting.done()
    starting.cancel()
    await asyncio.wait([starting])
    assert _of_the_library()
    await bot.platform.stop()
    assert not _of_the_library()


def _of_the_library() -> list[asyncio.Task[Any]]:
    """The library's tasks, which go on by themselves."""
    return [one for one in asyncio.all_tasks() if one.get_name().startswith("Application:")]
