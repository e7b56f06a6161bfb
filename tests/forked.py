"""Our programs as processes of their own, forked off one that has loaded what they need.

To load the libraries takes one to two seconds of a core each time, more than most of what a test
has a program do: so they are loaded once, and each program is a fork of that, with an environment,
folder and streams of its own. Where its memory is measured it is started ``fresh``: without what
the others need.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import multiprocessing
import os
import runpy
import signal
import sys
import threading
import warnings
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from trialbell.cli import WORK

ROOT = Path(__file__).resolve().parents[1]

LONGEST_LINE = 2**20

_LOADED = sorted({work.partition(":")[0] for work in WORK.values()})
_FAKES = ("tests.fakes.discord", "tests.fakes.telegram_asking", "tests.fakes.telegram_people")

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.forked", *_LOADED, *_FAKES])

_ONE_AT_A_TIME = threading.Lock()
"""To start one asks how all others ended, and each can be asked only once."""


class Forked:
    """A running program of ours."""

    def __init__(
        self,
        process: multiprocessing.process.BaseProcess,
        output: asyncio.StreamReader,
        errors: asyncio.StreamReader,
    ) -> None:
        self.output, self.errors = output, errors
        self.pid = process.pid or 0
        self._process = process
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(process.sentinel, self._end)

    @classmethod
    async def start(
        cls,
        module: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        folder: Path = ROOT,
        *,
        fresh: bool = False,
    ) -> Self:
        """Run ``python -m MODULE ARGUMENTS`` with this environment and nothing of ours."""
        pipes = [_SERVER.Pipe(duplex=False) for _ in ("output", "errors")]
        process = _SERVER.Process(
            target=_become,
            args=(module, arguments, environment, folder, *(end for _, end in pipes), fresh),
            daemon=True,
        )
        await asyncio.to_thread(_start, process)
        readers = []
        for here, there in pipes:
            there.close()
            readers.append(await _reader(here))
        return cls(process, *readers)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, unless it is no more."""
        if self._ended.is_set():
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    async def ended(self) -> int:
        """Wait for its end; its exit code, or the negative number of the signal that ended it."""
        await self._ended.wait()
        code = self._process.exitcode
        assert code is not None
        return code

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        with _ONE_AT_A_TIME:
            self._process.join()
        self._ended.set()


def _start(process: multiprocessing.process.BaseProcess) -> None:
    with _ONE_AT_A_TIME:
        process.start()


async def _reader(end: Connection) -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=LONGEST_LINE)
    file = open(os.dup(end.fileno()), "rb", buffering=0)  # noqa: ASYNC230, SIM115, PTH123 - a pipe
    end.close()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), file
    )
    return reader


def _become(
    module: str,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    output: Connection,
    errors: Connection,
    fresh: bool,
) -> None:
    """What the new process does: nothing here is the test's own any more."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output.fileno(), 1), (errors.fileno(), 2)):
        os.dup2(source, target)
    os.close(nothing)
    output.close()
    errors.close()
    if fresh:
        os.execv(sys.executable, (sys.executable, "-m", module, *arguments))
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - as below
    # By lines, so that what it said before it is killed has been heard.
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115 - as below
    sys.stderr = open(  # noqa: SIM115 - the streams of a process are never closed
        2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False
    )
    gc.freeze()  # what was loaded stays; looking through it again and again would copy it
    if environment.get("PYTHONWARNINGS") == "error":
        warnings.simplefilter("error")
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
