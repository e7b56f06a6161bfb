"""A bot's life over the wire: log-in, gateway, chats that go, the end, and what it logs."""

from __future__ import annotations

import asyncio
import io
import logging
import traceback

import psutil
import pytest
from structlog.testing import capture_logs

from adapters.discord.platform import identify
from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import TokenRefused
from bot.ports.platform import StartFailed
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import FakeDiscord, Scripted, payloads

THREAD = "700000000000000044"
HERE = Address("discord", payloads.BOT, payloads.CHANNEL)
BELL = Message(title="It changed")


async def test_it_asks_for_nothing_privileged(bots: Bots) -> None:
    """The bot hears of servers and of interactions, not of members, presences or messages."""
    await bots.start()
    assert bots.discord.gateway.intents == [1]


async def test_it_sends_without_a_gateway(bots: Bots) -> None:
    """Sending works from the log-in on, whether the gateway answers or not."""
    bots.discord.script("gateway", *[Scripted(status=503)] * 3)
    bot = bots.platform(bots.discord.token)
    await bot.start()
    await bot.messenger.send(HERE, BELL, "n1")
    assert len(bots.discord.messages) == 1


async def test_it_waits_for_a_gateway_that_is_out(bots: Bots) -> None:
    """A first connection that fails is tried again, each time after a longer wait."""
    bots.discord.script("gateway", *[Scripted(status=503)] * 2)
    bot = bots.platform(bots.discord.token)
    await bot.start()
    await bots.discord.gateway.connected(identifies=1)
    assert bots.clock.waits() == [1.0, 2.0]
    await (await bots.discord.slash("help")).answered()


async def test_a_token_that_is_unknown_is_said(bots: Bots) -> None:
    """A wrong token ends the start with what the operator has to mend, and without the token."""
    bot = bots.platform("a-wrong-token")
    with pytest.raises(StartFailed) as raised:
        await bot.start()
    assert raised.value.token_refused
    assert "a-wrong-token" not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__context__ is None


async def test_a_token_can_be_identified_without_hearing(bots: Bots) -> None:
    """A check of the token names the bot, connects no gateway and registers nothing."""
    assert await identify(bots.discord.token, bots.discord.api_url, bots.clock) == "trialbell"
    with pytest.raises(StartFailed) as raised:
        await identify("a-wrong-token", bots.discord.api_url, bots.clock)
    assert raised.value.token_refused
    assert (bots.discord.registrations, bots.discord.gateway.asked) == (0, [])


async def test_an_outage_at_the_start_is_no_fault_of_the_token(bots: Bots) -> None:
    """When Discord is out the start fails, and works when it is called again."""
    bots.discord.script("login", Scripted(status=503))
    bot = bots.platform(bots.discord.token)
    with pytest.raises(StartFailed) as raised:
        await bot.start()
    assert not raised.value.token_refused
    await bot.start()
    await bots.discord.gateway.connected(identifies=1)


async def test_nobody_at_the_address_is_an_outage(bots: Bots) -> None:
    """A refused connection at the start is an outage too."""
    async with FakeDiscord() as closed:
        pass
    bots.discord = closed
    bot = bots.platform("any")
    with pytest.raises(StartFailed) as raised:
        await bot.start()
    assert not raised.value.token_refused


async def test_a_cut_connection_is_resumed(bots: Bots) -> None:
    """What happened while the gateway was cut is heard after the resume, and only once."""
    await bots.start()
    await (await bots.discord.slash("help")).answered()
    await bots.discord.gateway.cut()
    missed = await bots.discord.slash("about")
    await bots.discord.gateway.connected(identifies=1, resumes=1)
    await missed.answered()
    assert [request.command for request in bots.desk.asked] == ["help", "about"]


async def test_a_refused_gateway_is_told_to_whoever_sends(bots: Bots) -> None:
    """When Discord refuses the token later, sends say so instead of trying."""
    bot = await bots.start()
    bots.discord.gateway.token = "another"
    await bots.discord.gateway.close(4004)
    async with asyncio.timeout(5):
        assert not (await bot.deaf()).sends
    assert await bot.messenger.send(HERE, BELL, "n1") == TokenRefused("gateway closed with 4004")


async def test_a_payload_that_cannot_be_read_does_not_deafen_it(bots: Bots) -> None:
    """After an event that breaks the library's parser the bot connects again and answers."""
    await bots.start()
    with capture_logs() as logs:
        await bots.discord.gateway.event("INTERACTION_CREATE", {"nonsense": True})
        await bots.discord.gateway.connected(identifies=2)
    await (await bots.discord.slash("help")).answered()
    assert "discord gateway lost" in [entry["event"] for entry in logs]


async def test_a_deleted_channel_is_gone(bots: Bots) -> None:
    """A channel that was deleted is reported; whoever hears it knows of the threads in it."""
    await bots.start()
    channel = payloads.text_channel(payloads.CHANNEL, payloads.GUILD)
    await bots.discord.gateway.event("CHANNEL_DELETE", channel)
    assert await gone(bots, 1) == {HERE}


async def test_a_deleted_thread_is_gone(bots: Bots) -> None:
    """A thread is reported with the channel that it hung under."""
    await bots.start()
    thread = payloads.thread(THREAD, payloads.CHANNEL, payloads.GUILD)
    await bots.discord.gateway.event("THREAD_DELETE", thread)
    assert await gone(bots, 1) == {Address("discord", payloads.BOT, HERE.chat, THREAD)}


async def test_a_server_that_threw_the_bot_out_is_gone(bots: Bots) -> None:
    """All channels of the server are reported."""
    await bots.start()
    await bots.discord.gateway.event("GUILD_DELETE", {"id": payloads.GUILD})
    assert await gone(bots, 1) == {HERE}


async def test_an_outage_of_a_server_is_not_its_end(bots: Bots) -> None:
    """A server that is only unavailable keeps its chats."""
    await bots.start()
    await bots.discord.gateway.event("GUILD_DELETE", {"id": payloads.GUILD, "unavailable": True})
    await (await bots.discord.slash("help")).answered()
    assert bots.gone == []


async def test_an_answer_under_way_is_finished_before_the_stop(bots: Bots) -> None:
    """Whoever asked just before the stop still gets the answer."""
    bot = await bots.start()
    bots.desk.hold = asyncio.Event()
    use = await bots.discord.slash("help")
    await use.acknowledged()
    asyncio.get_running_loop().call_later(0.1, bots.desk.hold.set)
    await bot.stop()
    assert len(use.answers) == 1


async def test_two_bots_on_two_addresses_do_not_meet(bots: Bots) -> None:
    """Each bot of a process speaks to its own address, in sending and in answering."""
    await bots.start()
    async with FakeDiscord(token="another-token") as other:
        theirs = Bots(other, bots._stack)
        bot = await theirs.start()
        await bot.messenger.send(HERE, BELL, "n1")
        await (await other.slash("about")).answered()
        await (await bots.discord.slash("help")).answered()
        await bot.stop()
        assert (len(other.messages), bots.discord.messages) == (1, [])
    assert [request.command for request in bots.desk.asked] == ["help"]


async def test_nothing_secret_is_logged(bots: Bots) -> None:
    """With the log wide open, no token, channel, condition or interaction's key gets into it."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    logging.getLogger("discord").setLevel(logging.NOTSET)
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with capture_logs() as logs:
            bot = await bots.start()
            bots.discord.script("post", Scripted(status=429, retry_after=0.01))
            bots.discord.script("post", Scripted(status=429, retry_after=99.0))
            await bot.messenger.send(HERE, BELL, "n1")
            bots.discord.script("followup", Scripted(status=429, retry_after=0.01))
            use = await bots.discord.slash("follow", "sarcoma", guild_id=payloads.GUILD)
            await use.answered()
            await bots.discord.gateway.cut()
            await bots.discord.gateway.connected(resumes=1)
            await bot.stop()
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    said = heard.getvalue() + str(logs)
    assert "rate limited" in said
    for secret in (bots.discord.token, payloads.CHANNEL, payloads.PERSON, "sarcoma", use.token):
        assert secret not in said


async def test_an_idle_bot_is_small(bots: Bots) -> None:
    """With 200 servers of 20 channels known, the process stays far below 150 MB."""
    bots.discord.gateway.guilds += [
        payloads.guild(
            str(710000000000000000 + guild * 1000),
            [
                payloads.text_channel(
                    str(710000000000000001 + guild * 1000 + channel),
                    str(710000000000000000 + guild * 1000),
                )
                for channel in range(20)
            ],
            [],
        )
        for guild in range(200)
    ]
    before = psutil.Process().memory_info().rss
    await bots.start()
    await (await bots.discord.slash("help")).answered()
    assert psutil.Process().memory_info().rss - before < 50 * 1024 * 1024


async def gone(bots: Bots, count: int) -> set[Address]:
    """What was reported as gone, once so much was."""
    async with asyncio.timeout(5):
        while len(bots.gone) < count:
            bots.heard.clear()
            await bots.heard.wait()
    return set(bots.gone)
