"""The local Discord as a process of its own, for tests that kill the bot.

``python -m tests.fakes.discord --port N --delay SECONDS --log FILE`` serves until it is ended. It
takes any token and appends each message that a channel took as one line of JSON, and
``{"duplicate": nonce}`` for one that came again. It says its API's address on its first line.

With ``--enforce`` it keeps Discord's limits, and notes ``{"refused": scope}`` for each request that
came too fast; bodies are then not held against the description, which takes as long as the rest.
With ``--servers N`` the bot is in so many, each with 50 channels, and a second line says that it
was told of all of them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import Any, TextIO

from tests.fakes.discord.crowd import Crowd
from tests.fakes.discord.pace import BUCKET, OVER_ALL, Enforced
from tests.fakes.discord.server import FakeDiscord

CHANNELS = 50


async def serve(port: int, delay: float, log: TextIO | None, given: argparse.Namespace) -> None:
    """Serve until the process ends."""

    def note(entry: dict[str, Any]) -> None:
        if log is not None:
            log.write(json.dumps(entry) + "\n")
            log.flush()

    fake = FakeDiscord(token=None, port=port, delay=delay, on_post=note, checks=not given.enforce)
    if given.servers:
        fake.gateway.crowd = Crowd(given.servers, CHANNELS)
    if given.enforce:
        fake.limits = Enforced(BUCKET, OVER_ALL, lambda scope: note({"refused": scope}))
    async with fake as discord:
        sys.stdout.write(f"{discord.api_url}\n")
        sys.stdout.flush()
        if given.servers:
            await discord.gateway.connected(identifies=1, patience=600)
            sys.stdout.write("told of all servers\n")
            sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description="A local Discord.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--enforce", action="store_true")
    parser.add_argument("--servers", type=int, default=0)
    given = parser.parse_args()
    log = given.log.open("a", encoding="utf-8") if given.log else None
    try:
        asyncio.run(serve(given.port, given.delay, log, given))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
