"""A platform that refuses the token: tried again by the clock, and said once."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.address import Address
from bot.ports.messenger import always
from bot.services.platforms import REFUSED_AGAIN_SECONDS, start, troubles
from tests.bot.services.support import house, next_day, old, read
from tests.bot.services.talking import follow
from tests.fakes.clock import HeldClock
from tests.fakes.telegram import FakeTelegram
from trialbell.run import Runner, lease_name
from trialbell.wiring import Core, telegram

NAME = "telegram"
YOU = "424242"


@pytest.fixture
def file(migrated_sqlite: Path, tmp_path: Path) -> Path:
    """A migrated database file."""
    return Path(shutil.copy(migrated_sqlite, tmp_path / "store.db"))


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """Telegram, on this machine."""
    async with FakeTelegram() as running:
        yield running


def led_to(fake: FakeTelegram, core: Core) -> HeldClock:
    """Let the core's Telegram be this one. Returns the core's clock."""
    core.settings = core.settings.model_copy(update={"telegram_api_url": fake.url})
    assert isinstance(core.clock, HeldClock)
    return core.clock


def called(fake: FakeTelegram, method: str, times: int) -> bool:
    """Whether this was called so often."""
    return [name for name, _ in fake.calls].count(method) == times


async def test_a_refused_token_is_tried_again_and_said_once(file: Path, fake: FakeTelegram) -> None:
    """A 404 of a proxy is taken for a refusal by the library: it ends without a restart."""
    async with house(file, [old(1)]) as (_, core):
        clock = led_to(fake, core)
        fake.failing(404, "Not Found", method="getMe", times=3)
        platform = telegram(core, fake.token)
        with capture_logs() as logs:
            starting = asyncio.ensure_future(
                start(NAME, platform, core.platforms, clock, asyncio.Event())
            )
            for tries in (1, 2, 3):
                await fake.wait_until(partial(called, fake, "getMe", tries))
                await clock.somebody_waits()
                clock.let_pass(REFUSED_AGAIN_SECONDS)
            assert await starting
        await platform.stop()
    said = [line["event"] for line in logs if line["event"].startswith("platform ")]
    assert said == ["platform not started", "platform started"]


async def test_told_to_stop_a_refused_platform_is_not_waited_for(
    file: Path, fake: FakeTelegram
) -> None:
    """The wait after a refusal ends with the program."""
    async with house(file, [old(1)]) as (_, core):
        clock, stop = led_to(fake, core), asyncio.Event()
        fake.failing(401, "Unauthorized", method="getMe", times=9)
        starting = asyncio.ensure_future(
            start(NAME, telegram(core, fake.token), core.platforms, clock, stop)
        )
        await clock.somebody_waits()
        stop.set()
        assert not await starting
        assert called(fake, "getMe", 1)


async def test_a_token_that_is_refused_while_sending_is_tried_again(
    file: Path, fake: FakeTelegram
) -> None:
    """What is owed is sent when the platform takes it, and only that ends the trouble."""
    bot = fake.token.partition(":")[0]
    async with house(file, [old(1)], [old(1, status="UNKNOWN")]) as (server, core):
        clock, stop = led_to(fake, core), asyncio.Event()
        await follow(core, 1, Address(NAME, bot, YOU))
        await read(core)
        await next_day(server, core)
        fake.failing(401, "Unauthorized", method="sendMessage", times=2)
        lease = await core.store.leases.acquire("send", "test", 3600)
        assert lease is not None
        with capture_logs() as logs:
            serving = asyncio.ensure_future(
                Runner(core, stop)._serve(NAME, fake.token, lease, always)
            )
            for tries in (1, 2):
                await fake.wait_until(partial(called, fake, "sendMessage", tries))
                await stopped(core)
                await core.platforms.keep()
                assert NAME in troubles(await core.store.notes.all())
                clock.let_pass(REFUSED_AGAIN_SECONDS)
            await fake.wait_for_messages(1)
            stop.set()
            await serving
        assert core.wakes == []
    said = [line["event"] for line in logs if line["event"].startswith("platform ")]
    assert said == ["platform started", "platform stopped", "platform started"]


async def stopped(core: Core) -> None:
    """Until nobody sends, and somebody waits for the clock."""
    async with asyncio.timeout(10):
        while core.wakes:  # noqa: ASYNC110 - a list tells nobody that it is empty
            await asyncio.sleep(0)
    assert isinstance(core.clock, HeldClock)
    await core.clock.somebody_waits()


async def test_webhook_is_answered_by_who_stands_by_and_sends_nothing(
    file: Path, fake: FakeTelegram
) -> None:
    """Behind one address all processes answer; notices are the lease's holder's to send."""
    bot = fake.token.partition(":")[0]
    async with house(file, [old(1)], [old(1, status="UNKNOWN")]) as (server, core):
        clock, stop = led_to(fake, core), asyncio.Event()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        hooked = {"telegram_webhook_url": "https://bot.example/t", "telegram_webhook_port": port}
        core.settings = core.settings.model_copy(update=hooked)
        fake.deliver_to = f"http://127.0.0.1:{port}/t"
        await follow(core, 1, Address(NAME, bot, YOU))
        await read(core)
        await next_day(server, core)
        name = lease_name(NAME, fake.token)
        other = await core.store.leases.acquire(name, "another", 3600)
        assert other is not None
        serving = asyncio.ensure_future(Runner(core, stop).serve(NAME, fake.token))
        await fake.wait_until(lambda: fake.webhook is not None)
        fake.type(7, "/about")
        await fake.wait_for_messages(1)
        await clock.somebody_waits()
        assert [message.chat_id for message in fake.messages] == [7]
        await core.store.leases.release(other)
        while len(fake.messages) < 2:
            await clock.let_the_next_wait_end()
        assert fake.messages[1].chat_id == int(YOU)
        stop.set()
        clock.let_pass(REFUSED_AGAIN_SECONDS)
        await serving
