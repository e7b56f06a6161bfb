"""Nothing of what was sent, shown or turned stays in memory, however much it was."""

from __future__ import annotations

import asyncio
import gc

import discord
import pytest

from adapters.discord.platform import DiscordPlatform
from bot.domain.address import Address
from bot.domain.message import Button, Message
from bot.domain.outcome import Sent
from tests.adapters.discord.conftest import Bots
from tests.fakes.discord import payloads

AT_ONCE = 20
CARD = Message(
    title="A trial",
    buttons=(
        Button("Where", "trial NCT00902044 where", turns=True),
        *(Button(f"Button {number}", f"follow NCT0090204{number}") for number in range(9)),
    ),
)


def live() -> int:
    """Components and views that something still holds."""
    gc.collect()
    kinds = (discord.ui.Item, discord.ui.LayoutView, discord.ui.View, discord.Message)
    return sum(isinstance(one, kinds) for one in gc.get_objects())


def kept(bot: DiscordPlatform) -> tuple[int, int]:
    """How many views the library would look through when something is pressed."""
    assert bot._client is not None
    store = bot._client._connection._view_store
    return len(store._views), len(store._synced_message_views)


async def send(bot: DiscordPlatform, numbers: range) -> None:
    """So many cards to a channel, one after the other."""
    address = Address("discord", payloads.BOT, payloads.CHANNEL)
    for number in numbers:
        assert isinstance(await bot.messenger.send(address, CARD, f"n{number}"), Sent)


@pytest.mark.timeout(600)
async def test_cards_leave_nothing_behind(bots: Bots, request: pytest.FixtureRequest) -> None:
    """No view is kept for a message: presses are answered by their text alone."""
    count = request.config.getoption("--cards-sent")
    bot = await bots.start()
    await send(bot, range(AT_ONCE))
    before = live()
    async with asyncio.TaskGroup() as senders:
        for first in range(AT_ONCE):
            senders.create_task(send(bot, range(AT_ONCE + first, count, AT_ONCE)))
    assert len(bots.discord.messages) == count
    assert live() - before <= AT_ONCE
    assert kept(bot) == (0, 0)


async def test_answers_and_turns_leave_nothing_behind(bots: Bots) -> None:
    """Neither what a command showed, ephemeral or not, nor what took its place."""
    bot = await bots.start()
    bots.desk.answers["trial"] = bots.desk.answers["follow"] = (CARD,)
    (card,) = await (await bots.discord.slash("trial", "NCT00902044")).answered()
    await (await bots.discord.slash("follow", "NCT00902044")).answered()
    for _ in range(20):
        use = await bots.discord.press("tbt:trial NCT00902044 where", card)
        await use.edited()
    await bot.stop()  # which lets the last answer end
    assert kept(bot) == (0, 0)
