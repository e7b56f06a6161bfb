"""Draw the demonstration's chats: as a terminal shows them, and as Discord does.

Run by ``./run pictures``. Nothing in them is drawn by hand: it is what the program says.
"""

from __future__ import annotations

import asyncio
import io
import tempfile
from datetime import date
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from adapters.terminal.commands import Ask, read_line
from adapters.terminal.messenger import TerminalMessenger
from adapters.terminal.screen import Screen
from docs import discord_screens, telegram_screens
from docs.chats import play
from trialbell.demo.script import days
from trialbell.demo.show import demo_settings, retouch
from trialbell.logs import set_up_logs
from trialbell.wiring import Core, open_core

HERE = Path(__file__).parent
FIRST_DAY = date(2026, 3, 2)
DAYS = 6
SHOWN = (3, 4, 6)
"""The days whose messages are in the picture: a new trial, new criteria, one that stops."""

TYPED = ("/follow sarcoma", "yes")
WIDTH = 92

FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
    font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
    font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
"""rich's own frame without the fonts that it would fetch from elsewhere."""


async def draw() -> str:
    """Play the demonstration's first days, as fast as they can be read, and draw what is shown."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    screen = Screen(console, retouch)
    sandbox = Sandbox.from_days(dict(islice(days(FIRST_DAY), DAYS)))
    with tempfile.TemporaryDirectory() as folder:
        async with (
            SandboxServer(sandbox) as server,
            open_core(demo_settings(server.url, Path(folder))) as core,
        ):
            await core.reader.look()
            for line in TYPED:
                await _type(core, screen, line)
            await core.baselines.run(asyncio.Event())
            elsewhere = Screen(Console(file=io.StringIO()))
            for day in range(2, DAYS + 1):
                sandbox.step()
                await core.reader.look()
                await _push(core, screen if day in SHOWN else elsewhere)
    return console.export_svg(title="./run demo", theme=MONOKAI, code_format=FRAME)


async def _type(core: Core, screen: Screen, line: str) -> None:
    asked = read_line(line, screen.buttons)
    if not isinstance(asked, Ask):
        raise SystemExit(f"the terminal does not understand {line!r}")
    screen.entered(line)
    screen.answer(await core.desk.answer(asked.request))


async def _push(core: Core, screen: Screen) -> None:
    lease = await core.store.leases.acquire("send:terminal:local", "pictures", 60)
    if lease is not None:
        await core.deliverer(TerminalMessenger(screen)).run_until_paid(lease)


async def draw_discord() -> None:
    """Draw what a chat on Discord shows of the demonstration."""
    chats = await play("discord")
    for name, said in discord_screens.screens(chats).items():
        picture = await discord_screens.screen(said, f"Trialbell on Discord: {name}")
        (HERE / f"discord-{name}.svg").write_text(picture, encoding="utf8")


async def draw_telegram() -> None:
    """Draw what a chat on Telegram shows of it."""
    chats = await play("telegram")
    for name, said in telegram_screens.screens(chats).items():
        picture = telegram_screens.screen(said, f"Trialbell on Telegram: {name}")
        (HERE / f"telegram-{name}.svg").write_text(picture, encoding="utf8")


if __name__ == "__main__":
    set_up_logs("ERROR")
    asyncio.run(draw_telegram())
    asyncio.run(draw_discord())
    (HERE / "demo.svg").write_text(asyncio.run(draw()), encoding="utf8")
