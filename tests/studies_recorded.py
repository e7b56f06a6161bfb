"""The recorded studies, parsed once for all tests of one process."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from adapters.ctgov.parse import parse
from bot.domain.study import Study
from tests.shared import SHARED


@cache
def recorded_studies() -> tuple[Study, ...]:
    """All studies of the recorded sample, as this program reads them."""
    with gzip.open(SHARED / "ctgov" / "studies.jsonl.gz", "rb") as lines:
        return tuple(parse(line) for line in lines)


@cache
def replayed_studies() -> tuple[tuple[date, tuple[Study, ...]], ...]:
    """The recorded data days in order, each with the studies that were new or updated on it."""
    return tuple(
        (date.fromisoformat(path.name[:10]), tuple(_parsed(path)))
        for path in sorted((SHARED / "ctgov" / "replay").iterdir())
    )


def _parsed(path: Path) -> Iterator[Study]:
    with gzip.open(path, "rb") as lines:
        yield from map(parse, lines)


ONE_PROCESS = pytest.mark.xdist_group("recorded")
"""For tests of the recorded data days, so that these are parsed once."""
