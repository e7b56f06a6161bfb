"""The program as an operator runs it: a process of its own, with an environment of its own."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tests.forked import ROOT, Forked

KEY = "a key that only these tests know, long enough"
PATIENCE = 60.0


class Ended(msgspec.Struct, frozen=True):
    """How a command ended, and what it wrote."""

    code: int
    out: str
    errors: str

    @property
    def words(self) -> str:
        """All that it wrote, in one line, however it was wrapped."""
        return " ".join((self.out + self.errors).split())


def environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Nothing of the environment of the tests but where Python is; ``settings`` without prefix."""
    defaults = {"DATABASE_URL": f"sqlite:///{folder / 'program.db'}", "SECRET_KEY": KEY}
    named = {f"TRIALBELL_{name}": value for name, value in {**defaults, **settings}.items()}
    return {"HOME": str(folder), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **named}


async def trialbell(folder: Path, *arguments: str, **settings: str) -> Ended:
    """Run a command in this folder, and wait for its end."""
    child = await Forked.start("trialbell", arguments, environment(folder, settings), folder)
    try:
        async with asyncio.timeout(PATIENCE):
            out, errors, code = await asyncio.gather(
                child.output.read(), child.errors.read(), child.ended()
            )
    finally:
        child.signal(signal.SIGKILL)
    return Ended(code, out.decode(), errors.decode())
