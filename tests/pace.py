"""How fast this machine is just now, for tests that hold a speed."""

from __future__ import annotations

import os
import time

_QUIET = 0.0072
"""Processor seconds of ``_work`` on the quiet machine that the limits were taken on."""


def slowness() -> float:
    """How many times slower than when the limits were taken; 1 where it is not slower.

    Processor seconds are no fixed measure: two processes on one core's halves share its caches, and
    a hot machine slows down. So a limit in seconds is meant for a quiet one, and is multiplied.
    """
    return max(1.0, min(_work() for _ in range(3)) / _QUIET)


def crowding() -> float:
    """How many processes share a core, on average over the last minute; 1 where none has to wait.

    For limits in seconds by the clock on the wall.
    """
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def _work() -> float:
    """Processor seconds of a fixed amount of what our code does: strings, tuples and dicts."""
    began = time.process_time()
    seen: dict[str, tuple[int, str]] = {}
    for at in range(40_000):
        key = f"key {at % 1_000}"
        seen[key] = (at, key.upper())
    assert len(seen) == 1_000
    return time.process_time() - began
