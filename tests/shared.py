"""Where the recorded data stand that tests read but the repository does not hold."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import json

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""The folder ``shared`` beside the repository: recorded registry data and API descriptions."""

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason=f"no recorded data: the folder {SHARED.name} is not beside the repository",
)


def read_lines(path: Path) -> Iterator[bytes]:
    """Every line of a gzipped file."""
    with gzip.open(path, "rb") as lines:
        yield from lines


def read_jsonl(path: Path) -> Iterator[Any]:
    """Every line of a gzipped file of JSON lines, decoded."""
    return map(json.decode, read_lines(path))
