"""A registry and a small world round it, for the program's own processes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from tests.records import record

DAYS = (date(2026, 3, 2), date(2026, 3, 3))


def two_days() -> dict[date, list[Any]]:
    """Two trials, one of which is updated on the second day."""
    first, second = DAYS
    return {
        first: [record(1, first), record(2, first)],
        second: [record(1, second, status="TERMINATED")],
    }


@pytest.fixture
async def registry() -> AsyncIterator[SandboxServer]:
    """A registry on this machine that stands at the first of two days."""
    async with SandboxServer(Sandbox.from_days(two_days())) as server:
        yield server
