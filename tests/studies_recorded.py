"""The recorded studies, parsed once for all tests of one process."""

from __future__ import annotations

import gzip
from functools import cache

from adapters.ctgov.parse import parse
from bot.domain.study import Study
from tests.shared import SHARED


@cache
def recorded_studies() -> tuple[Study, ...]:
    """All studies of the recorded sample, as this program reads them."""
    with gzip.open(SHARED / "ctgov" / "studies.jsonl.gz", "rb") as lines:
        return tuple(parse(line) for line in lines)
