"""A gateway's troubles over the wire: what is resumed, what begins anew, and what is no news."""

from __future__ import annotations

import pytest

from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import Sent
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import Asked, Scripted, payloads

HERE = Address("discord", payloads.BOT, payloads.CHANNEL)


async def resumed(bots: Bots, missed: Asked) -> None:
    """Wait until the session goes on; what was asked meanwhile is answered, and once."""
    await bots.discord.gateway.connected(identifies=1, resumes=1)
    await missed.answered()
    assert len(bots.desk.asked) == 1
    assert len(bots.discord.gateway.sessions) == 1


async def test_a_gateway_that_is_restarted_is_resumed(bots: Bots) -> None:
    """Discord asks to connect anew; nothing that was asked meanwhile is lost."""
    await bots.start()
    await bots.discord.gateway.ask_to_reconnect()
    bots.discord.gateway.sessions[-1].muted = True
    await resumed(bots, await bots.discord.slash("help"))


async def test_a_dead_connection_is_noticed_and_resumed(bots: Bots) -> None:
    """A line that looks whole and brings nothing, not even answers to heartbeats, is left."""
    bots.discord.gateway.beat = 100
    await bots.start(silence=1.0)
    bots.discord.gateway.sessions[-1].muted = True
    await resumed(bots, await bots.discord.slash("help"))


async def test_a_quiet_connection_is_kept(bots: Bots) -> None:
    """As long as heartbeats are answered, silence is no sign of trouble."""
    bots.discord.gateway.beat = 100
    await bots.start(silence=1.0)
    await bots.discord.gateway.beaten(6)
    await (await bots.discord.slash("help")).answered()
    assert (len(bots.discord.gateway.asked), bots.discord.gateway.resumed) == (1, 0)


@pytest.mark.parametrize("resumable", [True, False])
async def test_an_invalid_session_goes_on(bots: Bots, resumable: bool) -> None:
    """It is resumed where Discord says that it can be, and begun anew where not."""
    await bots.start()
    await bots.discord.gateway.invalidate(resumable=resumable)
    counts = {"resumes": 1} if resumable else {"identifies": 2}
    await bots.discord.gateway.connected(**counts)
    await (await bots.discord.slash("help")).answered()
    assert bots.gone == bots.back == []


async def test_a_session_that_was_forgotten_begins_anew(bots: Bots) -> None:
    """A cut that lasted too long: the resume is refused, and all servers are told of again."""
    await bots.start()
    await bots.discord.gateway.cut(forget=True)
    await bots.discord.gateway.connected(identifies=2)
    await (await bots.discord.slash("help")).answered()
    assert bots.gone == bots.back == []


async def test_an_outage_of_servers_pauses_nobody(bots: Bots) -> None:
    """Servers that go and come in an outage were not left: no chat is gone, and none is back."""
    await bots.start()
    gateway = bots.discord.gateway
    for _ in range(2):
        await gateway.event("GUILD_DELETE", {"id": payloads.GUILD, "unavailable": True})
        await gateway.event("GUILD_CREATE", gateway.guilds[0])
    await gateway.event("GUILD_DELETE", {"id": payloads.GUILD, "unavailable": True})
    await gateway.invalidate(resumable=False)  # and it begins anew amid the outage
    await gateway.connected(identifies=2)
    await (await bots.discord.slash("help")).answered()
    assert bots.gone == bots.back == []


async def test_a_server_left_after_an_outage_is_gone(bots: Bots) -> None:
    """That it was unavailable before does not hide that the bot was thrown out then."""
    await bots.start()
    gateway = bots.discord.gateway
    await gateway.event("GUILD_DELETE", {"id": payloads.GUILD, "unavailable": True})
    await gateway.event("GUILD_CREATE", gateway.guilds[0])
    await gateway.event("GUILD_DELETE", {"id": payloads.GUILD})
    await (await bots.discord.slash("help")).answered()
    assert HERE in bots.gone


async def test_messages_are_sent_whatever_the_gateway_does(bots: Bots) -> None:
    """A payload that nobody can read ends the gateway's connection, and no send with it."""
    bot = await bots.start()
    await bots.discord.gateway.event("INTERACTION_CREATE", {"nonsense": True})
    await bots.discord.gateway.connected(identifies=2)
    assert isinstance(await bot.messenger.send(HERE, Message(title="It changed"), "n1"), Sent)


async def test_an_answer_bears_limits_and_faults(bots: Bots) -> None:
    """A limit on the first sign, and a server error on the message after it, delay the answer."""
    await bots.start()
    bots.discord.script("callback", Scripted(status=429, retry_after=0.05))
    bots.discord.script("followup", Scripted(status=502))
    use = await bots.discord.slash("help")
    assert len(await use.answered()) == 1


async def test_a_message_bears_a_fault_of_discords(bots: Bots) -> None:
    """The library tries again by itself after a server error, and the message comes once."""
    bot = await bots.start()
    bots.discord.script("post", Scripted(status=502))
    assert isinstance(await bot.messenger.send(HERE, Message(title="It changed"), "n1"), Sent)
    assert (len(bots.discord.messages), bots.discord.calls["post"]) == (1, 2)
