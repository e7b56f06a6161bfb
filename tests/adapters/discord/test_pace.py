"""How fast requests go out, who goes first, and when nothing more is tried."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime

import discord

from adapters.discord.pace import OVER_ALL, SECONDS, TEN_MINUTES, TOO_MANY, Pace, Refusals
from bot.domain.address import Address
from bot.domain.message import Message
from bot.domain.outcome import ChatGone, Scope, Sent, TryLater
from bot.domain.precedence import Precedence
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import Scripted, payloads
from tests.fakes.discord.pace import Enforced

BELL = Message(title="It changed")
HERE = Address("discord", payloads.BOT, payloads.CHANNEL)


class Turned:
    """A clock that goes on by what it is asked to wait."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def now(self) -> datetime:
        """The same moment always."""
        return datetime(2026, 11, 2, tzinfo=UTC)

    def monotonic(self) -> float:
        """Seconds so far."""
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        """Let so many go by, and others have a turn."""
        await asyncio.sleep(0)
        self.seconds += seconds

    async def wait_for(self, event: asyncio.Event, seconds: float) -> bool:
        """Let so many go by."""
        await self.sleep(seconds)
        return event.is_set()


async def test_never_more_than_fifty_in_a_second() -> None:
    """In any second at most fifty requests, and hardly fewer when there are more to make."""
    clock = Turned()
    pace, times = Pace(clock), []

    async def ask() -> None:
        await pace.turn(Precedence.NOTICE)
        times.append(clock.monotonic())

    await asyncio.gather(*[ask() for _ in range(500)])
    times.sort()
    assert all(
        later - earlier > 1.0 for earlier, later in zip(times, times[OVER_ALL:], strict=False)
    )
    assert times[-1] - times[0] < 500 / OVER_ALL * SECONDS


async def test_answers_go_before_notices() -> None:
    """Whoever waits for an answer does not stand in line behind what is owed to many."""
    clock = Turned()
    pace, order = Pace(clock), []

    async def ask(precedence: Precedence) -> None:
        await pace.turn(precedence)
        order.append(precedence)

    notices = [asyncio.ensure_future(ask(Precedence.NOTICE)) for _ in range(200)]
    while len(order) < OVER_ALL:  # noqa: ASYNC110 - turned by the clock of this test
        await asyncio.sleep(0)
    await asyncio.gather(*[ask(Precedence.ANSWER) for _ in range(5)])
    assert len(order) < OVER_ALL + 10
    await asyncio.gather(*notices)
    assert len(order) == 205


async def test_a_full_bucket_is_known_before_it_is_met(bots: Bots) -> None:
    """What Discord says with an answer is how long its channel rests, and no other."""
    bot = await bots.start()
    other = Address("discord", payloads.BOT, "700000000000000999")
    bots.discord.limits = Enforced(bucket=(2, 5.0))
    await bot.messenger.send(HERE, BELL, "n1")
    assert bot.messenger.rests(HERE) == 0.0
    await bot.messenger.send(HERE, BELL, "n2")
    assert 3.0 < bot.messenger.rests(HERE) <= 5.0
    assert bot.messenger.rests(other) == 0.0


async def test_what_forbids_is_called_once(bots: Bots) -> None:
    """Neither the library nor we ask again where Discord said no."""
    bot = await bots.start()
    for status, code in ((403, 50013), (404, 10003)):
        bots.discord.script("post", Scripted(status=status, code=code))
        assert isinstance(await bot.messenger.send(HERE, BELL, "n1"), ChatGone)
    assert bots.discord.calls["post"] == 2


async def test_sending_stops_long_before_a_ban(bots: Bots) -> None:
    """After too many refusals notices wait, and people are answered all the same."""
    bot = await bots.start()
    for _ in range(TOO_MANY):
        bot.messenger._wire.refusals.note(403, shared=False)
    held = await bot.messenger.send(HERE, BELL, "n1")
    assert isinstance(held, TryLater)
    assert held.scope is Scope.TOKEN
    assert TEN_MINUTES - 60 < (held.after or 0) <= TEN_MINUTES
    assert bots.discord.messages == []
    answer = await bot.messenger.send(HERE, BELL, "n1", precedence=Precedence.ANSWER)
    assert isinstance(answer, Sent)


def test_refusals_are_counted_over_ten_minutes() -> None:
    """Old ones are forgotten, and limits that are shared with other bots do not count."""
    clock = Turned()
    refusals = Refusals(clock)
    for _ in range(TOO_MANY):
        refusals.note(429, shared=True)
        refusals.note(404, shared=False)
    assert refusals.wait() == 0.0
    for _ in range(TOO_MANY):
        refusals.note(429, shared=False)
    assert refusals.wait() == TEN_MINUTES
    clock.seconds += TEN_MINUTES
    assert refusals.wait() == 0.0


async def test_requests_are_of_few_kinds(bots: Bots) -> None:
    """A bot that runs for years keeps no more of a thousand threads than of one."""
    bot = await bots.start()
    kinds = bot.messenger._wire._pace._quickest
    assert bot._client is not None
    known = len(kinds)
    for number in range(3):
        with contextlib.suppress(discord.NotFound):
            await bot._client.fetch_channel(700000000000000100 + number)
        assert len(kinds) == known + 1


async def test_a_full_bucket_is_waited_for(bots: Bots) -> None:
    """Of many messages to a channel none comes too fast, and none waits longer than it must."""
    bot = await bots.start()
    bots.discord.limits = Enforced(bucket=(2, 0.5))
    began = asyncio.get_running_loop().time()
    await asyncio.gather(*[bot.messenger.send(HERE, BELL, f"n{number}") for number in range(6)])
    assert len(bots.discord.messages) == 6
    assert not bots.discord.limits.refused
    assert 1.0 <= asyncio.get_running_loop().time() - began < 3.0
