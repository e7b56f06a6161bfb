"""`trialbell chat`: the bot in a terminal, with everything that a platform has."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable

from rich.console import Console

from adapters.terminal.messenger import TerminalMessenger
from adapters.terminal.platform import TerminalPlatform
from adapters.terminal.screen import Screen, as_it_is
from bot.domain.message import Message
from bot.domain.replies import answers as replies
from bot.ports.leases import Lease
from trialbell.run import Runner, send, stop_on_signals
from trialbell.settings import Settings
from trialbell.wiring import Core, open_core


async def chat(settings: Settings) -> None:
    """Chat on the registry that the settings name, until the input ends."""
    async with open_core(settings) as core:
        await Terminal(core).run()


class Terminal:
    """One terminal over a core: reading, sending and answering until the input ends."""

    def __init__(
        self,
        core: Core,
        *,
        greeting: tuple[Message, ...] = (),
        retouch: Callable[[Message], Message] = as_it_is,
        after_eof: Callable[[], Awaitable[None]] | None = None,
        stdin: int | None = None,
    ) -> None:
        screen = Screen(Console(), retouch)
        self._core = core
        self._messenger = TerminalMessenger(screen)
        core.join(self._messenger)
        self._platform = TerminalPlatform(
            core.desk.answer,
            screen=screen,
            stdin=sys.stdin.fileno() if stdin is None else stdin,
            greeting=greeting or (replies.help_message(),),
            after_eof=after_eof,
        )

    async def run(self) -> None:
        """Run until the input ends or a signal asks to stop."""
        stop = asyncio.Event()
        stop_on_signals(stop)
        runner = Runner(self._core, stop)

        async def work(lease: Lease) -> None:
            await send(self._core, self._messenger, lease, stop)

        async with asyncio.TaskGroup() as group:
            group.create_task(runner.read())
            group.create_task(runner.tenure("send:terminal:local").run(work, stop))
            group.create_task(self._talk(stop))

    async def _talk(self, stop: asyncio.Event) -> None:
        talking = asyncio.ensure_future(self._platform.run())
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait((talking, stopping), return_when=asyncio.FIRST_COMPLETED)
            if talking.done():
                talking.result()
        finally:
            stop.set()
            for task in (talking, stopping):
                task.cancel()
            await asyncio.gather(talking, stopping, return_exceptions=True)
