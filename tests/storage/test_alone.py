"""One process for one SQLite file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ports.store_errors import StoreError
from storage.alone import alone


def test_a_second_process_is_refused_in_words(tmp_path: Path) -> None:
    """Whoever comes second is told what to do; whoever comes after the first ended is let in."""
    url = f"sqlite:///{tmp_path / 'one.db'}"
    with (
        alone(url),
        pytest.raises(StoreError, match="already runs on this SQLite file"),
        alone(url),
    ):
        pass
    with alone(url):
        pass


def test_postgresql_is_shared() -> None:
    """Any number of processes may run on one PostgreSQL."""
    url = "postgresql://nobody@127.0.0.1/nowhere"
    with alone(url), alone(url):
        pass
