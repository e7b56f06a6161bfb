"""`trialbell health`: what a container's health check is told."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.study import CTGOV
from storage.store import SqlStore
from tests.trialbell.program import KEY, Ended, trialbell
from trialbell.health import ALIVE_WITHIN


@pytest.fixture
async def database(tmp_path: Path) -> str:
    """A migrated database that was opened once, beside a file that says that the loop runs."""
    assert (await trialbell(tmp_path, "migrate")).code == 0
    (tmp_path / "alive").touch()
    url = f"sqlite:///{tmp_path / 'program.db'}"
    store = await SqlStore.open(url, KEY.encode(), parsers={})
    await store.close()
    return url


async def health(folder: Path, **settings: str) -> Ended:
    """Ask, as the container does."""
    return await trialbell(folder, "health", ALIVE_FILE=str(folder / "alive"), **settings)


async def failing_since(database: str, moment: datetime) -> None:
    """Note that readings fail since then."""
    store = await SqlStore.open(database, KEY.encode(), parsers={})
    await store.readings.fail(CTGOV, "no connection", moment)
    await store.close()


async def test_running_one_is_well(tmp_path: Path, database: str) -> None:
    """With a fresh sign of life and a database in order the code is 0."""
    assert await health(tmp_path) == Ended(0, "It is well.\n", "")


async def test_no_sign_of_life(tmp_path: Path) -> None:
    """Where nothing ever ran it is not well, and asking made no database."""
    ended = await health(tmp_path)
    assert ended.code == 1
    assert "The loop does not run" in ended.words
    assert not (tmp_path / "program.db").exists()


async def test_stale_sign_of_life(tmp_path: Path, database: str) -> None:
    """A loop that hangs, or cannot write, lets the file grow old."""
    before = time.time() - ALIVE_WITHIN - 1
    os.utime(tmp_path / "alive", (before, before))
    ended = await health(tmp_path)
    assert ended.code == 1
    assert "The loop does not run" in ended.words


async def test_database_that_is_gone(tmp_path: Path, database: str) -> None:
    """A database that was taken away is told at once, while the sign of life is fresh."""
    (tmp_path / "program.db").unlink()
    ended = await health(tmp_path)
    assert ended.code == 1
    assert "database" in ended.words
    assert "Traceback" not in ended.errors


async def test_short_outage_of_the_registry_is_well(tmp_path: Path, database: str) -> None:
    """The registry is out for hours now and then: starting again would not help."""
    await failing_since(database, datetime.now(UTC) - timedelta(hours=20))
    assert (await health(tmp_path)).code == 0


async def test_reading_that_fails_for_a_day(tmp_path: Path, database: str) -> None:
    """Readings that fail longer than a day make it unwell, with the time of the first."""
    since = datetime.now(UTC) - timedelta(hours=25)
    await failing_since(database, since)
    ended = await health(tmp_path)
    assert ended.code == 1
    assert f"cannot be read since {since:%Y-%m-%d %H:%M} UTC: no connection." in ended.words
