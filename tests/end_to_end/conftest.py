"""What the tests of the whole ask for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Postgres


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[Postgres]:
    """A server that can be halted without anybody else noticing."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture
def folder(tmp_path: Path, migrated_sqlite: Path) -> Path:
    """A folder with a house's database, empty."""
    shutil.copy(migrated_sqlite, tmp_path / "house.db")
    return tmp_path
