"""What the bot lacks in a channel is said at once, and only where it matters."""

from __future__ import annotations

from typing import Any

import pytest

from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import payloads
from tests.fakes.discord.people import ALLOWED

SERVER: dict[str, Any] = {"guild_id": payloads.GUILD, "manages": True}
VIEW, SEND, EMBED, IN_THREADS = 1 << 10, 1 << 11, 1 << 14, 1 << 38


async def said(bots: Bots, command: str, *args: str, **place: Any) -> list[str]:
    """The first line of each answer."""
    if not bots.running:
        bots.running.append(await bots.start())
    use = await bots.discord.slash(command, *args, **place)
    return [str(one["components"]) for one in await use.answered()]


@pytest.mark.parametrize(
    ("kept", "named"),
    [
        (ALLOWED & ~SEND & ~EMBED, "Send Messages, Embed Links"),
        (ALLOWED & ~VIEW, "View Channel"),
        (0, "View Channel, Send Messages, Embed Links"),
    ],
)
async def test_what_lacks_is_said_when_a_feed_is_made(bots: Bots, kept: int, named: str) -> None:
    """In Discord's own words, with the channel's name, before the answer itself."""
    lacks, *rest = await said(bots, "follow", "sarcoma", allowed=kept, **SERVER)
    assert f"#news: {named}" in lacks
    assert len(rest) <= 1


async def test_a_thread_needs_its_own_right(bots: Bots) -> None:
    """Whoever may write in a channel may perhaps not write in its threads."""
    place = {"channel_id": "700000000000000044", "parent_id": payloads.CHANNEL}
    lacks, *_ = await said(
        bots, "follow", "sarcoma", allowed=ALLOWED & ~IN_THREADS & ~SEND, **SERVER, **place
    )
    assert "#talk: Send Messages in Threads" in lacks


@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("help", {"allowed": 0, **SERVER}),
        ("follow", {"allowed": ALLOWED, **SERVER}),
        ("follow", {"allowed": 0, **SERVER, "manages": False}),
        ("follow", {"allowed": 0, **SERVER, "installed": False}),
        ("follow", {"allowed": 0, "channel_id": "700000000000000077"}),
    ],
)
async def test_nothing_is_said_where_nothing_is_posted(
    bots: Bots, command: str, place: dict[str, Any]
) -> None:
    """Other commands, whoever may not manage, private chats, and servers that it only visits."""
    text = ("sarcoma",) if command == "follow" else ()
    (answer,) = await said(bots, command, *text, **place)
    assert "permissions" not in answer
