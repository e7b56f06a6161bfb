"""Other processes: the registry, the platforms and the program itself, each started for a bench."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.figures import ROOT


@contextlib.contextmanager
def child(
    *arguments: str, settings: Mapping[str, str] | None = None, log: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """``python ARGUMENTS`` in the repository while the block runs; ``log`` takes its errors.

    Of the program's own settings it is given these and no others.
    """
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("TRIALBELL_")}
    with contextlib.ExitStack() as stack:
        errors = stack.enter_context(log.open("w")) if log else None
        process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env={**inherited, **(settings or {})},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        )
        stack.callback(process.kill)
        yield process


def first_line(process: subprocess.Popen[str]) -> str:
    """What a process says when it is ready."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "the process ended before it was ready"
    return line


@contextlib.contextmanager
def registry(folder: Path) -> Iterator[str]:
    """Serve a folder by the program's own command. Gives the registry's address."""
    with child("-m", "trialbell", "sandbox", str(folder), "--port", "0") as process:
        yield first_line(process).split()[-1]
