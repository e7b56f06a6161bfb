"""What is kept of servers: the ids of their channels, and what may be done in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.state import Marks
from bot.domain.address import Address
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import payloads
from tests.fakes.discord.crowd import Crowd

FORUM = "700000000000000066"
LATER = "700000000000000067"


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.integers(0, 2))))
def test_marks_are_what_a_dictionary_would_be(steps: list[tuple[bool, int, int]]) -> None:
    """Whatever is put in and dropped, they hold it, and say when a known one changed."""
    marks, kept = Marks(), dict[int, int]()
    for puts, number, may in steps:
        if puts:
            assert marks.put(number, may) is (number in kept and kept[number] != may)
            kept[number] = may
        else:
            marks.drop(number)
            kept.pop(number, None)
        assert sorted(marks) == sorted(kept)


async def test_what_is_not_asked_for_is_not_kept(bots: Bots) -> None:
    """Of a busy server the library holds no channel, thread, role or emoji but its forums."""
    crowd = Crowd(3, 50)
    bots.discord.gateway.crowd = crowd
    bots.discord.gateway.guilds[0]["channels"].append(payloads.forum(FORUM, payloads.GUILD))
    bot = await bots.start()
    await (await bots.discord.slash("help")).answered()
    assert bot._client is not None
    held = [(len(one.channels), len(one.threads), len(one.roles)) for one in bot._client.guilds]
    assert sorted(held) == [(0, 0, 0)] * 3 + [(1, 0, 0)]
    assert len(bot._client.emojis) == 0
    await bots.discord.gateway.event("GUILD_DELETE", {"id": crowd[1]["id"]})
    await (await bots.discord.slash("help")).answered()
    assert {one.chat for one in bots.gone} == {one["id"] for one in crowd[1]["channels"]}


async def test_a_server_that_was_left_unheard_is_forgotten(bots: Bots) -> None:
    """A new session lists the servers of its shard; those of other shards stay."""
    gateway = bots.discord.gateway
    gateway.shards = gateway.lanes = 2
    stays, left, other = (str(167_000_000_000 + number << 22) for number in (0, 2, 1))
    gateway.guilds[:] = [payloads.guild(one, [], []) for one in (stays, left, other)]
    bot = await bots.start(sessions=2)
    assert bot._client is not None
    for one in (stays, other):  # behind the servers of each shard
        await (await bots.discord.slash("help", guild_id=one)).answered()
    assert set(bot._client.kept.servers) == {int(stays), int(left), int(other)}
    del gateway.guilds[1:]
    first = next(one for one in gateway.sessions if one.shard == (0, 2))
    gateway.sessions.remove(first)
    gateway.sessions.append(first)
    await gateway.cut(forget=True)
    await gateway.connected(identifies=3)
    await (await bots.discord.slash("help", guild_id=stays)).answered()
    assert set(bot._client.kept.servers) == {int(stays), int(other)}
    assert {one.id for one in bot._client.guilds} == {int(stays), int(other)}


async def test_what_comes_later_is_known_when_it_goes(bots: Bots) -> None:
    """A channel that was made since, and one that was deleted since, when the server is left."""
    await bots.start()
    gateway = bots.discord.gateway
    await gateway.event("CHANNEL_CREATE", payloads.text_channel(LATER, payloads.GUILD))
    deleted = payloads.text_channel(payloads.CHANNEL, payloads.GUILD)
    await gateway.event("CHANNEL_DELETE", deleted)
    await gateway.event("GUILD_DELETE", {"id": payloads.GUILD})
    await (await bots.discord.slash("help")).answered()
    gone = [Address("discord", payloads.BOT, chat) for chat in (payloads.CHANNEL, LATER)]
    assert bots.gone == gone
