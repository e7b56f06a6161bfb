"""Several processes on one Discord token: each hears its share, and one of them sends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from pydantic import SecretStr

from bot.domain.trouble import Trouble
from bot.domain.words import say
from bot.services.platforms import troubles
from tests.fakes.discord import FakeDiscord, payloads
from tests.postgres import Postgres
from tests.studies import SECRET
from trialbell.run import Runner
from trialbell.settings import Settings
from trialbell.wiring import Core, open_core

SERVERS = tuple(str(167_000_000_000 + shard << 22) for shard in (0, 1))
"""One on each of two shards."""


@asynccontextmanager
async def serving(
    url: str, discord: FakeDiscord, shards: str, count: int = 2
) -> AsyncIterator[tuple[Core, Callable[[], object]]]:
    """A process's part of it, and what stops it."""
    settings = Settings(
        database_url=url,
        secret_key=SecretStr(SECRET.decode()),
        discord_api_url=discord.api_url,
        discord_shard_count=count,
        discord_shards=shards,
    )
    stop = asyncio.Event()
    async with open_core(settings) as core, asyncio.TaskGroup() as group:
        group.create_task(Runner(core, stop).serve("discord", discord.token))
        try:
            yield core, stop.set
        finally:
            stop.set()


async def sends(core: Core) -> None:
    """Wait until this process sends."""
    async with asyncio.timeout(30):
        while not core.wakes:  # noqa: ASYNC110 - a list tells nobody that it is filled
            await asyncio.sleep(0.02)


async def answered(discord: FakeDiscord, server: str) -> None:
    """Somebody in a server asks for help and is answered once."""
    use = await discord.slash("help", guild_id=server, channel_id=payloads.CHANNEL)
    assert len(await use.answered()) == 1


async def posted(discord: FakeDiscord, server: str) -> None:
    """Somebody who manages a server has a test posted there, and it is."""
    use = await discord.slash(
        "feed test", guild_id=server, channel_id=payloads.CHANNEL, manages=True
    )
    (said,) = await use.answered()
    assert say("feed.test.done.title") in str(said)
    assert [one.channel_id for one in discord.messages] == [payloads.CHANNEL]


async def test_all_processes_answer_and_one_sends(postgres: Postgres) -> None:
    """Who stands by for the sending answers on its shards, and sends when the other stops."""
    url = postgres.emptied()
    async with FakeDiscord() as discord:
        discord.gateway.shards = discord.gateway.lanes = 2
        discord.gateway.guilds += [payloads.guild(server, [], []) for server in SERVERS]
        async with serving(url, discord, "0") as (first, stop_first):
            await sends(first)
            async with serving(url, discord, "1") as (second, _):
                await discord.gateway.connected(identifies=2)
                for server in SERVERS:
                    await answered(discord, server)
                await posted(discord, SERVERS[1])
                assert second.wakes == []
                stop_first()
                await sends(second)
                await answered(discord, SERVERS[1])
        assert discord.faults == []


async def noted(core: Core, trouble: Trouble) -> None:
    """Wait until this process keeps in the store what is wrong with the platform."""
    async with asyncio.timeout(30):
        while troubles(await core.store.notes.all()) != {"discord": trouble}:
            await asyncio.sleep(0.02)
            await core.platforms.keep()


async def test_who_stands_by_and_is_refused_says_so(postgres: Postgres) -> None:
    """It never sends, so no send can show that its servers are not heard any more."""
    url = postgres.emptied()
    async with FakeDiscord() as discord:
        discord.gateway.shards = discord.gateway.lanes = 2
        async with serving(url, discord, "0") as (first, _), serving(url, discord, "1") as others:
            await discord.gateway.connected(identifies=2)
            await sends(first)
            discord.gateway.token = "another"
            await discord.gateway.close(4004)
            await noted(others[0], Trouble.TOKEN)
            assert first.wakes != []
        assert discord.faults == []


async def test_too_few_shards_are_told_and_sending_goes_on(postgres: Postgres) -> None:
    """Discord asks for more of them than are set: the operator hears it, and so do the patients."""
    url = postgres.emptied()
    async with FakeDiscord() as discord:
        discord.gateway.shards = 2
        async with serving(url, discord, "0", count=1) as (core, _):
            await noted(core, Trouble.DEAF)
            await sends(core)
            await core.platforms.keep()
            assert troubles(await core.store.notes.all()) == {"discord": Trouble.DEAF}
        assert discord.faults == []
