"""Discord's signs that a chat may be written in again."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.domain.address import Address
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import payloads

THREAD = "700000000000000044"
HERE = Address("discord", payloads.BOT, payloads.CHANNEL)
IN_THREAD = Address("discord", payloads.BOT, payloads.CHANNEL, THREAD)
ROLE = "700000000000000077"
VIEW = 1 << 10


def channel(*overwrites: dict[str, Any]) -> dict[str, Any]:
    """The local server's channel, with these permissions of its own."""
    return payloads.text_channel(payloads.CHANNEL, payloads.GUILD) | {
        "permission_overwrites": list(overwrites)
    }


def overwrite(deny: int) -> dict[str, Any]:
    """What everybody may not do in a channel."""
    return {"id": payloads.GUILD, "type": 0, "allow": "0", "deny": str(deny)}


def thread(**state: bool) -> dict[str, Any]:
    """The local server's thread, in this state."""
    told = payloads.thread(THREAD, payloads.CHANNEL, payloads.GUILD)
    return told | {"thread_metadata": told["thread_metadata"] | state}


def role(permissions: int, name: str = "bots") -> dict[str, Any]:
    """A role of the local server."""
    return {
        "id": ROLE,
        "name": name,
        "permissions": str(permissions),
        "position": 1,
        "color": 0,
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


async def back(bots: Bots, count: int = 1) -> list[Address]:
    """What was reported as back, once so much was and all that was sent before is worked off."""
    async with asyncio.timeout(5):
        while len(bots.back) < count:
            bots.heard.clear()
            await bots.heard.wait()
    await (await bots.discord.slash("help")).answered()
    return bots.back


async def test_a_server_that_takes_the_bot_in_again_is_back(bots: Bots) -> None:
    """Its channels may be written in; the core finds what it knows of them."""
    await bots.start()
    await bots.discord.gateway.event("GUILD_DELETE", {"id": payloads.GUILD})
    assert await back(bots, 0) == []
    joined = payloads.guild(payloads.GUILD, [channel()], [])
    del joined["unavailable"]
    await bots.discord.gateway.event("GUILD_CREATE", joined)
    assert await back(bots) == [HERE]


async def test_a_server_that_is_only_available_again_says_nothing(bots: Bots) -> None:
    """After an outage of a server nothing is known that was not before."""
    await bots.start()
    again = payloads.guild(payloads.GUILD, [channel()], [])
    await bots.discord.gateway.event("GUILD_DELETE", {"id": payloads.GUILD, "unavailable": True})
    await bots.discord.gateway.event("GUILD_CREATE", again)
    assert await back(bots, 0) == []


async def test_permissions_that_are_given_back_are_heard(bots: Bots) -> None:
    """A change of who may do what is told; a new name is not."""
    await bots.start()
    gateway = bots.discord.gateway
    await gateway.event("CHANNEL_UPDATE", channel() | {"name": "renamed"})
    assert await back(bots, 0) == []
    await gateway.event("CHANNEL_UPDATE", channel(overwrite(VIEW)))
    assert await back(bots) == [HERE]


async def test_a_role_that_allows_more_is_heard(bots: Bots) -> None:
    """All channels of the server may be meant; a role's new name means none."""
    bots.discord.gateway.guilds[0]["roles"] = [role(0)]
    await bots.start()
    data = {"guild_id": payloads.GUILD, "role": role(0, "robots")}
    await bots.discord.gateway.event("GUILD_ROLE_UPDATE", data)
    assert await back(bots, 0) == []
    data = {"guild_id": payloads.GUILD, "role": role(VIEW)}
    await bots.discord.gateway.event("GUILD_ROLE_UPDATE", data)
    assert await back(bots) == [HERE]


async def test_a_thread_that_is_opened_again_is_back(bots: Bots) -> None:
    """Archived or locked says nothing, open says that it can be written in."""
    await bots.start()
    for told in (
        thread(archived=True, locked=True),
        thread(locked=True),
        thread(archived=True, locked=False),
    ):
        await bots.discord.gateway.event("THREAD_UPDATE", told)
    assert await back(bots, 0) == []
    assert bots.gone == []
    await bots.discord.gateway.event("THREAD_UPDATE", thread(locked=False))
    assert await back(bots) == [IN_THREAD]
