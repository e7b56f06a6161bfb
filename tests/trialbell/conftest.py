"""A registry and a small world round it, for the program's own processes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.ctgov.sandbox import Sandbox, SandboxServer
from tests.postgres import TOOLS
from tests.records import record
from trialbell.settings import Settings

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


@pytest.fixture
def sealed_settings(store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings for a migrated database whose key is in a file."""
    monkeypatch.setenv("PATH", f"{TOOLS}{os.pathsep}{os.environ['PATH']}")
    return Settings(
        _env_file=None,
        database_url=store_url,
        secret_key=None,
        secret_key_file=tmp_path / "keys" / "secret.key",
    )
