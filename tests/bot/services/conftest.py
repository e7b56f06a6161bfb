"""A database file of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.store import SqlStore
from tests.studies import PARSERS, SECRET


@pytest.fixture
def file(migrated_sqlite: Path, tmp_path: Path) -> Path:
    """A migrated database file."""
    return Path(shutil.copy(migrated_sqlite, tmp_path / "store.db"))


@pytest.fixture
async def store(file: Path) -> AsyncIterator[SqlStore]:
    """An open store over it, of made-up trials."""
    opened = await SqlStore.open(f"sqlite:///{file}", SECRET, parsers=PARSERS)
    yield opened
    await opened.close()
