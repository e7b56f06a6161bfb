"""The program as an operator runs it: a process of its own, with an environment of its own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[2]
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
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "trialbell", *arguments),
        cwd=folder,
        env=environment(folder, settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, errors = await asyncio.wait_for(child.communicate(), PATIENCE)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    assert child.returncode is not None
    return Ended(child.returncode, out.decode(), errors.decode())
