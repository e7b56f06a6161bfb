"""Play the demonstration, and keep what the bot says in it: what pictures of chats are made of."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import msgspec

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from bot.domain.address import Address
from bot.domain.commands.request import Request, parse_line
from bot.domain.message import Message
from bot.domain.outcome import Outcome, Sent
from bot.domain.posting import Beneath
from bot.domain.precedence import Precedence
from bot.ports.messenger import MaySend, always
from trialbell.demo.script import days
from trialbell.demo.show import demo_settings, retouch
from trialbell.wiring import Core, open_core

FIRST_DAY = date(2026, 3, 2)
DAYS = 10
TRIAL = "NCT90000102"
CHOSEN = ("settings quiet 22 7", "settings zone Europe/Paris")


class Chats(msgspec.Struct, frozen=True, kw_only=True):
    """What one chat saw, each message as it is handed to a platform."""

    card: Message
    join: Message
    """The part of the card that says who can join."""
    change: Message
    """What a trial that is followed changed in who can join."""
    digest: Message
    """What happened while the bot was not heard for some days."""
    settings: Message
    following: Message


class _Album:
    """A messenger that keeps what is sent."""

    bot = "1"
    in_flight = 1
    nonces_last = timedelta(0)
    longest = 4000

    def __init__(self, platform: str) -> None:
        self.platform = platform
        self.messages: list[Message] = []

    async def send(
        self,
        address: Address,  # noqa: ARG002 - there is one chat
        message: Message,
        nonce: str,
        may_send: MaySend = always,  # noqa: ARG002 - nobody else sends
        beneath: Beneath | None = None,  # noqa: ARG002 - a private chat has no threads
        precedence: Precedence = Precedence.NOTICE,  # noqa: ARG002 - nothing waits
    ) -> Outcome:
        self.messages.append(message)
        return Sent(nonce)

    def rests(self, address: Address) -> float:  # noqa: ARG002 - there is one chat
        return 0.0


async def play(platform: str) -> Chats:
    """The demonstration's first days in a private chat on that platform."""
    sandbox = Sandbox.from_days(dict(islice(days(FIRST_DAY), DAYS)))
    address, album = Address(platform, "1", "7"), _Album(platform)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            SandboxServer(sandbox) as server,
            open_core(demo_settings(server.url, Path(folder))) as core,
        ):
            await core.reader.look()
            card = await _ask(core, address, f"trial {TRIAL}")
            join = await _ask(core, address, f"trial {TRIAL} join")
            for line in ("follow sarcoma", "consent", "settings place Paris, France"):
                await _ask(core, address, line)
            await core.baselines.run(asyncio.Event())
            for day in range(2, DAYS + 1):
                sandbox.step()
                await core.reader.look()
                if day <= 4:
                    await _deliver(core, album)
            told = len(album.messages)
            await _deliver(core, album)
            for line in CHOSEN:  # after all is told: by now it may be night in Paris
                await _ask(core, address, line)
            return Chats(
                card=card,
                join=join,
                change=retouch(album.messages[told - 1]),
                digest=retouch(album.messages[-1]),
                settings=await _ask(core, address, "settings"),
                following=await _ask(core, address, "following"),
            )


async def _ask(core: Core, address: Address, line: str) -> Message:
    command = parse_line(line)
    if command is None:
        raise SystemExit(f"the bot does not understand {line!r}")
    name, text = command
    (answer,) = await core.desk.answer(
        Request(command=name, text=text, address=address, private=True)
    )
    return retouch(answer)


async def _deliver(core: Core, album: _Album) -> None:
    lease = await core.store.leases.acquire(f"send:{album.platform}:1", "pictures", 60)
    if lease is not None:
        await core.deliverer(album).run_until_paid(lease)
