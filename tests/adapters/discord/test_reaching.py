"""Whether the operator's channel can be written to, asked of a local Discord."""

from __future__ import annotations

import traceback

import pytest

from adapters.discord.reaching import reach
from bot.ports.platform import StartFailed
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import Scripted, payloads

FORUM = "700000000000000055"


async def test_a_channel_is_named_where_the_bot_sees_it(bots: Bots) -> None:
    """One that is not there, or not shown to the bot, is none."""
    fake = bots.discord
    fake.gateway.guilds[0]["channels"].append(payloads.forum(FORUM, payloads.GUILD))
    assert await reach(fake.token, fake.api_url, bots.clock, FORUM) == "trials"
    assert await reach(fake.token, fake.api_url, bots.clock, f"{FORUM}6") is None
    fake.script("channel", Scripted(status=403, code=50001))
    assert await reach(fake.token, fake.api_url, bots.clock, FORUM) is None
    assert fake.messages == []


async def test_what_fails_tells_no_token(bots: Bots) -> None:
    """Not even as the context of what is raised."""
    fake = bots.discord
    fake.script("channel", *[Scripted(status=400)] * 9)
    with pytest.raises(StartFailed) as raised:
        await reach(fake.token, fake.api_url, bots.clock, FORUM)
    assert not raised.value.token_refused
    assert raised.value.__context__ is None
    assert fake.token not in "".join(traceback.format_exception(raised.value))
