"""How figures are printed: one a line, each with its unit, and with what it is compared to."""

from __future__ import annotations

import contextlib
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
"""The repository, in which child processes are started."""

_WIDTH = 46


def title(text: str) -> None:
    """Begin a table."""
    print(f"\n{text}")


def figure(what: str, value: str, beside: str = "") -> None:
    """One line of it; ``beside`` is the comparison with a floor or an aim."""
    print(f"  {what:<{_WIDTH}} {value:>14}  {beside}".rstrip(), flush=True)


def seconds(value: float) -> str:
    """A duration."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def times(value: float, floor: float) -> str:
    """How many times the floor a duration is."""
    return f"{value / floor:.1f} x" if floor else "-"


def megabytes(size: float) -> str:
    """A size in memory, given in bytes."""
    return f"{size / 2**20:.0f} MB"


def aim(reached: bool, words: str) -> str:
    """What was aimed at, and whether it was reached."""
    return f"aim: {words}" if reached else f"aim MISSED: {words}"


def memory(process: int | str = "self") -> int:
    """The memory that a process holds now, in bytes, by Linux's VmRSS."""
    return _of_status(process, "VmRSS:")


def peak_memory(process: int | str = "self") -> int:
    """The most memory that a process held up to now, in bytes, by Linux's VmHWM.

    It begins anew with each program; what ``getrusage`` gives there still counts the process that
    started this one.
    """
    return _of_status(process, "VmHWM:")


def cpu_of(server: int | None) -> float:
    """Seconds of processor time of PostgreSQL's processes, those that ended too."""
    if server is None:
        return 0.0
    whole = psutil.Process(server)
    ended = whole.cpu_times()
    used = sum(ended[2:4])
    for one in (whole, *whole.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended since, and counts as ended
            times_of = one.cpu_times()
            used += times_of.user + times_of.system
    return used


def _of_status(process: int | str, name: str) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024
