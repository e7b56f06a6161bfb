"""Quick trials of commands and buttons: discord.py's own machinery over a Discord in memory.

It refuses what Discord refuses: commands that are not registered, buttons that nobody can press,
a first sign that comes late. What goes over the wire is tried in the files beside this one.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import simcord

from adapters.discord.client import Client
from adapters.discord.commands import Commands
from bot.domain.address import Address
from bot.domain.message import Button, Message
from bot.domain.suggesting import Suggestion
from tests.adapters.discord.conftest import FrontDesk, QuickClock

API = "https://discord.com/api/v10"
"""Where the simulator expects to be asked; nothing leaves this process."""


async def _nobody(_: Address) -> None:
    """Nobody is told of chats here."""


@asynccontextmanager
async def world(desk: FrontDesk) -> AsyncIterator[tuple[Commands, Any, Any]]:
    """The commands of a running bot, a member of a server, and a channel there."""
    client = Client(api_url=API, clock=QuickClock(), on_gone=_nobody, on_back=_nobody)
    async with simcord.run(client, shard_count=1) as simulated:
        # Now and not before: it takes the client's HTTP, which was only just replaced.
        commands = Commands(client, desk, desk.suggest)
        await commands.sync()
        server = simulated.create_guild()
        member = server.add_member(simulated.create_user("somebody"))
        yield commands, member, server.create_text_channel("news")


async def test_what_was_registered_is_known_again() -> None:
    """A table that Discord has already is not registered a second time."""
    async with world(FrontDesk()) as (commands, _, _):
        assert not await commands.sync()


async def test_a_button_under_an_answer_can_be_pressed() -> None:
    """What stands under a card is a button in Discord's eyes, and is answered to its presser."""
    desk = FrontDesk()
    desk.answers["trial"] = (
        Message(title="A trial", buttons=(Button("Follow", "follow NCT00902044"),)),
    )
    async with world(desk) as (_, member, channel):
        shown = await member.slash(channel, "trial", number="NCT00902044")
        pressed = await member.click(shown.response, label="Follow")
    assert [(one.command, one.text) for one in desk.asked] == [
        ("trial", "NCT00902044"),
        ("follow", "NCT00902044"),
    ]
    assert (shown.ephemeral, pressed.ephemeral) == (False, True)


async def test_what_is_typed_is_suggested_and_can_be_chosen() -> None:
    """Suggestions come while somebody types, and the one that is chosen is asked for."""
    desk = FrontDesk()
    desk.suggestions = (Suggestion("NCT00902044 · A trial", "NCT00902044"),)
    async with world(desk) as (_, member, channel):
        (offered,) = await member.autocomplete(channel, "trial", "number", "nct009")
        await member.slash(channel, "trial", number=offered["value"])
    assert (offered["name"], desk.asked[0].text) == ("NCT00902044 · A trial", "NCT00902044")
