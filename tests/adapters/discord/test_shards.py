"""One bot over several shards, in one process or in several that share a token."""

from __future__ import annotations

import asyncio

from adapters.discord.shards import LANE_SECONDS, Shards
from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import Sent
from bot.ports.platform import Deaf
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import FakeDiscord, Scripted, payloads

BELL = Message(title="It changed")
ONE, OTHER = (str(167_000_000_000 + shard << 22) for shard in (0, 1))
"""Servers of the first and the second of two shards."""


def channel(guild: str) -> str:
    """The channel of one of these servers."""
    return str(int(guild) + 7)


def two_servers(discord: FakeDiscord) -> None:
    """Let the bot be in one server of each of two shards, which may both begin at once."""
    discord.gateway.shards = discord.gateway.lanes = 2
    discord.gateway.guilds[:] = [
        payloads.guild(guild, [payloads.text_channel(channel(guild), guild)], [])
        for guild in (ONE, OTHER)
    ]


async def asked_in(bots: Bots, guild: str) -> None:
    """Somebody asks in a server and is answered."""
    use = await bots.discord.slash("help", guild_id=guild, channel_id=channel(guild))
    await use.answered()


async def test_a_process_hears_all_shards_that_discord_recommends(bots: Bots) -> None:
    """Without a setting it asks how many there are to be, and answers on each of them."""
    two_servers(bots.discord)
    await bots.start(sessions=2)
    assert [one.shard for one in bots.discord.gateway.sessions] == [(0, 2), (1, 2)]
    for guild in (ONE, OTHER):
        await asked_in(bots, guild)
    await (await bots.discord.slash("about")).answered()  # in private: on the first shard
    assert [one.command for one in bots.desk.asked] == ["help", "help", "about"]


async def test_shards_begin_as_slowly_as_discord_asks(bots: Bots) -> None:
    """Where one session may begin at a time, the second waits five seconds for the first."""
    two_servers(bots.discord)
    bots.discord.gateway.lanes = 1
    await bots.start(sessions=2)
    (waited,) = bots.clock.waits()
    assert LANE_SECONDS - 1 < waited <= LANE_SECONDS


async def test_processes_share_a_token_by_their_shards(bots: Bots) -> None:
    """Each answers what is asked on its own shards, once, and each can send everywhere."""
    two_servers(bots.discord)
    first = await bots.start(shards=Shards(2, (0,)))
    theirs = Bots(bots.discord, bots._stack)
    theirs._started = 1
    second = await theirs.start(shards=Shards(2, (1,)))
    assert [one.shard for one in bots.discord.gateway.sessions] == [(0, 2), (1, 2)]
    await asked_in(bots, ONE)
    await asked_in(bots, OTHER)
    assert [len(one.desk.asked) for one in (bots, theirs)] == [1, 1]
    for number, (bot, guild) in enumerate(((first, OTHER), (second, ONE))):
        here = Address("discord", payloads.BOT, channel(guild))
        assert isinstance(await bot.messenger.send(here, BELL, f"n{number}"), Sent)


async def test_a_process_hears_of_its_own_servers_only(bots: Bots) -> None:
    """A deleted channel is reported by the process whose shard it is on, and by no other."""
    two_servers(bots.discord)
    await bots.start(shards=Shards(2, (0,)))
    theirs = Bots(bots.discord, bots._stack)
    theirs._started = 1
    await theirs.start(shards=Shards(2, (1,)))
    deleted = payloads.text_channel(channel(OTHER), OTHER)
    await bots.discord.gateway.event("CHANNEL_DELETE", deleted)
    async with asyncio.timeout(10):
        while not theirs.gone:
            theirs.heard.clear()
            await theirs.heard.wait()
    await asked_in(bots, ONE)
    assert [one.chat for one in theirs.gone] == [channel(OTHER)]
    assert bots.gone == []


async def test_a_bot_that_outgrew_its_shards_begins_with_more(bots: Bots) -> None:
    """Discord asks for more shards than there are: where the count is its to say, it is asked."""
    await bots.start()
    two_servers(bots.discord)
    await bots.discord.gateway.close(4011)
    await bots.discord.gateway.connected(identifies=3)
    assert [one.shard for one in bots.discord.gateway.sessions[1:]] == [(0, 2), (1, 2)]
    await asked_in(bots, OTHER)


async def test_a_count_that_is_too_small_is_the_operators_to_mend(bots: Bots) -> None:
    """A shard count of the settings is not changed behind the operator's back; sending goes on."""
    two_servers(bots.discord)
    bot = bots.platform(bots.discord.token, shards=Shards(1))
    await bot.start()
    async with asyncio.timeout(10):
        assert await bot.deaf() == Deaf("gateway closed with 4011", sends=True)
    here = Address("discord", payloads.BOT, payloads.CHANNEL)
    assert isinstance(await bot.messenger.send(here, BELL, "n1"), Sent)


async def test_a_shard_that_cannot_connect_does_not_stop_the_bot(bots: Bots) -> None:
    """With a count of its own the library would try for ever, each time deeper in the stack."""
    two_servers(bots.discord)
    bots.discord.script("gateway", Scripted(status=503))
    bot = bots.platform(bots.discord.token, shards=Shards(2))
    await bot.start()
    await bots.discord.gateway.connected(identifies=2)
    await asked_in(bots, OTHER)
