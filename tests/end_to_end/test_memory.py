"""What the program needs of a small machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psutil

from adapters.ctgov.sandbox import SandboxServer
from tests.end_to_end import processes, town

MOST_MEMORY = 150_000_000
"""Bytes: half of what the smallest machines on offer have left beside their system."""


async def test_both_platforms_and_a_reading_fit_into_little_memory(
    tmp_path: Path, figures: Callable[[str], None]
) -> None:
    """Connected to both platforms, the registry read and nothing to do: under 150 MB resident."""
    async with (
        SandboxServer(town.sandbox(days=0)) as registry,
        processes.telegram() as telegram,
        processes.discord() as discord,
        await processes.run_program(
            tmp_path, f"sqlite:///{tmp_path / 'run.db'}", registry, telegram, discord, fresh=True
        ) as program,
    ):
        await program.logged("platform started", times=2)
        await program.logged("discord gateway connected")
        await program.logged("registry read")
        resident = psutil.Process(program.pid).memory_info().rss
        assert await program.terminate() == 0
    figures(f"resident when idle: {resident / 1e6:.0f} MB")
    assert resident < MOST_MEMORY
