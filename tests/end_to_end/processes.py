"""Other processes for the tests: the program itself, and the servers that it speaks to."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds to wait for a process to say that it is ready."""


class Process:
    """A child process whose standard output is read line by line and whose errors go to a file."""

    def __init__(self, child: asyncio.subprocess.Process, errors: Path) -> None:
        self._child = child
        self._errors = errors

    @classmethod
    async def start(
        cls, arguments: Sequence[str], errors: Path, environment: Mapping[str, str] | None = None
    ) -> Process:
        """Start ``python ARGUMENTS`` in the repository."""
        with errors.open("ab") as stderr:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                *arguments,
                cwd=ROOT,
                env={**os.environ, **(environment or {})},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=stderr,
            )
        return cls(child, errors)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._child.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._child.returncode is None

    def errors(self) -> str:
        """All that it wrote to standard error."""
        return self._errors.read_text(encoding="utf8")

    async def line(self) -> str:
        """The next line of its output; fails with its errors where it ends before."""
        assert self._child.stdout is not None
        raw = await asyncio.wait_for(self._child.stdout.readline(), PATIENCE)
        assert raw, f"the process ended:\n{self.errors()}"
        return raw.decode()

    async def json_line(self) -> Any:
        """The next line of its output, decoded."""
        return json.loads(await self.line())

    async def kill(self) -> None:
        """``kill -9``, and wait until it is gone."""
        if self.running:
            self._child.send_signal(signal.SIGKILL)
        await self._child.wait()

    async def terminate(self) -> int:
        """Ask it to stop, wait for it, and give its exit code."""
        if self.running:
            self._child.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._child.wait(), PATIENCE)


def read_log(path: Path) -> list[dict[str, Any]]:
    """The JSON lines that a server has written up to now; a line half written is left out."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf8").split("\n")[:-1]
    return [json.loads(line) for line in lines if line]
