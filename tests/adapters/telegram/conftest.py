"""A Bot API and a bot for each test of this room."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.adapters.telegram.support import RunningBot
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
