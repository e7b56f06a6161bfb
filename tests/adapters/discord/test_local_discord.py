"""The local Discord refuses what Discord refuses, so that a bot's fault shows in these tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import FakeDiscord, payloads
from tests.fakes.discord.spec import needs_description

SIGN: dict[str, Any] = {"type": 5, "data": {"flags": 64}}


@pytest.fixture
async def asks() -> AsyncIterator[tuple[FakeDiscord, aiohttp.ClientSession]]:
    """A local Discord and a client that sends what it is told."""
    async with (
        FakeDiscord() as discord,
        aiohttp.ClientSession(headers={"Authorization": f"Bot {discord.token}"}) as session,
    ):
        yield discord, session


@needs_description
@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"channels/{payloads.CHANNEL}/messages", {"content": ["not", "a", "text"]}),
        (f"channels/{payloads.CHANNEL}/messages", {"content": "x", "nonce": "n" * 26}),
        ("users/@me/channels", {"recipient_id": {"id": payloads.PERSON}}),
        (f"channels/{payloads.CHANNEL}/threads", {"name": "", "message": {}}),
    ],
)
async def test_a_body_that_is_not_as_described_is_refused(
    asks: tuple[FakeDiscord, aiohttp.ClientSession], path: str, body: dict[str, Any]
) -> None:
    """Each request is held against Discord's own description, and the fault is kept."""
    discord, session = asks
    async with session.post(f"{discord.api_url}/{path}", json=body) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, 50035)
    assert discord.faults
    assert discord.messages == []


async def test_an_interaction_is_answered_once_and_in_time(bots: Bots) -> None:
    """A second sign, an unknown interaction, and a sign after three seconds are refused."""
    await bots.start()
    discord = bots.discord
    use = await discord.slash("help")
    await use.answered()
    late = await discord.slash("help")
    late.at -= 3.1
    async with aiohttp.ClientSession() as session:
        for token, status, code in (
            (use.token, 400, 40060),
            ("never-given", 404, 10062),
            (late.token, 404, 10062),
        ):
            url = f"{discord.api_url}/interactions/1/{token}/callback"
            async with session.post(url, json=SIGN) as answer:
                assert (answer.status, (await answer.json())["code"]) == (status, code)
