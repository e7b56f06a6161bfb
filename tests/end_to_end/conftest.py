"""What the tests of the whole ask for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Postgres

STARTING_PROGRAMS = {
    "one": ("test_three_processes", "test_stop", "test_operating", "test_memory"),
    "two": ("test_crash", "test_database_out", "test_two_processes", "test_soak"),
}
"""Tests that run the program in processes of its own, in two halves that take about as long: of
each half one at a time, so that on two cores none of them stands in the way of the others."""

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that all who run tests end at about the same time."""
    for item in items:
        for group, names in STARTING_PROGRAMS.items():
            if item.path.parent == HERE and item.path.stem in names:
                item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """The programs, then the rest of these, then all others in their own order."""
    if item.path.parent != HERE:
        return 2
    return 0 if item.get_closest_marker("xdist_group") else 1


@pytest.fixture(scope="session")
def own_postgres(cluster: Path) -> Iterator[Postgres]:
    """A server that can be halted without anybody else noticing."""
    server = Postgres(cluster)
    yield server
    server.stop()


@pytest.fixture
def folder(tmp_path: Path, migrated_sqlite: Path) -> Path:
    """A folder with a house's database, empty."""
    shutil.copy(migrated_sqlite, tmp_path / "house.db")
    return tmp_path
