"""A Bot API, a bot and a messenger for each test of this room."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from adapters.telegram.messenger import TelegramMessenger
from adapters.telegram.pace import Pace
from adapters.telegram.tls import trusted
from tests.adapters.telegram.support import QuickClock, RunningBot
from tests.fakes.telegram import FakeTelegram


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """A Bot API of this test's own."""
    async with FakeTelegram() as fake:
        yield fake
        assert fake.complaints == []


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[RunningBot]:
    """A started bot; it is stopped before its Bot API."""
    bot = RunningBot(fake)
    await bot.platform.start()
    yield bot
    await bot.platform.stop()


@pytest.fixture
async def messenger(fake: FakeTelegram) -> AsyncIterator[TelegramMessenger]:
    """A messenger that is logged in there and waits half a second for an answer."""
    request = HTTPXRequest(
        read_timeout=0.5,
        connect_timeout=5.0,
        pool_timeout=5.0,
        httpx_kwargs={"verify": trusted()},
    )
    async with Bot(
        fake.token, base_url=f"{fake.url}/bot", request=request, get_updates_request=request
    ) as bot:
        yield TelegramMessenger(bot, Pace(QuickClock()))
