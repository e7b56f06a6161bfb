"""`trialbell demo`: the chat on a bundled stand-in registry whose trials change as you watch."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from msgspec import structs
from pydantic import SecretStr

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from bot.domain.message import Button, Message
from bot.domain.words import say
from trialbell.chat import Terminal
from trialbell.demo.script import days
from trialbell.schedule import Schedule, Tick
from trialbell.settings import Settings
from trialbell.wiring import Core, open_core

DAY_SECONDS = 10.0
"""How long a data day lasts in the demonstration."""

SOURCE = "ClinicalTrials.gov"
"""Named in the foot of everything that comes from the registry."""

INVENTED = "/NCT9"
"""In the link of every invented trial."""

DAYS = 400
"""Over an hour of them; the last one stays."""

AFTER_EOF_SECONDS = 45.0
"""How long a piped demonstration goes on behind its last line: long enough to see a change."""


async def demo() -> None:
    """Run the demonstration until the input ends. Nothing of it is kept."""
    today = datetime.now(UTC).date()
    sandbox = Sandbox.from_days(dict(islice(days(today), DAYS)))
    with tempfile.TemporaryDirectory(prefix="trialbell-demo-") as folder:
        async with (
            SandboxServer(sandbox) as server,
            open_core(demo_settings(server.url, Path(folder))) as core,
        ):
            await _show(core, sandbox)


def demo_settings(url: str, folder: Path) -> Settings:
    """Settings that touch nothing of the user's own."""
    return Settings(
        _env_file=None,
        registry_url=url,
        registry_rate=50,
        database_url=f"sqlite:///{folder / 'demo.db'}",
        secret_key=SecretStr("a demonstration keeps no secrets at all"),
        telegram_token=None,
        discord_token=None,
    )


async def _show(core: Core, sandbox: Sandbox) -> None:
    async def step() -> None:
        if not sandbox.last:
            sandbox.step()
        await core.reader.look()

    async def linger() -> None:
        await asyncio.sleep(AFTER_EOF_SECONDS)

    schedule = Schedule((Tick("next day", DAY_SECONDS, step, first_after=DAY_SECONDS),))
    schedule.start()
    try:
        await Terminal(core, greeting=(greeting(),), retouch=retouch, after_eof=linger).run()
    finally:
        schedule.stop()


def retouch(message: Message) -> Message:
    """Say on every card that it is a demonstration, and lead nobody to a page that is not there.

    The registry has no numbers from NCT90000000 on, which the invented trials bear.
    """
    invented = INVENTED in (message.link or "")
    buttons = tuple(button for button in message.buttons if not (invented and button.url))
    return structs.replace(
        message,
        footer=say("demo.footer") if SOURCE in (message.footer or "") else message.footer,
        link=None if invented else message.link,
        buttons=buttons,
    )


def greeting() -> Message:
    """What a visitor reads first."""
    return Message(
        title=say("demo.title"),
        lede=say("demo.lede", seconds=int(DAY_SECONDS)),
        buttons=(
            Button(say("demo.button.trial"), action="trial NCT00902044"),
            Button(say("demo.button.follow"), action="follow sarcoma"),
            Button(say("demo.button.help"), action="help"),
        ),
    )
