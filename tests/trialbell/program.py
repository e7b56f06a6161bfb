"""The program as an operator runs it: a process of its own, with an environment of its own."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from trialbell.cli import WORK, main

ROOT = Path(__file__).resolve().parents[2]
KEY = "a key that only these tests know, long enough"
PATIENCE = 60.0
LOADED = sorted({work.partition(":")[0] for work in WORK.values()})


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
    return await asyncio.to_thread(_run, folder, arguments, environment(folder, settings))


_SERVER = multiprocessing.get_context("forkserver")
"""Each command is a process of its own, forked off one that has the libraries loaded already: to
load them anew takes longer than all that most commands do."""
_SERVER.set_forkserver_preload(["tests.trialbell.program", *LOADED])


def _run(folder: Path, arguments: Sequence[str], env: Mapping[str, str]) -> Ended:
    with (
        tempfile.NamedTemporaryFile() as out,
        tempfile.NamedTemporaryFile() as errors,
    ):
        process = _SERVER.Process(
            target=_be_trialbell, args=(folder, arguments, env, out.name, errors.name)
        )
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            process.join()
        assert process.exitcode is not None
        code = process.exitcode
        process.close()
        return Ended(code, out.read().decode(), errors.read().decode())


def _be_trialbell(
    folder: Path, arguments: Sequence[str], env: Mapping[str, str], out: str, errors: str
) -> None:
    """What the new process does: nothing here is the test's own any more."""
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    for name, descriptor in ((out, 1), (errors, 2)):
        file = os.open(name, os.O_WRONLY)
        os.dup2(file, descriptor)
        os.close(file)
    warnings.simplefilter("error")
    sys.argv = ["trialbell", *arguments]
    main()
