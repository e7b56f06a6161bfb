"""What the tests of the whole ask for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, migrated_sqlite: Path) -> Path:
    """A folder with a house's database, empty."""
    shutil.copy(migrated_sqlite, tmp_path / "house.db")
    return tmp_path
